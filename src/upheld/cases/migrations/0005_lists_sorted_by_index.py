"""Lists of cases are sorted by an index, so that showing the first fifty takes as long however many there are."""

from django.db import migrations, models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Greatest, Least

LIVE = Q(recorded_to__isnull=True)
LIMIT = Coalesce(
    Least(
        Case(When(answered_on__isnull=True, then=F("due_in_force_on"))),
        Case(When(panel_held_on__isnull=True, then=F("panel_due_on"))),
        Case(When(panel_report_sent_on__isnull=True, then=F("panel_report_due_on"))),
    ),
    Greatest("due_in_force_on", "panel_due_on", "panel_report_due_on"),
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_seals_and_disposal")]

    operations = [
        migrations.AddIndex(
            "stagefactrow",
            models.Index(F("answered_on").desc(nulls_last=True), condition=LIVE, name="stage_fact_answered_last"),
        ),
        migrations.AddIndex("stagefactrow", models.Index(LIMIT, condition=LIVE, name="stage_fact_limit")),
        migrations.AddIndex(
            "stagefactrow",
            models.Index(LIMIT.desc(nulls_last=True), condition=LIVE, name="stage_fact_limit_last"),
        ),
    ]
