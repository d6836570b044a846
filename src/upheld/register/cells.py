"""One cell into one value: a date, a yes or no, a choice, a list, a text; or the reason why not."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from upheld.files import Cell, Fault
from upheld.register.dates import DateOrder, NotADate, date_of_serial, read_date
from upheld.register.layout import Column, Form, choice_named

Value = str | date | bool | tuple[str, ...] | None

MAX_TEXT = 200
_MOST_REMEMBERED = 8_192  # texts of one column

_AGES = ((4, "0-4"), (9, "5-9"), (15, "10-15"), (17, "16-17"), (99, "18-and-over"))  # the oldest of each band
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})

# Marks without width, which text copied out of mails carries and which mean nothing here.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TURNING = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]"
)  # turn the direction of writing, so that text is not what it shows
_FORMULA = re.compile(r"([=＝])|[-+@－＋＠](?=\S)")
# What a spreadsheet or a system makes of ’ and é when it takes UTF-8 for Windows' own encoding; and a lost character.
_MANGLED = re.compile(r"â€|Ã[\u00a0-\u00bf]|Â[£\u00a0]|\ufffd")


class CellProblem(Exception):
    """Why a cell cannot be read, in words that follow the cell's place."""


def read_cell(column: Column, cell: Cell, order: DateOrder = DateOrder.DAY_FIRST) -> Value:
    """The value of a cell of this column; None where it is empty. Raises CellProblem with the reason."""
    if cell is None:
        return None
    if isinstance(cell, Fault):
        raise CellProblem(cell.reason)
    if isinstance(cell, str):
        if not cell or cell.isspace():
            return None
        return _read_text(column, cell, order)
    if column.form is Form.DATE:
        return _date_of_number(cell)
    if column.form is Form.YES_NO and isinstance(cell, bool):
        return cell
    if isinstance(cell, date):
        raise CellProblem("is a date here. A spreadsheet turns text such as 5-9 or 3/2 into one: type it anew, as text")
    return _read_text(column, str(cell), order)


def _read_text(column: Column, text: str, order: DateOrder) -> Value:
    return _READERS[column.form](column, text, order)


class Remembering:
    """A way of reading cells that remembers: registers say the same over and over, and a text is then read once."""

    __slots__ = ("_read", "_remembered")

    def __init__(self, read: Callable[[Cell], Value]) -> None:
        self._read = read
        self._remembered: dict[str, Value] = {}

    def __call__(self, cell: Cell) -> Value:
        """The value of a cell. Raises what the way of reading raises."""
        if not isinstance(cell, str):
            return self._read(cell)
        try:
            return self._remembered[cell]
        except KeyError:
            pass
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        value = self._remembered[cell] = self._read(cell)
        return value


def text_of(cell: str) -> str:
    """A text without marks that are not seen, its spaces single. Raises CellProblem where it is not plain text."""
    if _TURNING.search(cell):
        raise CellProblem("has an invisible character that turns the direction of writing. Type it anew")
    if _MANGLED.search(cell):
        raise CellProblem("has characters that were lost when the file was saved. Export it again, as “CSV UTF-8”")
    text = " ".join(cell.translate(_INVISIBLE).split())
    if _CONTROL.search(text):
        raise CellProblem("has a character that cannot be seen or printed. Type it anew")
    if len(text) > MAX_TEXT:
        raise CellProblem(f"is {len(text):,} characters long; the most is {MAX_TEXT}")
    if found := _FORMULA.match(text):
        raise CellProblem(
            "is a formula. Paste its value instead"
            if found[1]
            else f"begins with {text[0]}, which spreadsheets take for a formula. Begin it with a letter or a figure"
        )
    return text


def _yes_no(_: Column, cell: str, __: DateOrder) -> bool | None:
    text = text_of(cell).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellProblem("is neither yes nor no")


def _choice(column: Column, cell: str, _: DateOrder) -> str:
    text = text_of(cell)
    code = choice_named(column, text)
    if code is None and column.id == "age_band" and text.isdecimal() and len(text) < 3:
        return next(band for oldest, band in _AGES if int(text) <= oldest)
    if code is None:
        raise CellProblem("is not one of: " + ", ".join(column.choices.values()))
    return code


def _text(_: Column, cell: str, __: DateOrder) -> str:
    return text_of(cell)


def _texts(_: Column, cell: str, __: DateOrder) -> tuple[str, ...]:
    return tuple(item for item in (part.strip() for part in text_of(cell).split(";")) if item)


def _choices(column: Column, cell: str, order: DateOrder) -> tuple[str, ...]:
    return tuple(_choice(column, part, order) for part in text_of(cell).split(";") if part.strip())


def _date(_: Column, cell: str, order: DateOrder) -> date:
    try:
        return read_date(cell, order)
    except NotADate as problem:
        raise CellProblem(str(problem)) from None


def _date_of_number(cell: float | date) -> date:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        raise CellProblem("is not a date")
    # A date column whose cells lost their format holds Excel's day numbers.
    day = date_of_serial(cell)
    if day is None:
        raise CellProblem("is a number, not a date")
    return day


_READERS: Mapping[Form, Callable[[Column, str, DateOrder], Value]] = {
    Form.DATE: _date,
    Form.YES_NO: _yes_no,
    Form.CHOICE: _choice,
    Form.TEXT_LIST: _texts,
    Form.CHOICE_LIST: _choices,
    Form.TEXT: _text,
}
