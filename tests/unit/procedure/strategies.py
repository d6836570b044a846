"""Made-up days, cases and chronologies for the property tests: plausible ones and odd ones."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.unit.procedure.builders import CHILDREN
from upheld.procedure import KINDS, Dating, Event, EventKind, History, load_pack
from upheld.procedure.chronology import Told
from upheld.procedure.events import Value

FIRST, LAST = date(2007, 1, 1), date(2027, 6, 30)
STAGES = ("stage-1", "stage-2", "stage-3", "ombudsman")
days = st.dates(FIRST, LAST)


@st.composite
def datings(draw: st.DrawFn) -> Dating:
    """A date known to the day, mostly; to the month, roughly, or not at all."""
    day = draw(days)
    how = draw(st.sampled_from(["day"] * 5 + ["month", "rough", "unknown"]))
    if how == "month":
        return Dating.month(day.year, day.month)
    if how == "rough":
        return Dating.between(day, day + timedelta(days=draw(st.integers(0, 200))))
    return Dating.unknown() if how == "unknown" else Dating.day(day)


CODES = sorted(
    {code.code for codes in load_pack().codes.values() for code in codes} | {"complainant", "complexity", "odd"}
)


def values(kind: type) -> st.SearchStrategy[Value]:
    if kind is bool:
        return st.sampled_from([True, False, None])
    if kind is int:
        return st.integers(1, 3)
    if kind is date:
        return days.map(date.isoformat) | st.just("no date")
    return st.sampled_from(CODES)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event, with any of the data that its kind may carry."""
    kind = draw(st.sampled_from(EventKind))
    spec = KINDS[kind]
    fields = {**spec.required, **{name: of for name, of in spec.optional.items() if draw(st.booleans())}}
    return Event(
        kind=kind,
        on=draw(datings()),
        stage=draw(st.sampled_from(STAGES)) if spec.staged or draw(st.booleans()) else None,
        occurrence=draw(st.sampled_from([1, 1, 1, 2])),
        data={name: draw(values(of)) for name, of in fields.items()},
    )


@st.composite
def cases(draw: st.DrawFn, pack: str = CHILDREN) -> History:
    """A case of any events in any order."""
    drawn = draw(st.lists(events(), max_size=12))
    numbered = tuple(
        Event(kind=e.kind, on=e.on, stage=e.stage, occurrence=e.occurrence, data=e.data, sequence=place)
        for place, e in enumerate(drawn, 1)
    )
    return History("odd", pack, numbered)


@st.composite
def chronologies(draw: st.DrawFn) -> dict[str, object]:
    """A chronology line with any events in any order."""

    def written() -> str:
        day = draw(days)
        return draw(st.sampled_from([day.isoformat(), day.isoformat()[:7], "approx"]))

    notes = ["", "mid March 2024", "court proceedings", "agreed with the parent", "chased, no reply", "late request"]
    notes += ["nobody appointed", "corporate procedure", "recommendations", "no advocate offered", "by telephone"]
    notes += ["rejected the payment", "begin stage 2", "not independent", "large print", "she asked to wait"]
    return {
        "id": "odd",
        "decided_on": draw(st.none() | days.map(date.isoformat)),
        "procedure": draw(st.sampled_from(["children-statutory", "corporate", "other"])),
        "events": [
            {
                "kind": draw(st.sampled_from(Told)).value,
                "date": written(),
                "stage": draw(st.integers(0, 3)),
                "note": draw(st.sampled_from(notes)),
            }
            for _ in range(draw(st.integers(0, 9)))
        ],
    }
