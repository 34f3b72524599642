"""Alignment: place people year by year, then see the record's words and who disagrees with them."""
