"""Write down that somebody opened a case."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from upheld.accounts.rules import Permission, check
from upheld.cases.models import CaseView

if TYPE_CHECKING:
    from upheld.accounts.models import User


def record_view(case_id: UUID, *, by: "User", at: datetime) -> None:
    """Record one view of a case. Raises PermissionDenied where `by` may not see it."""
    check(by, Permission.SEE_CASES)
    CaseView.objects.create(case_id=case_id, viewed_by=by.public_id, viewed_at=at)
