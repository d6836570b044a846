"""What a table's cell holds: a count, a percentage, both, a count of a base, nothing, or words."""

import re
from fractions import Fraction

from upheld.checker.plain import plain
from upheld.checker.tables.model import Cell, State

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PERCENT = rf"(?P<p>{_NUMBER})\s?(?:%|per\s?cent|percent)"
_MARKS = re.compile(r"(?:\s*(?:\*+|†|‡|#|\[\w{1,2}\]|\^\w|↑|↓|→|▲|▼|►|↔|\((?:[a-z])\)))+\s*$")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<n>{_NUMBER})\s?(?:/|of|out of)\s?(?P<m>{_NUMBER})\s?[(,=-]*\s?{_PERCENT}\)?\Z",
        rf"{_PERCENT}\s?[(,-]*\s?(?P<n>{_NUMBER})\s?(?:/|of|out of)\s?(?P<m>{_NUMBER})\)?\Z",
        rf"(?P<n>{_NUMBER})\s?[(\[,/-]+\s?{_PERCENT}\s?[)\]]?\Z",
        rf"{_PERCENT}\s?[(\[,/-]+\s?(?:n\s?=\s?)?(?P<n>{_NUMBER})\s?[)\]]?\Z",
        rf"{_PERCENT}\Z",
        rf"(?P<n>{_NUMBER})\s?(?:/|out of|of)\s?(?P<m>{_NUMBER})\Z",
        rf"£?\s?(?P<n>{_NUMBER})\s?(?P<days>(?:working |calendar )?days?)?\Z",
    )
)
_BRACKETED = re.compile(rf"(?P<n>{_NUMBER})\s?\((?P<p>{_NUMBER})\)?\Z")
_SUPPRESSED = re.compile(r"(?:<\s?\d+|\*+|\[?[cxz]\]|x|suppressed|fewer than \w+|less than \w+|low)\Z", re.IGNORECASE)
_DASH = re.compile(r"(?:-+|n/?a|nil return|not applicable|no data|not available|not known|\.\.+|tbc)\Z", re.IGNORECASE)


def cell_of(text: str, *, percent: bool = False) -> Cell:
    """What a cell holds. `percent` where its column or row says that it holds percentages."""
    shown = plain(text).strip()
    if not shown:
        return Cell(text, State.BLANK)
    if _SUPPRESSED.match(shown):
        return Cell(text, State.SUPPRESSED)
    if _DASH.match(shown):
        return Cell(text, State.DASH)
    if shown.lower() in ("nil", "none", "zero", "no"):
        return Cell(text, State.VALUE, Fraction(0))
    shown = _MARKS.sub("", shown)
    for form in _FORMS:
        if found := form.match(shown):
            return _held(text, found, percent=percent)
    if percent and (found := _BRACKETED.match(shown)):
        share = found["p"].replace(",", "")
        return Cell(text, State.VALUE, _value(found["n"]), Fraction(share), len(share.partition(".")[2]))
    return Cell(text, State.TEXT)


def _held(text: str, found: re.Match[str], *, percent: bool) -> Cell:
    groups = found.groupdict()
    count = _value(groups["n"]) if groups.get("n") else None
    base = _value(groups["m"]) if groups.get("m") else None
    share = groups.get("p")
    if base is not None and (base.denominator != 1 or count is None or count.denominator != 1):
        return Cell(text, State.TEXT)
    if share is not None:
        share = share.replace(",", "").lstrip("+")
        return Cell(text, State.VALUE, count, Fraction(share), len(share.partition(".")[2]), base)
    bare = str(groups["n"]).replace(",", "").lstrip("+")
    decimals = len(bare.partition(".")[2])
    if percent and base is None:
        return Cell(text, State.VALUE, None, Fraction(bare), decimals)
    return Cell(text, State.VALUE, count, None, decimals, base, bool(groups.get("days")))


def _value(text: str) -> Fraction:
    bare = text.replace(",", "").lstrip("+")
    return Fraction(bare) if len(bare) < 16 else Fraction(0)
