"""Diamond: rank factors in tiers, give a reason for each, and hear what historians would say to both ends."""
