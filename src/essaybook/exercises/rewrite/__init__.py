"""Rewrite: make a loose sentence true in so many words; marked by its writer against named slips."""
