"""What people do with uploaded registers, and what jobs do for them: each whole or not at all."""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from upheld.cases.actions.record_register import RegisterRefused, record_register
from upheld.cases.actions.versions import StaleCase
from upheld.errors import UpheldError
from upheld.intake import queries, rules
from upheld.intake.enums import State
from upheld.intake.findings import Findings, keep
from upheld.intake.models import SavedMapping, Upload, UploadProgress
from upheld.intake.progress import noting
from upheld.intake.reading import CONTENT, Read, content_of, how, opened, read_upload, summary
from upheld.intake.sealing import seal
from upheld.register.mapping import mapping_of

if TYPE_CHECKING:
    from upheld.accounts.models import User

KEEP = timedelta(days=7)  # an upload that nobody decides


class UploadError(UpheldError):
    """What was asked cannot be done with this upload now."""


def receive(file_name: str, content: bytes, *, by: "User", at: datetime, mapping: SavedMapping | None = None) -> Upload:
    """Take in an uploaded register; a job reads it. Raises PermissionDenied where `by` may not import."""
    rules.check_may_import(by)
    upload = Upload(
        file_name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        mapping="" if mapping is None else mapping.toml,
        uploaded_by=by.public_id,
        uploaded_at=at,
    )
    upload.content = seal(content, upload=upload.id, what=CONTENT)
    with transaction.atomic():
        upload.save(force_insert=True)
        _have_read(upload)
    return upload


def change_layout(upload_id: UUID, toml: str, *, by: "User") -> None:
    """Have the file read in the layout that a mapping tells. Raises BadMapping, or UploadError."""
    if toml:
        mapping_of(toml, "The layout")
    with _deciding(upload_id, by) as upload:
        upload.mapping, upload.choices = toml, {}
        _have_read(upload)


def keep_choices(upload_id: UUID, choices: dict[str, object], *, by: "User") -> None:
    """Keep what the first page of the form says, for the second."""
    with _deciding(upload_id, by) as upload:
        upload.choices = choices
        upload.save()


def choose_sheet(upload_id: UUID, sheet: str, *, by: "User") -> None:
    """Look at another sheet of the workbook."""
    with _deciding(upload_id, by) as upload:
        upload.sheet, upload.mapping, upload.choices = sheet, "", {}
        _have_read(upload)


def accept_new_teams(upload_id: UUID, *, by: "User") -> None:
    """Say that the teams which the record does not have are new."""
    with _deciding(upload_id, by) as upload:
        upload.new_teams = True
        _have_read(upload)


def accept_corrections(upload_id: UUID, *, by: "User") -> None:
    """Say that the file may correct what people have recorded by hand."""
    with _deciding(upload_id, by) as upload:
        upload.over_people = True
        _have_read(upload)


def read_again(upload_id: UUID, *, by: "User") -> None:
    """Have the file read once more: after a fault, or because the record has moved on."""
    with _deciding(upload_id, by, also=State.READING) as upload:
        _have_read(upload)


def confirm(upload_id: UUID, *, by: "User", at: datetime) -> None:
    """Have the register imported, by a job."""
    with _deciding(upload_id, by, also=State.IMPORTING) as upload:
        if upload.state not in (State.READY, State.IMPORTING):
            raise UploadError("This file is not ready to be imported.")
        upload.state, upload.decided_by, upload.decided_at = State.IMPORTING, by.public_id, at
        _defer(upload, "intake.import_register")


def withdraw(upload_id: UUID, *, by: "User", at: datetime) -> None:
    """Give an upload up: the file is forgotten, and nothing was imported."""
    with _deciding(upload_id, by, also=State.READING) as upload:
        _end(upload, State.WITHDRAWN, at, by=by)


def save_mapping(name: str, toml: str, *, by: "User", at: datetime) -> SavedMapping:
    """Keep a layout under a name for the next file; one of that name is replaced. Raises BadMapping."""
    rules.check_may_import(by)
    mapping_of(toml, "The layout")
    saved, _ = SavedMapping.objects.update_or_create(
        name=name.strip(), defaults={"toml": toml, "saved_by": by.public_id, "saved_at": at}
    )
    return saved


def forget_mapping(mapping_id: int, *, by: "User") -> None:
    """Forget a layout that was kept."""
    rules.check_may_import(by)
    SavedMapping.objects.filter(id=mapping_id).delete()


def read_register(upload_id: UUID, *, by: None = None) -> None:  # noqa: ARG001  a job; who uploaded it is in the upload
    """Read an upload and try its import. Done twice it does nothing more."""
    upload = queries.upload(upload_id)
    if upload is None or upload.state != State.READING:
        return
    with noting(upload_id) as steps:
        read = read_upload(
            upload,
            by=queries.uploader(upload),
            today=timezone.localdate(),
            at=timezone.now(),
            noting=steps,
        )
    with transaction.atomic():
        current = _locked(upload_id)
        # Somebody may have given it up, or chosen another layout, meanwhile.
        if current.state == State.READING and (current.mapping, current.job) == (upload.mapping, upload.job):
            _settle(current, read)


def import_register(upload_id: UUID, *, by: None = None) -> None:  # noqa: ARG001  a job; who decided is in the upload
    """Import an upload, whole or not at all. Done twice, or begun anew after a crash, it is imported once.

    Raises StaleCase, for the job to be tried again.
    """
    upload = queries.upload(upload_id)
    if upload is None or upload.state != State.IMPORTING:
        return
    with noting(upload_id) as steps:
        found = opened(upload, content_of(upload), today=timezone.localdate(), progress=steps("Reading the file"))
        at = timezone.now()
        try:
            with transaction.atomic():
                current = _locked(upload_id)
                if current.state != State.IMPORTING:
                    return
                result = record_register(
                    found.register, by=queries.decider(upload), at=at, progress=steps("Importing"), **how(upload)
                )
                current.result = _without_names(summary(result))
                current.register_import_id = result.import_id
                _end(current, State.UNCHANGED if result.import_id is None else State.IMPORTED, at, by=None)
        except RegisterRefused:
            # The record has moved on since the file was tried: it is tried again, and what is wrong now is shown.
            with transaction.atomic():
                current = _locked(upload_id)
                current.state, current.decided_by, current.decided_at = State.READING, None, None
                _have_read(current)
        except StaleCase:
            raise
        except UpheldError as error:
            with transaction.atomic():
                current = _locked(upload_id)
                current.state, current.decided_by, current.decided_at = State.UNREADABLE, None, None
                keep(current, Findings(problem=str(error)))
                current.save()


def forget_undecided(*, by: None, at: datetime) -> int:  # noqa: ARG001  every night, nobody asks
    """Forget the uploads that nobody has decided for a week; how many is returned."""
    old = Upload.objects.exclude(state__in=[state for state in State if state.is_over]).filter(
        uploaded_at__lt=at - KEEP
    )
    count = 0
    for upload_id in old.values_list("id", flat=True):
        with transaction.atomic():
            _end(_locked(upload_id), State.EXPIRED, at, by=None)
        count += 1
    return count


class _deciding:  # noqa: N801  read as a verb: with _deciding(…)
    """The upload, locked, for somebody to decide about; raises UploadError where it is over or a job is at it."""

    def __init__(self, upload_id: UUID, by: "User", *, also: State | None = None) -> None:
        rules.check_may_import(by)
        self._id, self._also = upload_id, also
        self._transaction = transaction.atomic()

    def __enter__(self) -> Upload:
        self._transaction.__enter__()
        try:
            upload = _locked(self._id)
            state = State(upload.state)
            if state.is_over or (state.is_worked_on and state is not self._also):
                raise UploadError("This has been decided, or a job is at it. Look at how it stands now.")
        except BaseException as error:
            self._transaction.__exit__(type(error), error, error.__traceback__)
            raise
        return upload

    def __exit__(self, *ended: object) -> None:
        self._transaction.__exit__(*ended)  # type: ignore[arg-type]  # handed on as they are


def _locked(upload_id: UUID) -> Upload:
    return Upload.objects.select_for_update().get(id=upload_id)


def _have_read(upload: Upload) -> None:
    upload.state = State.READING
    upload.refused = None
    _defer(upload, "intake.read_register")


def _defer(upload: Upload, task: str) -> None:
    """Ask for a job in the same transaction: it is there exactly where the change to the upload is."""
    from procrastinate.contrib.django import app

    UploadProgress.objects.filter(upload=upload.id).delete()
    upload.job = app.configure_task(task).defer(upload_id=str(upload.id))
    upload.save()


def _settle(upload: Upload, read: Read) -> None:
    if read.state is State.UNCHANGED:
        upload.result = _without_names(dict(read.findings.trial))
        _end(upload, State.UNCHANGED, timezone.now(), by=None)
        return
    upload.state = read.state
    keep(upload, read.findings)
    upload.refused = None if read.refused is None else seal(read.refused, upload=upload.id, what="refused")
    upload.save()


def _without_names(result: dict[str, object]) -> dict[str, object]:
    """What of a summary may stay: not the cells that were corrected, nor in which cases."""
    return {name: value for name, value in result.items() if name not in ("corrections", "moves")}


def _end(upload: Upload, state: State, at: datetime, *, by: "User | None") -> None:
    """The end of an upload: what it was and what became of it stays, the file and what was found in it go."""
    upload.state = state
    upload.content = upload.findings = upload.refused = None
    upload.choices = {}
    if by is not None:
        upload.decided_by = by.public_id
    upload.decided_at = upload.decided_at or at
    upload.save()
    UploadProgress.objects.filter(upload=upload.id).delete()
