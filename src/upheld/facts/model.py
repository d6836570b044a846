"""The fact tables: one frozen row per stage occurrence, and one per complaint point at a stage occurrence.

All columns are dates, whole numbers, truth values and codes. Whether something is open, late or in time depends on the
date that one asks about, so it is not here: figures work it out from these dates "as at" a day. A date that is known
only to the month or less is left empty: what is not known to the day is not counted as if it were.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StageFact:
    """One stage of one case, each time that it occurs.

    `due_on` is the initial limit, `due_in_force_on` the limit with a valid extension (law: reg 14(5), reg 17(6)),
    `longest_due_on` the latest date that any extension could give. At stage 3 the three are those of the council's
    response; the panel's meeting and report have dates of their own, and the stage is in time when all were met.
    """

    stage_key: str  # the case's key, the stage and its occurrence
    case_key: str
    procedure: str  # the pack's id
    stage: str
    occurrence: int
    received_on: date | None
    start_on: date | None  # day 0 of the stage's clock
    start_basis: str
    due_on: date | None
    due_in_force_on: date | None
    longest_due_on: date | None
    extension: str  # none, valid or invalid
    extension_on: date | None
    panel_due_on: date | None
    panel_held_on: date | None
    panel_report_due_on: date | None
    panel_report_sent_on: date | None
    recommendations_on: date | None
    answered_on: date | None
    withdrawn_on: date | None
    working_days: int | None  # from day 0 to the answer
    outcome: str | None
    outcome_on: date | None
    service: str
    team: str
    theme: str  # of the first point
    points: int
    channel: str
    complainant: str
    age_band: str
    oral: bool
    advocate: str  # not-recorded, or as far as it went


@dataclass(frozen=True, slots=True)
class PointFact(StageFact):
    """One complaint point at one stage occurrence, with the columns of its stage beside its own.

    A figure of stages broken down by a point's column counts distinct `stage_key`, so a complaint with two points of
    one theme counts once under it.
    """

    point: int
    point_theme: str
    finding: str | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All fact rows of one case."""

    stages: tuple[StageFact, ...]
    points: tuple[PointFact, ...]
