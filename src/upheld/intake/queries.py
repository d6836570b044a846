"""Reading uploads, imports and kept layouts. Whoever may import sees all of them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from upheld.accounts.queries import users
from upheld.cases.models import RegisterImport
from upheld.intake.enums import State
from upheld.intake.models import SavedMapping, Upload, UploadProgress
from upheld.intake.rules import check_may_import

if TYPE_CHECKING:
    from upheld.accounts.models import User

_LIGHT = ("content", "findings", "refused")  # megabytes that a list does not need


def upload(upload_id: UUID) -> Upload | None:
    """One upload whole, for a job."""
    return Upload.objects.filter(id=upload_id).first()


def upload_for(upload_id: UUID, *, by: "User") -> Upload | None:
    """One upload without its file."""
    check_may_import(by)
    return Upload.objects.defer("content", "refused").filter(id=upload_id).first()


def refused_workbook(upload_id: UUID, *, by: "User") -> bytes | None:
    """The sealed workbook of refused rows."""
    check_may_import(by)
    sealed = Upload.objects.filter(id=upload_id).values_list("refused", flat=True).first()
    return None if sealed is None else bytes(sealed)


def open_uploads(*, by: "User") -> QuerySet[Upload]:
    """Uploads that nobody has decided yet, the latest first."""
    check_may_import(by)
    over = [state for state in State if state.is_over]
    return Upload.objects.defer(*_LIGHT).exclude(state__in=over).order_by("-uploaded_at")


def imports(*, by: "User") -> QuerySet[RegisterImport]:
    """Every register that was imported, in the browser or by the command, the latest first."""
    check_may_import(by)
    return RegisterImport.objects.order_by("-recorded_at", "id")


def saved_mappings(*, by: "User") -> QuerySet[SavedMapping]:
    """The layouts that were kept, by name."""
    check_may_import(by)
    return SavedMapping.objects.order_by("name")


def progress(upload_id: UUID) -> UploadProgress | None:
    """How far the job is."""
    return UploadProgress.objects.filter(upload=upload_id).first()


def uploader(upload: Upload) -> "User":
    """Who uploaded it."""
    return users().get(public_id=upload.uploaded_by)


def decider(upload: Upload) -> "User":
    """Who had it imported. It must have been decided."""
    assert upload.decided_by is not None  # noqa: S101 - for the type checker: it is being imported
    return users().get(public_id=upload.decided_by)


def names_of(public_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """What these people are called."""
    wanted = [each for each in public_ids if each is not None]
    return dict(users().filter(public_id__in=wanted).values_list("public_id", "name"))
