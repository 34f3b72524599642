"""Estimate: commit a number, or several; then see the record, and the counts that disagree with it."""
