"""Stages of cases as rows of a list, for those who may see every case. Lists hold no names of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from upheld.accounts.rules import Permission, check
from upheld.cases.actions.copying import STAGE_COLUMNS
from upheld.cases.queries.facts import PostgresFacts, facts_token
from upheld.facts import StageFact
from upheld.figures.calculate import keys_behind
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import Grain
from upheld.figures.period import Quarter
from upheld.procedure import load_pack
from upheld.register.events import PACK

if TYPE_CHECKING:
    from upheld.accounts.models import User

Where = tuple[tuple[str, str], ...]  # (dimension, code)


class SortBy(StrEnum):
    """What a list can be sorted by."""

    REFERENCE = "reference"
    STAGE = "stage"
    RECEIVED = "received"
    DUE = "due"
    ANSWERED = "answered"


# In the procedure's own order.
_STAGES = ", ".join(f"'{stage.code}'" for stage in load_pack(PACK).stages)
# As `presenters.standing.next_limit` shows it: the first limit still to be met, or else the last of them.
_LIMIT = """coalesce(
    least(
        CASE WHEN f.answered_on IS NULL THEN f.due_in_force_on END,
        CASE WHEN f.panel_held_on IS NULL THEN f.panel_due_on END,
        CASE WHEN f.panel_report_sent_on IS NULL THEN f.panel_report_due_on END
    ),
    greatest(f.due_in_force_on, f.panel_due_on, f.panel_report_due_on)
)"""
_ORDER: Mapping[SortBy, str] = {
    SortBy.REFERENCE: "c.reference_key",
    SortBy.STAGE: f"array_position(ARRAY[{_STAGES}], f.stage)",
    SortBy.RECEIVED: "f.received_on",
    SortBy.DUE: _LIMIT,
    SortBy.ANSWERED: "f.answered_on",
}


_MAY_BE_MISSING = frozenset({SortBy.DUE, SortBy.ANSWERED})


@dataclass(frozen=True, slots=True)
class Listed:
    """One stage of one case."""

    case: UUID
    reference: str
    stage: StageFact


@dataclass(frozen=True, slots=True)
class StageList:
    """Which stages a list holds, and how many they are. `rows` reads some of them."""

    count: int
    condition: str
    values: tuple[Any, ...]

    def rows(self, *, sort: SortBy, descending: bool, offset: int, limit: int) -> tuple[Listed, ...]:
        """The stages from `offset` on, at most `limit`. What has no date comes last, either way."""
        # A direction that an index has: what is never missing goes without a place for what is.
        last = " NULLS LAST" if sort in _MAY_BE_MISSING else ""
        direction = f"{'DESC' if descending else 'ASC'}{last}"
        columns = ", ".join(f"f.{column}" for column in STAGE_COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT c.id, c.reference, {columns} FROM stage_fact f JOIN cases_case c ON {_joined(sort)} "  # noqa: S608  our own names
                f"WHERE f.recorded_to IS NULL AND {self.condition} "
                f'ORDER BY {_ORDER[sort]} {direction}, c.reference_key, f.stage_key COLLATE "C" '
                "LIMIT %s OFFSET %s",
                [*self.values, limit, offset],
            )
            return tuple(Listed(id_, reference, StageFact(*fact)) for id_, reference, *fact in cursor.fetchall())


def _joined(sort: SortBy) -> str:
    """How a stage finds its case: from the side that is sorted, so that only the rows of a page are looked up."""
    return "c.id::text = f.case_key" if sort is SortBy.REFERENCE else "c.id = f.case_key::uuid"


def stages_behind(figure: str, quarter: Quarter, *, as_at: date, where: Where, by: "User") -> StageList:
    """The stages that a figure counts: as many as it says. Of a rate, those of its numerator.

    Raises PermissionDenied for those who may not see cases, UnknownFigure for a figure or dimension that there is not.
    """
    check(by, Permission.SEE_CASES)
    keys = keys_behind(PostgresFacts(), figure, quarter, as_at=as_at, where=where)
    return _list_of(keys)


def _list_of(keys: Sequence[str]) -> StageList:
    return StageList(len(keys), "f.stage_key = ANY(%s)", (list(keys),))


def stages_received(*, as_at: date, where: Where, by: "User") -> StageList:
    """Every stage received by the end of `as_at`, in any quarter. Raises PermissionDenied and UnknownFigure."""
    check(by, Permission.SEE_CASES)
    conditions, values = ["f.received_on <= %s"], [as_at.isoformat()]
    for dimension, code in where:
        declared = CATALOGUE.dimension(dimension)
        if declared.grain is Grain.POINT:
            conditions.append(
                "EXISTS (SELECT 1 FROM point_fact p WHERE p.stage_key = f.stage_key AND p.recorded_to IS NULL "  # noqa: S608
                f"AND p.{declared.column} = %s)"
            )
        else:
            conditions.append(f"f.{declared.column} = %s")
        values.append(code)
    condition = " AND ".join(conditions)
    return StageList(_count(facts_token(), condition, tuple(values)), condition, tuple(values))


@lru_cache(maxsize=256)
def _count(token: UUID, condition: str, values: tuple[str, ...]) -> int:  # noqa: ARG001 - kept while the facts stay
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM stage_fact f WHERE f.recorded_to IS NULL AND {condition}", values)  # noqa: S608
        (count,) = cursor.fetchone()
    assert isinstance(count, int)  # noqa: S101 - for the type checker
    return count
