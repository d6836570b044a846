import uuid

from django.db import models
from django.db.models import Q

from upheld.organisation.models import SORTED_BY_BYTES


class Case(models.Model):
    """One complaint, through all its stages. What happened in it is in its events.

    `id` is the key used in addresses and in facts: it says nothing about anyone. `reference` is the council's own.
    `version` is the number of events: whoever adds one names the version they saw, and is refused if it has moved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.TextField()
    # As it is compared and sorted: case, spaces and hyphens do not make another reference.
    reference_key = models.TextField(unique=True, db_collation=SORTED_BY_BYTES)
    pack = models.TextField()
    version = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reference_key=""), name="case_has_reference"),
            models.CheckConstraint(condition=Q(version__gte=1), name="case_has_an_event"),
        )

    def __str__(self) -> str:
        return self.reference
