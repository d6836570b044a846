"""Services and teams: a code that never changes, and dated rows that say what it was called and where it belonged.

Cases and facts hold the code alone. A rename or a move closes one dated row and opens another, so a case keeps the
team of its day. Today a register names each team and service once, so each has one row that is open at both ends.
"""

from django.db import models
from django.db.models import F, Q

# Byte order over a key of our own: the same order on every server, whatever its locale.
SORTED_BY_BYTES = "C"


class Service(models.Model):
    """Part of the council that teams belong to."""

    code = models.TextField(unique=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="service_has_code"),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(opened_on__lt=F("closed_on")),
                name="service_opens_before_it_closes",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Team(models.Model):
    """A team that complaints are about."""

    code = models.TextField(unique=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="team_has_code"),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(opened_on__lt=F("closed_on")),
                name="team_opens_before_it_closes",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Dated(models.Model):
    """A row that holds from one day up to, and not including, another. None is "as far back as is known", or "still".

    `name_key` is the name as it is compared and sorted: two spellings that differ by case, spaces or hyphens are one
    name.
    """

    name = models.TextField()
    name_key = models.TextField(db_collation=SORTED_BY_BYTES)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    # The public id of who did it; none where a command or a job did. No foreign key: this outlives the account.
    recorded_by = models.UUIDField(null=True)

    class Meta:
        abstract = True


class ServiceVersion(Dated):
    """What a service was called, from when to when."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name_key=""), name="service_version_has_name"),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(from_date__lt=F("to_date")),
                name="service_version_begins_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=("service",), condition=Q(to_date__isnull=True), name="service_has_one_present_version"
            ),
            models.UniqueConstraint(
                fields=("name_key",), condition=Q(to_date__isnull=True), name="service_name_is_unique_at_present"
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamVersion(Dated):
    """What a team was called and which service it belonged to, from when to when."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="versions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="team_versions")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name_key=""), name="team_version_has_name"),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(from_date__lt=F("to_date")),
                name="team_version_begins_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=("team",), condition=Q(to_date__isnull=True), name="team_has_one_present_version"
            ),
            models.UniqueConstraint(
                fields=("name_key",), condition=Q(to_date__isnull=True), name="team_name_is_unique_at_present"
            ),
        )

    def __str__(self) -> str:
        return self.name
