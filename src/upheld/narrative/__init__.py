"""Figures into words: sections, sentences, tables and charts. It sees figure sets, and never counts."""
