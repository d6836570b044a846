"""What tests of every kind stand on: Django set up for a run, a real database, a real site, a real browser."""
