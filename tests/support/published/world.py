"""A council's complaints, made up so that everything that can be said of them agrees."""

import random
from dataclasses import dataclass

from tests.support.published.periods import Period

STAGED = ("Stage 1", "Stage 2", "Stage 3", "Ombudsman")
_SERVICES = {
    "children": (
        "Children Looked After", "Assessment", "Child Protection and Court", "Children in Need", "Fostering",
        "Adoption", "Leaving Care", "Early Help", "Disabled Children", "Front Door", "Youth Justice", "Kinship Care",
    ),
    "adults": (
        "Older People", "Hospital Discharge", "Learning Disability", "Mental Health", "Occupational Therapy",
        "Financial Assessments", "Safeguarding Adults", "Reablement", "Commissioning", "Carers", "Brokerage",
    ),
    "corporate": (
        "Housing Repairs", "Waste and Recycling", "Council Tax", "Parking", "Planning", "Highways", "Benefits",
        "Libraries", "Parks", "Customer Contact", "Homelessness", "Environmental Health",
    ),
}  # fmt: skip
_THEMES = {
    "children": (
        "Communication", "Staff conduct", "Delay", "Accuracy of assessment", "Contact arrangements",
        "Decision disputed", "Placement", "Lack of support", "Data protection",
    ),
    "adults": (
        "Charges and fees", "Quality of care", "Delay", "Communication", "Staff attitude", "Decision disputed",
        "Discharge arrangements", "Assessment of need",
    ),
    "corporate": (
        "Missed service", "Delay", "Quality of work", "Staff attitude", "Policy disputed", "Incorrect information",
        "Failure to respond", "Charges",
    ),
}  # fmt: skip
_METHODS = ("Email", "Online form", "Telephone", "Letter", "In person", "Social media")
OUTCOMES = ("upheld", "partly upheld", "not upheld")


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one stage and period, or of one service: `in_time` and the outcomes are of those closed."""

    received: int
    closed: int
    in_time: int
    upheld: int
    partly: int
    not_upheld: int


@dataclass(frozen=True, slots=True)
class World:
    """What happened. `stages[name][i]` is of `periods[i]`, the last of which the report is about.

    `services`, `themes`, `methods` are of the first stage: now, and (`…_before`) in the period before.
    """

    flavour: str
    size: str
    periods: tuple[Period, ...]
    stages: dict[str, tuple[Counts, ...]]
    services: dict[str, Counts]
    services_before: dict[str, int]
    themes: dict[str, int]
    themes_before: dict[str, int]
    methods: dict[str, int]
    compliments: tuple[int, ...]
    enquiries: tuple[int, ...]
    days: tuple[tuple[int, int], ...]  # response days: tenths of the mean, and the longest, of the first stage
    limit: int  # working days

    @property
    def first(self) -> str:
        """The first stage."""
        return next(iter(self.stages))

    @property
    def now(self) -> Period:
        """The period that the report is about."""
        return self.periods[-1]

    @property
    def quarterly(self) -> bool:
        """Whether periods are quarters."""
        return bool(self.now.quarter)

    @property
    def all_closed(self) -> bool:
        """Whether nothing of the first stage is open."""
        return all(counts.received == counts.closed for counts in self.stages[self.first])

    def total(self, index: int) -> int:
        """Received at all stages together."""
        return sum(counts[index].received for counts in self.stages.values())


def make_world(choose: random.Random) -> World:
    """A council, drawn at random."""
    flavour = choose.choice(("children", "children", "adults", "corporate"))
    size = choose.choice(("small", "medium", "medium", "large"))
    quarterly = choose.random() < 0.5
    now = Period(choose.randrange(2014, 2025), choose.randrange(1, 5) if quarterly else 0)
    how_many = choose.randrange(4, 7) if quarterly else choose.randrange(2, 6)
    periods = tuple(now.back(how_many - 1 - index) for index in range(how_many))
    level = {"small": choose.randrange(14, 40), "medium": choose.randrange(50, 180)}.get(size)
    level = level or choose.randrange(320, 1700)
    names = {"children": STAGED, "adults": ("Statutory", "Ombudsman"), "corporate": ("Stage 1", "Stage 2", "Ombudsman")}
    open_now = choose.random() < 0.35
    stages = {}
    share = 1.0
    for name in names[flavour]:
        series = _series(choose, level * share, how_many)
        stages[name] = tuple(
            _counts(choose, received, open_some=open_now and index == how_many - 1)
            for index, received in enumerate(series)
        )
        share *= choose.uniform(0.06, 0.2)
    first = stages[names[flavour][0]]
    services = _split_counts(choose, first[-1], _names(choose, _SERVICES[flavour], first[-1].received))
    themes = _names(choose, _THEMES[flavour], first[-1].received)
    return World(
        flavour=flavour,
        size=size,
        periods=periods,
        stages=stages,
        services=services,
        services_before=dict(zip(services, split(choose, first[-2].received, len(services)), strict=True)),
        themes=_ranked(choose, themes, first[-1].received),
        themes_before=dict(zip(themes, split(choose, first[-2].received, len(themes)), strict=True)),
        methods=_ranked(choose, _names(choose, _METHODS, first[-1].received), first[-1].received),
        compliments=_series(choose, level * choose.uniform(0.3, 1.5), how_many),
        enquiries=_series(choose, level * choose.uniform(0.3, 1.5), how_many),
        days=tuple(_days(choose) for _ in periods),
        limit=choose.choice((10, 15, 20)),
    )


def split(choose: random.Random, whole: int, parts: int) -> tuple[int, ...]:
    """The whole in so many parts, some of them large and some small."""
    weights = [choose.random() ** 2 + 0.03 for _ in range(parts)]
    counts = [int(whole * weight / sum(weights)) for weight in weights]
    for _ in range(whole - sum(counts)):
        counts[choose.randrange(parts)] += 1
    return tuple(counts)


def _names(choose: random.Random, names: tuple[str, ...], whole: int) -> tuple[str, ...]:
    return tuple(choose.sample(names, min(len(names), choose.randrange(4, 7 if whole < 40 else 10))))


def _series(choose: random.Random, level: float, how_many: int) -> tuple[int, ...]:
    """Counts around a level: some steps small, some large, now and then a plain doubling or halving."""
    values = [max(0, round(choose.gauss(level, level**0.5)))]
    while len(values) < how_many:
        last = values[-1]
        step = choose.choice(("still", "some", "some", "much", "double", "halve"))
        if step == "double" and last < 1.6 * level:
            values.append(2 * last)
        elif step == "halve" and last > 0.7 * level and last % 2 == 0:
            values.append(last // 2)
        else:
            spread = {"still": 0.02, "some": 0.12}.get(step, 0.35)
            drift = 0.25 * (level - last)
            values.append(max(0, round(last + drift + last * choose.uniform(-spread, spread))))
    return tuple(values)


def _counts(choose: random.Random, received: int, *, open_some: bool) -> Counts:
    still_open = round(received * choose.uniform(0.05, 0.2)) if open_some else 0
    closed = received - still_open
    in_time = round(closed * choose.uniform(0.4, 0.95))
    upheld = round(closed * choose.uniform(0.08, 0.35))
    partly = round((closed - upheld) * choose.uniform(0.1, 0.5))
    return Counts(received, closed, in_time, upheld, partly, closed - upheld - partly)


def _split_counts(choose: random.Random, whole: Counts, names: tuple[str, ...]) -> dict[str, Counts]:
    """The whole by service, every count of a service within what it closed."""
    received = sorted(split(choose, whole.received, len(names)), reverse=choose.random() < 0.7)
    pool = [index for index, count in enumerate(received) for _ in range(count)]
    choose.shuffle(pool)
    pool = pool[: whole.closed]
    fields = []
    for sizes in ((whole.in_time,), (whole.upheld, whole.partly, whole.not_upheld)):
        choose.shuffle(pool)
        start = 0
        for size in sizes:
            taken = pool[start : start + size]
            fields.append([taken.count(index) for index in range(len(names))])
            start += size
    in_time, upheld, partly, not_upheld = fields
    return {
        name: Counts(received[i], pool.count(i), in_time[i], upheld[i], partly[i], not_upheld[i])
        for i, name in enumerate(names)
    }


def _ranked(choose: random.Random, names: tuple[str, ...], whole: int) -> dict[str, int]:
    return dict(zip(names, sorted(split(choose, whole, len(names)), reverse=True), strict=True))


def _days(choose: random.Random) -> tuple[int, int]:
    return choose.randrange(60, 290), choose.randrange(31, 120)
