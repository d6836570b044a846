"""One case as it may be seen: its stages and points, its people, and its chronology."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from upheld.accounts.models import User as Account
from upheld.accounts.rules import Permission, check
from upheld.cases.actions.copying import POINT_COLUMNS, STAGE_COLUMNS
from upheld.cases.models import CaseParty, Event, PointFactRow, StageFactRow
from upheld.cases.queries.histories import Recorded, recorded_case
from upheld.cases.queries.labels import Labels, labels
from upheld.facts import PointFact, StageFact

if TYPE_CHECKING:
    from upheld.accounts.models import User


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """Everything that a case's page shows.

    `people` are names by role. `registers` says which register file brought an entry, `authors` who recorded one, by
    the ids that the entries hold.
    """

    case: Recorded
    people: tuple[tuple[str, str], ...]
    stages: tuple[StageFact, ...]
    points: tuple[PointFact, ...]
    registers: Mapping[int, str]
    authors: Mapping[str, str]
    labels: Labels


def case_details(case_id: UUID, *, by: "User") -> CaseDetails:
    """A case for somebody who may see it. Raises PermissionDenied, or NoSuchCase where there is none."""
    check(by, Permission.SEE_CASES)
    case = recorded_case(case_id)
    authors = {event.recorded_by for event in case.history.events if event.recorded_by}
    in_force = {"case_key": case.history.case, "recorded_to": None}
    stages = StageFactRow.objects.filter(**in_force).order_by("received_on", "id").values_list(*STAGE_COLUMNS)
    points = PointFactRow.objects.filter(**in_force).order_by("point").values_list(*POINT_COLUMNS)
    registers = Event.objects.filter(case=case_id, source__isnull=False).values_list("sequence", "source__file_name")
    names = Account.objects.filter(public_id__in=authors).values_list("public_id", "name")
    return CaseDetails(
        case=case,
        people=tuple(CaseParty.objects.filter(case=case_id).order_by("id").values_list("role", "person__name")),
        stages=tuple(StageFact(*row) for row in stages),
        points=tuple(PointFact(*row) for row in points),
        registers=dict(registers),
        authors={str(public_id): name for public_id, name in names},
        labels=labels(),
    )
