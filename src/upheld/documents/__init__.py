"""A report into bytes: HTML, PDF, Word, Excel, PowerPoint. It knows layout only, and adds no word and no number.

The words that belong to the paper and not to the report ("Contents", "Table", "page 2 of 9") are all in `words`.
"""

from upheld.documents.bundle import write_all
from upheld.documents.render import Format, parse_format, render
from upheld.documents.style import HouseStyle

__all__ = ["Format", "HouseStyle", "parse_format", "render", "write_all"]
