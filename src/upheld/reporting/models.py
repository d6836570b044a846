"""What is kept of reports."""

from django.db import models
from django.db.models import Q
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
