"""Claim test: set each piece of evidence against each claim, then say how strong the claim now is."""
