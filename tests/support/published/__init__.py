"""Made-up reports whose every claim is known to be right or wrong, put into the formats that councils publish in.

What is said, and how, is decided here, from how councils write. Nothing is taken from what the checker looks for: a
report made here is a question whose answer the checker has not seen.
"""
