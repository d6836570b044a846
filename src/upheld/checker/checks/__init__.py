"""Checks of tables, of titles, and of one report against the one before."""
