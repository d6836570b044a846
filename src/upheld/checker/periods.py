"""Periods in any usual form: Q3 17/18, 2017-18, 18/19Q3, October-December 2018, 31 March 2019, last quarter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEARS = r"(?:(?:19|20)?\d\d[ ]?(?:/|-)[ ]?(?:20)?\d\d)(?![\d/]|-\d)"
_NUMBER = r"(?:[1-4]|one|two|three|four)"
_FORMS = re.compile(
    rf"""
      (?P<relative_quarter>\b(?:the\ )?same\ (?:quarter|period|time)\ (?:of\ |in\ )?(?:the\ )?
          (?:last\ (?:financial\ )?year|(?:previous|prior|preceding)\ (?:financial\ )?year|year\ before
          |a\ year\ (?:before|earlier|ago)))
    | (?P<last_quarter>\b(?:the\ )?(?:last|previous|prior|preceding)\ quarter(?:'s)?\b|\bthe\ quarter\ before\b)
    | (?P<last_year>\b(?:the\ )?(?:last|previous|prior|preceding)\ (?:financial\ |reporting\ )?year(?:'s)?\b
          |\b(?:the|a)\ year\ (?:before|earlier|ago)\b|\byear\ on\ year\b)
    | (?P<this>\b(?:this|the\ current)\ (?:financial\ |reporting\ )?(?:quarter|year|period)(?:'s)?\b|\b(?:during
          |in|over)\ the\ (?:quarter|year|period)\b)
    | (?P<days>\b\d{{1,2}}(?:st|nd|rd|th)?\ (?P<dm1>{_MONTH})(?:\ (?P<dy1>\d{{4}}))?\ ?(?:-|to|until
          |and)\ ?\d{{1,2}}(?:st|nd|rd|th)?\ (?P<dm2>{_MONTH})\ (?P<dy2>\d{{4}}))
    | (?P<date>\b\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH}(?:,?\ \d{{4}})?(?!\w)
          | \b\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d\b | \b20\d\d-\d\d-\d\d\b
         | \b{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,\ \d{{4}}\b)
    | (?P<quarter>\b(?:q|qtr\.?|quarter)\ ?(?P<q1>{_NUMBER})(?:\ ?\((?:[a-z]+\ ?-\ ?[a-z]+)\))?(?:[\s,:]*(?:of[ ]
          |in\ )?(?:the\ )?(?:financial\ year\ |fy\ ?)?(?P<y1>{_YEARS}|20\d\d(?!\d|\ ?-\ ?20\d\d|\ to\ 20)))?)(?![\d])
    | (?P<quarter2>\b(?P<y2>{_YEARS})[\s,:-]*(?:q|qtr\.?|quarter)\ ?(?P<q2>{_NUMBER})\b)
    | (?P<quarter3>\b(?P<q3>first|second|third|fourth|1st|2nd|3rd
          |4th)\ quarter(?:\ of\ (?:the\ )?(?:financial\ year\ )?(?P<y3>{_YEARS}|20\d\d))?)
    | (?P<months>\b(?P<m1>{_MONTH})(?:\ (?P<my1>(?:20|')?\d\d))?\ ?(?:-|to|until|and
          |/)\ ?(?P<m2>{_MONTH})[\ -](?P<my2>(?:20|')?\d\d)\b)
    | (?P<month>\b(?P<m3>{_MONTH})[\ -](?P<my3>20\d\d|'?\d\d)\b(?!\ ?%|\ (?:complaints|cases|days|were|of)\b))
    | (?P<range>\b(?P<c1>20\d\d)\ ?(?:-|to)\ ?(?P<c2>20\d\d)\b)
    | (?P<year>(?<![\d£/.,])(?P<y4>{_YEARS}))
    | (?P<calendar>(?<![\d£/.,])\b(?P<c3>(?:19|20)\d\d)(?![\d%]|,\d|\.\d|/\d))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months, both ends in it, counted since the year 0: April 2018 is 2018 * 12 + 3."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many."""
        return self.last - self.first + 1

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter of a financial year."""
        return self.months == 3 and self.first % 3 == 0

    @property
    def is_year(self) -> bool:
        """Whether it is a financial year."""
        return self.months == 12 and self.first % 12 == 3

    def moved(self, months: int) -> "Period":
        """As long, so many months later."""
        return Period(self.first + months, self.last + months)

    def holds(self, other: "Period") -> bool:
        """Whether the other lies within it."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        year = (self.first - 3) // 12
        label = f"{year}/{(year + 1) % 100:02d}"
        if self.is_year:
            return label
        if self.is_quarter:
            return f"Q{(self.first - 3) % 12 // 3 + 1} {label}"
        if self.months == 12 and self.first % 12 == 0:
            return str(self.first // 12)
        one = f"{_NAMES[self.first % 12]} {self.first // 12}"
        return one if self.months == 1 else f"{one} to {_NAMES[self.last % 12]} {self.last // 12}"


def financial_year(year: int) -> Period:
    """The year that begins in April of `year`."""
    return Period(year * 12 + 3, year * 12 + 14)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that begins in `year`."""
    first = year * 12 + 3 * number
    return Period(first, first + 2)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period as it is named in a text. `form` is the way; `number` a quarter whose year is not said."""

    start: int
    end: int
    form: str
    period: Period | None = None
    number: int | None = None

    def resolved(self, now: Period | None) -> Period | None:
        """The period that is meant in a report about `now`; None where it cannot be told."""
        if self.period is not None or now is None:
            return self.period
        if self.form == "this":
            return now
        if self.form == "last_quarter":
            return now.moved(-3) if now.is_quarter else None
        if self.form in ("last_year", "relative_quarter"):
            return now.moved(-12)
        if self.number is not None and now.months <= 12:
            same = quarter((now.first - 3) // 12, self.number)
            return same.moved(-12) if now.is_quarter and same > now else same
        return None


def find_periods(text: str) -> tuple[Mention, ...]:
    """Every period and date that a plain text names, in order."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    at = 0
    while found := _FORMS.search(text, at):
        form = next(name for name in _ORDER if found[name] is not None)
        mention = _mention(found, form)
        if mention is not None:
            yield mention
        # What was taken for a year and is none may begin something else.
        at = max(mention.end if mention is not None else found.end(), found.start() + 1)


_ORDER = (
    "relative_quarter",
    "last_quarter",
    "last_year",
    "this",
    "days",
    "date",
    "quarter",
    "quarter2",
    "quarter3",
    "months",
    "month",
    "range",
    "year",
    "calendar",
)


def _mention(found: re.Match[str], form: str) -> Mention | None:
    start, end = found.span()
    if form in ("quarter", "quarter2", "quarter3"):
        which = {"quarter": "1", "quarter2": "2", "quarter3": "3"}[form]
        number = _ordinal(found[f"q{which}"])
        years = found[f"y{which}"]
        if years is None:
            return Mention(start, end, "quarter", None, number)
        year = int(years) if years.isdigit() and len(years) == 4 else _year(years)
        if year is None:
            return Mention(start, start + found[form].find(years), "quarter", None, number)
        return Mention(start, end, "quarter", quarter(year, number))
    if form in ("months", "month", "days"):
        period = _months(found, form)
        return Mention(start, end, form, period) if period else None
    if form == "year":
        year = _year(found["y4"])
        return Mention(start, end, form, financial_year(year)) if year is not None else None
    if form == "range":
        first, last = int(found["c1"]), int(found["c2"])
        if last == first + 1:
            return Mention(start, end, "year", financial_year(first))
        return Mention(start, end, form, Period(first * 12, last * 12 + 11)) if first < last else None
    if form == "calendar":
        year = int(found["c3"])
        return Mention(start, end, form, Period(year * 12, year * 12 + 11)) if 1985 <= year <= 2060 else None
    return Mention(start, end, form)


def _months(found: re.Match[str], form: str) -> Period | None:
    if form == "days":
        last = _month(found["dm2"], found["dy2"])
        first = _month(found["dm1"], found["dy1"] or found["dy2"])
    elif form == "months":
        last = _month(found["m2"], found["my2"])
        first = _month(found["m1"], found["my1"] or found["my2"])
    else:
        first = last = _month(found["m3"], found["my3"])
    if first > last:
        first -= 12
    return Period(first, last) if last - first < 60 else None


def _month(name: str, year: str) -> int:
    number = int(year.lstrip("'"))
    return (number if number > 100 else 2000 + number) * 12 + _MONTHS.index(name[:3].lower())


def _ordinal(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINAL[word.lower()]


def _year(text: str) -> int | None:
    """The first year of "2017/18", "17-18", "2017-2018"; None where the two do not follow each other."""
    first, second = (part.strip() for part in re.split(r"[/-]", text))
    year = int(first) if len(first) == 4 else 2000 + int(first)
    end = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
    if len(first) == 2 and len(second) == 4:
        return None
    return year if end == year + 1 or (end % 100 == 0 and (year + 1) % 100 == 0) else None
