"""Decision: know only what was known that day, commit, then learn what each way would have needed."""
