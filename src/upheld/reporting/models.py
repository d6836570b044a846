"""What is kept of reports."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class ReportDownload(models.Model):
    """That somebody took a report away: who, when, which, and from which facts. The database refuses changes.

    `quarter` is written as in addresses (2018-19-q3). `facts_digest` and `as_at` say which numbers were in it.
    """

    downloaded_by = models.UUIDField()  # the person's public id; no foreign key: this outlives the account
    downloaded_at = models.DateTimeField(db_default=Now(), editable=False)
    quarter = models.TextField()
    format = models.TextField()
    as_at = models.DateField()
    facts_digest = models.TextField()
    structure_of = models.DateField(null=True)  # none: each case under the team of its own day

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(quarter__regex="^[0-9]{4}-[0-9]{2}-q[1-4]$"), name="download_of_quarter"
            ),
            models.CheckConstraint(condition=~Q(format=""), name="download_has_format"),
            models.CheckConstraint(condition=~Q(facts_digest=""), name="download_names_its_facts"),
        )
        indexes = (models.Index(fields=("downloaded_by", "downloaded_at"), name="report_download_by_person"),)

    def __str__(self) -> str:
        return f"{self.quarter} as {self.format}"


class PastFigure(models.Model):
    """A number that was published before the record, as it was published. The database refuses changes.

    A number that was entered wrongly, or restated later, is entered again: the new row names the one that it replaces,
    and both stay. `breakdown` is a list of dimension and text, in the order of the template's columns.
    """

    figure = models.TextField()
    quarter = models.TextField()  # as in addresses: 2018-19-q3
    breakdown = models.JSONField(default=list)
    value = models.BigIntegerField()
    base = models.BigIntegerField(null=True)
    source = models.TextField()
    page = models.TextField(blank=True)
    note = models.TextField(blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(figure=""), name="past_figure_has_figure"),
            models.CheckConstraint(condition=~Q(source=""), name="past_figure_has_source"),
            models.CheckConstraint(
                condition=Q(quarter__regex="^[0-9]{4}-[0-9]{2}-q[1-4]$"), name="past_figure_of_quarter"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="past_figure_is_not_negative"),
            models.CheckConstraint(condition=Q(base__isnull=True) | Q(base__gte=0), name="past_figure_base_is_counted"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | Q(supersedes__lt=F("id")), name="past_figure_replaces_earlier"
            ),
            models.UniqueConstraint(
                fields=("figure", "quarter", "breakdown"),
                condition=Q(supersedes__isnull=True),
                name="past_figure_is_one_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.figure} of {self.quarter}"
