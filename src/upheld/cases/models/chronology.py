"""The chronology: what happened in each case, entry by entry, and the registers that entries came from."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from upheld.cases.chain import HASH_BYTES, SALT_BYTES
from upheld.cases.models.case import Case
from upheld.procedure import Precision


class RegisterImport(models.Model):
    """One register that was imported: which file, when, by whom and how much. Append-only, like what it brought."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.TextField()
    digest = models.TextField()  # SHA-256 of the file
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    rows = models.PositiveIntegerField()
    new_cases = models.PositiveIntegerField()
    changed_cases = models.PositiveIntegerField()
    events = models.PositiveIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="import_has_digest"),)

    def __str__(self) -> str:
        return self.file_name


class Event(models.Model):
    """One entry of a case's chronology. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE.

    `data` holds codes, ids and dates, never names or free text. `hash` covers the entry and the hash before it, so
    that none can be altered, removed or moved unnoticed (`upheld.cases.chain`). The dates are empty where no date is
    known: there is no stand-in date.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()  # from 1, without a gap
    kind = models.TextField()
    kind_version = models.PositiveSmallIntegerField()
    stage = models.TextField(null=True)
    occurrence = models.PositiveSmallIntegerField()
    occurred_earliest = models.DateField(null=True)
    occurred_latest = models.DateField(null=True)
    precision = models.TextField()
    data = models.JSONField()
    recorded_at = models.DateTimeField()
    # The public id of who did it; none where a command or a job did. No foreign key: this outlives the account.
    recorded_by = models.UUIDField(null=True)
    source = models.ForeignKey(RegisterImport, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    salt = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "sequence"), name="event_has_its_own_place"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="event_counts_from_one"),
            models.CheckConstraint(condition=Q(occurrence__gte=1), name="event_occurrence_counts_from_one"),
            models.CheckConstraint(condition=Q(kind_version__gte=1), name="event_kind_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(precision__in=[each.value for each in Precision]), name="event_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    precision=Precision.UNKNOWN.value, occurred_earliest__isnull=True, occurred_latest__isnull=True
                )
                # Spelt out: a comparison with nothing is neither true nor false, and a constraint lets that pass.
                | Q(occurred_earliest__isnull=False, occurred_latest__isnull=False)
                & (
                    Q(precision=Precision.DAY.value, occurred_earliest=F("occurred_latest"))
                    | Q(
                        precision__in=[Precision.MONTH.value, Precision.APPROXIMATE.value],
                        occurred_earliest__lte=F("occurred_latest"),
                    )
                ),
                name="event_dates_agree_with_precision",
            ),
            models.CheckConstraint(
                condition=Q(Exact(Length("salt"), SALT_BYTES))
                & Q(Exact(Length("previous_hash"), HASH_BYTES))
                & Q(Exact(Length("hash"), HASH_BYTES)),
                name="event_hashes_are_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"
