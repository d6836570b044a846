"""Upheld: the complaints procedure of English children's social care, its figures and what is learnt from them."""

__version__ = "0.1.0"
