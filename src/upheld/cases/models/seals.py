"""Seals over the heads of all chains, and certificates of disposal. Append-only, and guarded like the entries."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from upheld.cases.chain import HASH_BYTES

SIGNATURE_BYTES = 64


class SealRow(models.Model):
    """One seal (`upheld.cases.seals.Seal`)."""

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    moved = models.PositiveIntegerField()
    heads = models.BinaryField()
    previous = models.BinaryField()
    key = models.TextField()
    signature = models.BinaryField()

    class Meta:
        db_table = "cases_seal"
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1), name="seal_counts_from_one"),
            models.CheckConstraint(
                condition=Q(Exact(Length("heads"), HASH_BYTES))
                & Q(Exact(Length("previous"), HASH_BYTES))
                & Q(Exact(Length("signature"), SIGNATURE_BYTES)),
                name="seal_hashes_are_whole",
            ),
        )

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedHead(models.Model):
    """The head of one case, as a seal found it: only where it had moved since the seal before.

    No foreign key to the case: it must be told that a case is gone.
    """

    seal = models.ForeignKey(SealRow, on_delete=models.PROTECT, related_name="sealed_heads", db_index=False)
    case_id = models.UUIDField()
    version = models.PositiveIntegerField()
    head = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case_id", "seal"), name="case_is_sealed_once"),
            models.CheckConstraint(condition=Q(Exact(Length("head"), HASH_BYTES)), name="sealed_head_is_whole"),
        )
        indexes = (models.Index(fields=("seal", "case_id"), name="sealed_heads_of_seal"),)

    def __str__(self) -> str:
        return f"{self.case_id} at {self.version}"


class CertificateRow(models.Model):
    """What stands for a case that was disposed of (`upheld.cases.seals.Certificate`).

    The database lets go of a case's entries only where this stands for them, and takes it only from two people.
    """

    case_id = models.UUIDField(primary_key=True)
    ground = models.TextField()
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()
    approved_by = models.UUIDField()
    approved_at = models.DateTimeField()
    contents = models.BinaryField()
    hash = models.BinaryField()  # the head of the chain after it
    key = models.TextField()
    signature = models.BinaryField()

    class Meta:
        db_table = "cases_certificate"
        constraints = (
            models.CheckConstraint(condition=~Q(requested_by=F("approved_by")), name="certificate_is_of_two_people"),
            models.CheckConstraint(
                condition=Q(approved_at__gte=F("requested_at")), name="certificate_is_asked_for_before_it_is_approved"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="certificate_has_ground"),
            models.CheckConstraint(
                condition=Q(Exact(Length("hash"), HASH_BYTES)) & Q(Exact(Length("signature"), SIGNATURE_BYTES)),
                name="certificate_hashes_are_whole",
            ),
        )

    def __str__(self) -> str:
        return f"certificate of {self.case_id}"


class DisposalRequest(models.Model):
    """Somebody has asked for a case to be disposed of; somebody else may approve it, which carries it out."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="disposal")
    ground = models.TextField()
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(ground=""), name="disposal_has_ground"),)

    def __str__(self) -> str:
        return f"disposal of {self.case_id}"


class Hold(models.Model):
    """A case that must be kept, for a reason, until the hold is lifted: litigation, an inquiry, a request for access.

    While it is not lifted, the database takes no certificate for the case.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__gte=F("placed_at")),
                name="hold_is_lifted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"hold on {self.case_id}"


class ReportMade(models.Model):
    """Up to which day, and from what was known when, a report was counted.

    Facts that are made coarse keep to the right side of both, so that the report still comes out the same.
    """

    as_at = models.DateField()
    known_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("as_at", "known_at"), name="report_is_noted_once"),)

    def __str__(self) -> str:
        return f"{self.as_at}, known {self.known_at}"
