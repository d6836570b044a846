"""Writing the record: one verb, one transaction, and who did it."""
