"""The record: cases, the people in them kept apart, the append-only chronology, and the facts folded from it.

Everything that is true of a case is an event of its chronology. The other tables are people and text, or projections
that the same fold builds again.
"""
