"""Marker: paragraphs placed in levels, strand by strand, then the commentary."""
