"""The fact tables: the rows of `upheld.facts`, column for column, each with the time for which it was what we knew.

A row is never changed but to close it: what was known at a moment is what was recorded by then and not yet replaced.
"""

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Greatest, Least


class Version(models.Model):
    """From when until when a row was what the record said. `recorded_to` is empty while it is."""

    id = models.BigAutoField(primary_key=True)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class StageColumns(models.Model):
    """The columns of `upheld.facts.StageFact`, which says what each means."""

    stage_key = models.TextField()
    case_key = models.TextField()
    procedure = models.TextField()
    stage = models.TextField()
    occurrence = models.IntegerField()
    received_on = models.DateField(null=True)
    start_on = models.DateField(null=True)
    start_basis = models.TextField()
    due_on = models.DateField(null=True)
    due_in_force_on = models.DateField(null=True)
    longest_due_on = models.DateField(null=True)
    extension = models.TextField()
    extension_on = models.DateField(null=True)
    panel_due_on = models.DateField(null=True)
    panel_held_on = models.DateField(null=True)
    panel_report_due_on = models.DateField(null=True)
    panel_report_sent_on = models.DateField(null=True)
    recommendations_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    working_days = models.IntegerField(null=True)
    outcome = models.TextField(null=True)
    outcome_on = models.DateField(null=True)
    service = models.TextField()
    team = models.TextField()
    theme = models.TextField()
    points = models.IntegerField()
    channel = models.TextField()
    complainant = models.TextField()
    age_band = models.TextField()
    oral = models.BooleanField()
    advocate = models.TextField()

    class Meta:
        abstract = True


LIVE = Q(recorded_to__isnull=True)


def _unless(done: str, due: str) -> Case:
    return Case(When(**{f"{done}__isnull": True}, then=F(due)))


# The first limit still to be met, or else the last of them. `queries.case_list` sorts by the same.
NEXT_LIMIT = Coalesce(
    Least(
        _unless("answered_on", "due_in_force_on"),
        _unless("panel_held_on", "panel_due_on"),
        _unless("panel_report_sent_on", "panel_report_due_on"),
    ),
    Greatest("due_in_force_on", "panel_due_on", "panel_report_due_on"),
)


class StageFactRow(StageColumns, Version):
    """One version of one stage occurrence of a case."""

    class Meta:
        db_table = "stage_fact"
        constraints = (
            models.UniqueConstraint(
                fields=("stage_key",), condition=Q(recorded_to__isnull=True), name="stage_fact_has_one_live_version"
            ),
            models.CheckConstraint(
                condition=Q(recorded_to__isnull=True) | Q(recorded_to__gte=F("recorded_from")),
                name="stage_fact_opens_before_it_closes",
            ),
        )
        indexes = (
            models.Index(fields=("case_key",), name="stage_fact_of_case"),
            models.Index(fields=("received_on",), name="stage_fact_received"),
            models.Index(fields=("answered_on",), name="stage_fact_answered"),
            # Lists sorted by a day that may be missing, which comes last either way.
            models.Index(F("answered_on").desc(nulls_last=True), condition=LIVE, name="stage_fact_answered_last"),
            models.Index(NEXT_LIMIT, condition=LIVE, name="stage_fact_limit"),
            models.Index(NEXT_LIMIT.desc(nulls_last=True), condition=LIVE, name="stage_fact_limit_last"),
        )

    def __str__(self) -> str:
        return f"{self.stage_key} from {self.recorded_from}"


class PointFactRow(StageColumns, Version):
    """One version of one complaint point at one stage occurrence. Its columns are `upheld.facts.PointFact`'s."""

    point = models.IntegerField()
    point_theme = models.TextField()
    finding = models.TextField(null=True)

    class Meta:
        db_table = "point_fact"
        constraints = (
            models.UniqueConstraint(
                fields=("stage_key", "point"),
                condition=Q(recorded_to__isnull=True),
                name="point_fact_has_one_live_version",
            ),
            models.CheckConstraint(
                condition=Q(recorded_to__isnull=True) | Q(recorded_to__gte=F("recorded_from")),
                name="point_fact_opens_before_it_closes",
            ),
        )
        indexes = (
            models.Index(fields=("case_key",), name="point_fact_of_case"),
            models.Index(fields=("received_on",), name="point_fact_received"),
            models.Index(fields=("answered_on",), name="point_fact_answered"),
        )

    def __str__(self) -> str:
        return f"{self.stage_key} point {self.point} from {self.recorded_from}"


class FactsState(models.Model):
    """One row whose token changes with the fact tables: what was worked out from them holds while it stays.

    Written last in each transaction that changes facts, so two that change them wait for each other only as they end.
    """

    token = models.UUIDField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="facts_state_is_one_row"),)

    def __str__(self) -> str:
        return str(self.token)
