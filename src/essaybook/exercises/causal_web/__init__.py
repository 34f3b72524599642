"""Causal web: join factors by verbs, hear which links records support, then take one factor away."""
