"""Close reading: mark the words of a passage that show something; more than one reading may be right."""
