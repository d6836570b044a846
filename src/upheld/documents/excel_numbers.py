"""Numbers in cells: a real number and the format that shows it exactly as the report's words do."""

import re
from fractions import Fraction

from upheld.narrative.report import Number, Role

_DIGITS = re.compile(r"\d[\d,]*")


def value_and_format(number: Number) -> tuple[float, str]:
    """What to write for a number and the number format that shows its text.

    A rate and a change in per cent are the exact fraction, so that a spreadsheet can go on with it; everything else is
    the whole number. A number in words ("one") is still the number, under a format that shows the word.
    """
    exact = _exact(number)
    if exact is not None and number.text.lstrip("+-−") == f"{abs(number.value)}%":
        return float(exact), _signed(number, "0%", suffix="%")
    found = _DIGITS.search(number.text)
    magnitude = abs(number.value)
    if found is None or found[0] not in {f"{magnitude}", f"{magnitude:,}"}:
        said = _literal(number.text)
        return number.value, ";".join((said, said, said))
    digits = "#,##0" if "," in found[0] else "0"
    return number.value, _signed(number, digits, suffix=number.text[found.end() :])


def _exact(number: Number) -> Fraction | None:
    """The fraction behind a percentage."""
    source, since = number.source, number.since
    if number.role is Role.VALUE and source.denominator is not None:
        return source.exact
    if number.role is Role.CHANGE_PERCENT and since is not None:
        now, before = source.exact, since.exact
        return (now - before) / before if now is not None and before else None
    return None


def _signed(number: Number, digits: str, *, suffix: str) -> str:
    """A format with the sign that the text has: as it is, or shown for more, fewer and none."""
    found = _DIGITS.search(number.text)
    prefix = number.text[: found.start()] if found else ""
    after = "" if digits.endswith("%") else _literal(suffix)
    shown = f"{digits}{after}"
    if number.value < 0:
        return f"{shown};{_literal(prefix)}{shown}"
    if number.value > 0 and prefix == "+":
        return f'"+"{shown};"−"{shown};{shown}'
    return f"{_literal(prefix)}{shown}"


def _literal(text: str) -> str:
    return "".join(f'"{part}"' if part != '"' else '\\"' for part in re.split(r'(")', text) if part)


def counts(number: Number) -> tuple[float | None, float | None]:
    """Both counts of a rate, to stand beside it."""
    return _cell(number.source.numerator), _cell(number.source.denominator)


def _cell(count: int | Fraction | None) -> float | None:
    return float(count) if isinstance(count, Fraction) else count


def is_rate(number: Number) -> bool:
    """True for the value of a rate: it is written with its counts beside it."""
    return number.source.denominator is not None and number.role is Role.VALUE
