"""Claims in sentences: each found, bound to the numbers that it speaks of, and judged by them."""
