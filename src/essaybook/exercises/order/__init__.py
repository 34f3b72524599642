"""Order: put events in sequence, then say what the sequence argues."""
