"""The version of a case: how many entries it has. Whoever appends names the one that they saw."""

from uuid import UUID

from django.db.models import F

from upheld.cases.models import Case
from upheld.cases.queries.histories import Recorded, recorded_case
from upheld.errors import UpheldError


class StaleCase(UpheldError):
    """The case has moved on since it was read. Nothing was recorded."""

    def __init__(
        self,
        words: str = (
            "Somebody has added to this case since you opened it. Open it again to see what is new, then do what is "
            "still to be done."
        ),
    ) -> None:
        super().__init__(words)


def raise_version(case_id: UUID, expected_version: int, *, by_entries: int) -> Recorded:
    """The case as it is recorded, locked until the end of the transaction, its version raised.

    Whoever comes second finds another version and changes nothing. Raises StaleCase or NoSuchCase.
    """
    raised = Case.objects.filter(id=case_id, version=expected_version)
    if not raised.update(version=F("version") + by_entries):
        recorded_case(case_id)
        raise StaleCase
    return recorded_case(case_id)
