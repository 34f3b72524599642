"""Source lab: guess before reading, read in steps, and say each time how far that moved you."""
