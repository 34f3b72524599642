"""Value: how valuable sources are for one named enquiry, by content, provenance, tone and context."""
