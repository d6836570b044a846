"""Who is in which case. Names are for those who may see cases, and for comparing a register with them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from upheld.cases.models import CaseParty


def names_in_cases(cases: Iterable[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """For each of these cases that has people, their names by role."""
    names: dict[UUID, dict[str, str]] = {}
    rows = CaseParty.objects.filter(case_id__in=list(cases)).order_by("id")
    for case, role, name in rows.values_list("case_id", "role", "person__name"):
        names.setdefault(case, {})[role] = name
    return names
