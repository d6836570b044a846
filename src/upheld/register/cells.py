"""One cell into one value: a date, a yes or no, a choice, a list, a text; or the reason why not."""

import re
from datetime import date, timedelta

from upheld.files import Cell, Fault
from upheld.register.layout import Column, Form, choice_named

Value = str | date | bool | tuple[str, ...] | None

MAX_TEXT = 200

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$")
_BRITISH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
_WORDS = re.compile(r"^(\d{1,2}) ([a-z]{3,9}) (\d{4})$", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})

# Excel's day 0, with its leap year of 1900 that never was; serials below 61 would be off by one and are far too early.
_EXCEL_EPOCH = date(1899, 12, 30)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CellProblem(Exception):
    """Why a cell cannot be read, in words that follow the cell's place."""


def read_cell(column: Column, cell: Cell) -> Value:
    """The value of a cell of this column; None where it is empty. Raises CellProblem with the reason."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, Fault):
        raise CellProblem(cell.reason)
    match column.form:
        case Form.DATE:
            return _date(cell)
        case Form.YES_NO:
            return _yes_no(cell)
        case Form.CHOICE:
            return _choice(column, _text(cell))
        case Form.TEXT_LIST:
            return tuple(item for item in (part.strip() for part in _text(cell).split(";")) if item)
        case Form.CHOICE_LIST:
            return tuple(_choice(column, part) for part in _text(cell).split(";") if part.strip())
        case Form.TEXT:
            return _text(cell)


def _text(cell: Cell) -> str:
    text = " ".join(_CONTROL.sub("", str(cell)).split())
    if len(text) > MAX_TEXT:
        raise CellProblem(f"is {len(text)} characters long; the most is {MAX_TEXT}")
    if text.startswith("=") or (len(text) > 1 and text[0] in "+@" and not text[1:2].isspace()):
        raise CellProblem("is a formula. Paste its value instead")
    return text


def _yes_no(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = _text(cell).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellProblem("is neither yes nor no")


def _choice(column: Column, text: str) -> str:
    code = choice_named(column, text)
    if code is None:
        raise CellProblem("is not one of: " + ", ".join(column.choices.values()))
    return code


def _date(cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        raise CellProblem("is not a date")
    if isinstance(cell, int | float):
        # A date column whose cells lost their format holds Excel's day numbers.
        if float(cell).is_integer() and 36_526 <= cell <= 73_050:  # the years 2000 to 2099
            return _EXCEL_EPOCH + timedelta(days=int(cell))
        raise CellProblem("is a number, not a date")
    text = " ".join(str(cell).split())
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH.match(text):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif (found := _WORDS.match(text)) and found[2][:3].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[3])
    else:
        raise CellProblem("is not a date. Write it as 2018-10-01 or 01/10/2018")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellProblem("is not a day of the calendar (dates are read as day, month, year)") from None
