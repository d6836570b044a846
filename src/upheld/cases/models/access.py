from django.db import models

from upheld.cases.models.case import Case


class CaseView(models.Model):
    """That someone opened a case's page. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="views")
    viewed_by = models.UUIDField()  # the person's public id
    viewed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("viewed_by", "viewed_at"), name="case_view_by_person"),)

    def __str__(self) -> str:
        return f"{self.viewed_by} at {self.viewed_at}"
