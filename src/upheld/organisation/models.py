"""The structure: what happened to it, append-only, and, folded from that, dated rows of who was called what and where.

A directorate, service or team has a code that never changes; cases and facts hold the code alone. `StructureChange` and
`StructurePart` are the record, which the database refuses to change. The other tables are made of it by the fold in
`upheld.organisation.structure`: a rename or a move ends one dated row and begins another, so a case keeps the team of
its day.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from upheld.organisation.changes import ChangeKind, Level

# Byte order over a key of our own: the same order on every server, whatever its locale.
SORTED_BY_BYTES = "C"


def _days(first: str, last: str) -> Func:
    return Func(F(first), F(last), function="daterange")


def _one(unit: str) -> Func:
    # A range of one number: a unit's id can then be compared where only ranges can, without an extension.
    return Func(F(unit), F(unit), Value("[]"), function="int8range")


def _never_two_at_once(unit: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        index_type="gist",
        expressions=[
            (_one(unit), RangeOperators.OVERLAPS),
            (_days("from_date", "to_date"), RangeOperators.OVERLAPS),
        ],
    )


class StructureChange(models.Model):
    """One recorded change, or a record that takes an earlier one back. The database refuses to change or remove it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    level = models.TextField()
    on = models.DateField(null=True)
    reference = models.TextField(blank=True)  # the document that says so, or why an earlier record is taken back
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="withdrawn_by")
    digest = models.TextField(blank=True)  # of what was entered; empty where no person or file entered it
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in ChangeKind]), name="structure_change_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[v.value for v in Level]), name="structure_change_is_of_a_level"
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=False) | Q(kind=ChangeKind.OPEN.value), name="structure_change_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdraws__isnull=True) | Q(withdraws__lt=F("id")),
                name="structure_change_withdraws_earlier",
            ),
            models.CheckConstraint(
                condition=Q(withdraws__isnull=True) | ~Q(reference=""), name="structure_change_says_why_it_withdraws"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of a {self.level} on {self.on}"


class StructurePart(models.Model):
    """One part of a change: `upheld.organisation.changes.Part`, with its shares as numerator and denominator.

    That the shares of each source add up to 1, forwards and back, is checked by the database when the change is kept.
    """

    change = models.ForeignKey(StructureChange, on_delete=models.PROTECT, related_name="parts")
    source = models.TextField(blank=True)
    target = models.TextField(blank=True)
    share_numerator = models.BigIntegerField(default=1)
    share_denominator = models.BigIntegerField(default=1)
    back_numerator = models.BigIntegerField(null=True)
    back_denominator = models.BigIntegerField(null=True)
    name = models.TextField(blank=True)
    parent = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("change", "source", "target"), name="structure_part_is_named_once"),
            models.CheckConstraint(condition=~Q(source="", target=""), name="structure_part_names_a_unit"),
            models.CheckConstraint(condition=~Q(source="") | ~Q(name=""), name="structure_part_that_opens_has_name"),
            models.CheckConstraint(
                condition=Q(share_numerator__gte=1) & Q(share_numerator__lte=F("share_denominator")),
                name="structure_share_is_of_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(back_numerator__isnull=True, back_denominator__isnull=True)
                | (Q(back_numerator__gte=1) & Q(back_numerator__lte=F("back_denominator"))),
                name="structure_share_back_is_of_the_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} to {self.target}"


class Unit(models.Model):
    """What has a code that never changes, and the days between which it existed. None is not known, or still open."""

    code = models.TextField(unique=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="%(class)s_has_code"),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(opened_on__lt=F("closed_on")),
                name="%(class)s_opens_before_it_closes",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Directorate(Unit):
    """Part of the council that services belong to."""


class Service(Unit):
    """Part of the council that teams belong to."""


class Team(Unit):
    """A team that complaints are about."""


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


class DirectorateVersion(Dated):
    """What a directorate was called, from when to when."""

    directorate = models.ForeignKey(Directorate, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name_key=""), name="directorate_version_has_name"),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(from_date__lt=F("to_date")),
                name="directorate_version_begins_before_it_ends",
            ),
            _never_two_at_once("directorate_id", "directorate_has_one_version_at_a_time"),
            models.UniqueConstraint(
                fields=("name_key",), condition=Q(to_date__isnull=True), name="directorate_name_is_unique_at_present"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ServiceVersion(Dated):
    """What a service was called and which directorate it belonged to, if any, from when to when."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    directorate = models.ForeignKey(Directorate, on_delete=models.PROTECT, null=True, related_name="service_versions")

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
            _never_two_at_once("service_id", "service_has_one_version_at_a_time"),
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
            _never_two_at_once("team_id", "team_has_one_version_at_a_time"),
            models.UniqueConstraint(
                fields=("name_key",), condition=Q(to_date__isnull=True), name="team_name_is_unique_at_present"
            ),
        )

    def __str__(self) -> str:
        return self.name
