"""People, apart from the record: their names are here and in no event, fact, log or address."""

import uuid

from django.db import models
from django.db.models import Q

from upheld.cases.models.case import Case


class Person(models.Model):
    """Someone in a case. Two cases never share a person by name alone: a name is no proof of who someone is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),)

    def __str__(self) -> str:
        return f"person {self.id}"


class Role(models.TextChoices):
    """Who someone is in a case."""

    CHILD = "child", "Child or young person"
    COMPLAINANT = "complainant", "Complainant"


class CaseParty(models.Model):
    """Someone's part in a case. A child who complains for themself has both."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    role = models.TextField(choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "person", "role"), name="party_has_a_role_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="party_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.case_id}"
