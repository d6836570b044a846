"""Uploaded registers until they are decided, how far a job is with one, and layouts kept for the next time.

A file and what was found in it are personal data: they are sealed (`sealing`), and gone when the upload is over.
"""

import uuid

from django.db import models
from django.db.models import Q

from upheld.cases.models import RegisterImport
from upheld.intake.enums import State

_OVER = [state.value for state in State if state.is_over]


class Upload(models.Model):
    """One uploaded register. `mapping` and `choices` say how to read it: words and headings, nobody's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.TextField()
    digest = models.TextField()  # SHA-256 of the file
    size = models.PositiveBigIntegerField()  # bytes
    content = models.BinaryField(null=True)
    findings = models.BinaryField(null=True)
    refused = models.BinaryField(null=True)  # the workbook with the reasons beside the cells
    state = models.TextField(default=State.READING.value)
    sheet = models.TextField(default="")
    mapping = models.TextField(default="")  # TOML; empty where the file explains itself
    choices = models.JSONField(default=dict)  # of the first page of the form, until the second is done
    new_teams = models.BooleanField(default=False)  # somebody has said that unknown teams are new
    over_people = models.BooleanField(default=False)  # the file may correct what people recorded by hand
    job = models.BigIntegerField(null=True)
    uploaded_by = models.UUIDField()
    uploaded_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)  # counts, and names of teams and themes that came new
    register_import = models.OneToOneField(RegisterImport, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="upload_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, content__isnull=True, findings__isnull=True, refused__isnull=True)
                | (~Q(state__in=_OVER) & Q(content__isnull=False)),
                name="upload_is_forgotten_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state=State.IMPORTED.value, register_import__isnull=False)
                | (~Q(state=State.IMPORTED.value) & Q(register_import__isnull=True)),
                name="upload_imported_names_its_import",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_at__isnull=False), name="upload_decided_by_with_when"
            ),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="upload_has_digest"),
        )
        indexes = (models.Index(fields=("uploaded_at",), name="upload_by_time"),)

    def __str__(self) -> str:
        return f"upload {self.id}"


class UploadProgress(models.Model):
    """How far a job is with an upload. Apart from it, so that it can be written while the upload's row is locked."""

    upload = models.UUIDField(primary_key=True)
    step = models.TextField()
    done = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(step=""), name="upload_progress_names_its_step"),)

    def __str__(self) -> str:
        return f"{self.step} {self.done} of {self.total}"


class SavedMapping(models.Model):
    """A layout kept under a name, to be chosen for the next file of its kind."""

    name = models.TextField(unique=True)
    toml = models.TextField()
    saved_by = models.UUIDField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="saved_mapping_has_a_name"),)

    def __str__(self) -> str:
        return self.name
