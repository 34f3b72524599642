"""Match: join a passage, who stands behind it and what it was for; every pair has its reason."""
