"""Fact rows with everything plain but what a test is about."""

from dataclasses import fields
from datetime import date, timedelta

from upheld.facts.model import CaseFacts, PointFact, StageFact
from upheld.figures.duck import DuckFacts

RECEIVED = date(2018, 10, 1)

_PLAIN: dict[str, object] = {
    "procedure": "children-england-2006", "stage": "stage-1", "occurrence": 1, "start_basis": "received",
    "extension": "none", "service": "care", "team": "north", "theme": "delay", "points": 1, "channel": "email",
    "complainant": "parent", "age_band": "5-9", "oral": False, "advocate": "not-recorded",
}  # fmt: skip


def stage_fact(case: str = "c1", **values: object) -> StageFact:
    """A stage 1 complaint received on 1 October 2018 and due a fortnight later, unless said otherwise."""
    received = values.get("received_on", RECEIVED)
    assert isinstance(received, date)
    due = received + timedelta(days=14)
    plain = {"received_on": received, "start_on": received, "due_on": due, "due_in_force_on": due,
             "longest_due_on": due + timedelta(days=14)}  # fmt: skip
    data = {field.name: None for field in fields(StageFact)} | _PLAIN | plain | {"case_key": case} | values
    data["stage_key"] = f"{case}/{data['stage']}/{data['occurrence']}"
    return StageFact(**data)  # type: ignore[arg-type]


def case_facts(*stages: StageFact, themes: tuple[str, ...] = ("delay",)) -> CaseFacts:
    """Stages with a point for each theme."""
    points = tuple(
        PointFact(
            **{f.name: getattr(stage, f.name) for f in fields(StageFact)},
            point=number, point_theme=theme, finding=None,
        )
        for stage in stages
        for number, theme in enumerate(themes, start=1)
    )  # fmt: skip
    return CaseFacts(stages, points)


def source_of(*cases: CaseFacts) -> DuckFacts:
    """The facts on DuckDB."""
    return DuckFacts.of_cases(cases, name="made-up facts", digest="0" * 64, pack="children-england-2006", labels={})
