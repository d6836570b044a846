"""What a figure is, and the set of values that everything downstream reads.

A figure is declared once (`definitions/`). Its values are counts, whole numbers all; a rate is two counts, and its
percentage is worked out here, exactly, at the last step. Nothing after this room counts anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from upheld.errors import UpheldError
from upheld.figures.crosswalk import DIMENSIONS, Crosswalk
from upheld.figures.past import PastTotal
from upheld.figures.period import Quarter

Amount = int | Fraction  # a fraction only where a count is apportioned


class UnknownFigure(UpheldError):
    """A figure, dimension or value was asked for that is not declared or not in the set."""


class Kind(StrEnum):
    """How a figure's value is made of its counts."""

    COUNT = "count"
    RATE = "rate"


class Grain(StrEnum):
    """One row of the fact table that a figure counts."""

    STAGE = "stage"  # one stage of one case, each time that it occurs
    POINT = "point"  # one complaint point at one stage


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that figures can be broken down by."""

    id: str
    label: str
    column: str
    grain: Grain


@dataclass(frozen=True, slots=True)
class FigureRef:
    """Names one value: which figure, of which period, in which group. Its text form is the id shown in documents."""

    figure: str
    period: Quarter
    by: tuple[tuple[str, str], ...] = ()
    structure: date | None = None  # the day whose services and teams `by` names; None: each case's own day

    @property
    def groups(self) -> dict[str, str]:
        """The groups by dimension, with the day of the structure where one was chosen."""
        return dict(self.by) | ({"structure": self.structure.isoformat()} if self.structure else {})

    @property
    def id(self) -> str:
        """Stable text form: `upheld_rate@Q3 2018/19?stage=stage-1&team=LAC`."""
        groups = "&".join(f"{dimension}={label}" for dimension, label in self.groups.items())
        return f"{self.figure}@{self.period.label}" + (f"?{groups}" if groups else "")


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One value with what it was made of.

    `numerator` is the count; `denominator` is the base of a rate, None for a count. A value is missing
    (`numerator` None) where nothing was recorded for the whole period: that is not the same as none. In the structure
    of another day a count may be apportioned: an exact fraction, with a part of what a divided team had. A rate of
    apportioned counts is not given, since it would be the rate of the team that was divided.
    """

    ref: FigureRef
    kind: Kind
    numerator: Amount | None
    denominator: Amount | None = None

    @property
    def apportioned(self) -> bool:
        """True where a count is a share of what was counted, not counted itself."""
        return isinstance(self.numerator, Fraction) or isinstance(self.denominator, Fraction)

    @property
    def missing(self) -> bool:
        """True where there is no data for the period, or a rate has no base or is of apportioned counts."""
        if self.kind is Kind.RATE and self.apportioned:
            return True
        return self.numerator is None or (self.kind is Kind.RATE and not self.denominator)

    @property
    def exact(self) -> Fraction | None:
        """The value without rounding: the count, or the rate as a fraction of its base."""
        if self.numerator is None:
            return None
        if self.kind is Kind.COUNT:
            return Fraction(self.numerator)
        return Fraction(self.numerator) / self.denominator if self.denominator and not self.apportioned else None

    @property
    def percent(self) -> int | None:
        """A rate in whole per cent, halves up. None where it is missing."""
        exact = self.exact
        return None if exact is None else round_half_up(exact * 100)

    @property
    def value(self) -> Amount | None:
        """What is shown: the count, or the rate in whole per cent, halves up."""
        return self.percent if self.kind is Kind.RATE else self.numerator


def shown_amount(number: Amount) -> str:
    """A count as people read it: "1,234"; an apportioned one to two places at most, with “≈” where that is not all."""
    if isinstance(number, int):
        return f"{number:,}"
    hundredths = round_half_up(number * 100)
    text = f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return text if Fraction(hundredths, 100) == number else f"≈{text}"


def round_half_up(number: Fraction) -> int:
    """Round to the nearest whole number, halves away from zero: 27.5 is 28 and -27.5 is -28."""
    sign = -1 if number < 0 else 1
    magnitude = abs(number)
    return sign * ((2 * magnitude.numerator + magnitude.denominator) // (2 * magnitude.denominator))


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a figure between two periods, from the counts and not from the rounded values."""

    now: FigureValue
    before: FigureValue

    @property
    def known(self) -> bool:
        """True where both values exist."""
        return not (self.now.missing or self.before.missing)

    @property
    def difference(self) -> Fraction | None:
        """In number for a count; in percentage points for a rate."""
        now, before = self.now.exact, self.before.exact
        if now is None or before is None:
            return None
        return now - before if self.now.kind is Kind.COUNT else (now - before) * 100

    @property
    def whole_difference(self) -> int | None:
        """`difference` as shown: whole, halves away from zero."""
        difference = self.difference
        return None if difference is None else round_half_up(difference)

    @property
    def percent(self) -> int | None:
        """The change of a count in whole per cent of the earlier one; None from nothing, and for rates."""
        now, before = self.now.exact, self.before.exact
        if now is None or not before or self.now.kind is Kind.RATE:
            return None
        return round_half_up((now - before) / before * 100)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a set of figures was made from, so that it can be made again."""

    source: str  # "the register file …" or "the record"
    as_at: date  # what had happened by the end of this day counts
    known_at: datetime | None  # what had been recorded by this moment counts; None is everything known
    facts_digest: str  # SHA-256 over the fact rows that were read
    pack: str
    figures_version: str
    code_version: str


@dataclass(frozen=True, slots=True)
class FigureSet:
    """Every value that was asked for, and where it came from. Read with `value` and `change`."""

    values: Mapping[FigureRef, FigureValue]
    provenance: Provenance
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (dimension, code) -> label for people
    limits: Mapping[str, int] = field(default_factory=dict)  # clock id, or "id.longest" -> number of working days
    crosswalk: Crosswalk | None = None  # how teams were placed, where the structure of a day was chosen
    past: tuple[PastTotal, ...] = ()  # published before the record, to be shown beside it
    inside_structure: bool = False  # the set is seen inside a service or team of that structure

    @classmethod
    def of(
        cls,
        values: Iterable[FigureValue],
        provenance: Provenance,
        labels: Mapping[tuple[str, str], str] | None = None,
        limits: Mapping[str, int] | None = None,
        crosswalk: Crosswalk | None = None,
    ) -> "FigureSet":
        """Build a set; its mappings are read-only from then on."""
        return cls(
            MappingProxyType({v.ref: v for v in values}),
            provenance,
            MappingProxyType(dict(labels or {})),
            MappingProxyType(dict(limits or {})),
            crosswalk,
        )

    def __iter__(self) -> Iterator[FigureValue]:
        return iter(self.values.values())

    def value(self, figure: str, period: Quarter, **by: str) -> FigureValue:
        """The value of a figure. Raises UnknownFigure where it was not calculated: a missing figure is an error."""
        ref = FigureRef(figure, period, tuple(by.items()), self._structure(by))
        try:
            return self.values[ref]
        except KeyError:
            raise UnknownFigure(f"The figure {ref.id} was not calculated for this report.") from None

    def change(self, figure: str, period: Quarter, since: Quarter, **by: str) -> Change:
        """The change of a figure from one period to another."""
        return Change(self.value(figure, period, **by), self.value(figure, since, **by))

    def _structure(self, by: Iterable[str]) -> date | None:
        """The day whose structure a value with these dimensions is in."""
        if self.crosswalk is None or not (self.inside_structure or set(by) & set(DIMENSIONS)):
            return None
        return self.crosswalk.on

    def groups(self, figure: str, period: Quarter, dimension: str, **by: str) -> tuple[FigureValue, ...]:
        """The values of a figure for every group of `dimension`, in the order they were calculated."""
        fixed = tuple(by.items())
        return tuple(
            v
            for ref, v in self.values.items()
            if ref.figure == figure
            and ref.period == period
            and len(ref.by) == len(fixed) + 1
            and ref.by[: len(fixed)] == fixed
            and ref.by[-1][0] == dimension
        )

    def within(self, **by: str) -> "FigureSet":
        """The set as seen inside a group: what was asked for with these filters is found without naming them.

        The values keep their refs, and so their ids: `received@…?service=east&stage=stage-1` is what
        `value("received", …, stage="stage-1")` finds within `service="east"`.
        """
        fixed = tuple(by.items())
        inside = {
            replace(ref, by=ref.by[len(fixed) :]): value
            for ref, value in self.values.items()
            if ref.by[: len(fixed)] == fixed
        }
        deeper = self.inside_structure or bool(by.keys() & set(DIMENSIONS))
        return replace(self, values=MappingProxyType(inside), inside_structure=deeper)

    def limit(self, clock: str, period: Quarter) -> FigureValue:
        """A limit of the procedure, in working days, as a value that sentences can name: `stage-1-response`, or
        `stage-1-response.longest`. Raises UnknownFigure where the procedure has no such limit.
        """
        try:
            return FigureValue(FigureRef(f"limit:{clock}", period), Kind.COUNT, self.limits[clock])
        except KeyError:
            raise UnknownFigure(f"The procedure has no limit {clock}.") from None

    def published(self, figure: str, period: Quarter, **by: str) -> PastTotal | None:
        """What was published of a figure before the record, for a whole stage; None where nothing is known."""
        wanted = tuple(by.items())
        return next((p for p in self.past if (p.figure, p.period, p.by) == (figure, period, wanted)), None)

    def label(self, dimension: str, code: str) -> str:
        """What people call a group: "Stage 1" for `stage-1`; a team's own name for a team."""
        return self.labels.get((dimension, code), code)
