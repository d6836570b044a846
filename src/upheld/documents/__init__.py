"""A report into bytes: HTML, PDF, Word, Excel. It knows layout only, and adds no word and no number."""
