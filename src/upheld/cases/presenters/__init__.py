"""Rows of the record in words, tags and tables."""
