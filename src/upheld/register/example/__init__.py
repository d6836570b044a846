"""A made-up register of complaints, plainly synthetic, to try the product with and to test it.

In five quarters its counts are those of a published report; everything else is invented, and says so: references of
cases that came in a published quarter begin with "PB-", all others with "EX-". A stage belongs to the published counts
exactly when its own date of receipt falls in one of the five quarters; what a "PB-" case goes on to later is invented.

It knows the layout and the calendar, and is read back through the ordinary import like any council's register.
"""

from upheld.register.example.later_teams import STRUCTURE_FILE, example_structure
from upheld.register.example.make import SEED, CannotMakeExample, make_example
from upheld.register.example.rows import ExampleRow
from upheld.register.example.sheets import ABOUT, CannotWriteExample, csv_bytes, write_example, xlsx_bytes

__all__ = [
    "ABOUT",
    "SEED",
    "STRUCTURE_FILE",
    "CannotMakeExample",
    "CannotWriteExample",
    "ExampleRow",
    "csv_bytes",
    "example_structure",
    "make_example",
    "write_example",
    "xlsx_bytes",
]
