import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_download_structures"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.TextField()),
                ("quarter", models.TextField()),
                ("breakdown", models.JSONField(default=list)),
                ("value", models.BigIntegerField()),
                ("base", models.BigIntegerField(null=True)),
                ("source", models.TextField()),
                ("page", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reporting.pastfigure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("figure", ""), _negated=True), name="past_figure_has_figure"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="past_figure_has_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__regex", "^[0-9]{4}-[0-9]{2}-q[1-4]$")),
                        name="past_figure_of_quarter",
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="past_figure_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("base__isnull", True), ("base__gte", 0), _connector="OR"),
                        name="past_figure_base_is_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes__isnull", True), ("supersedes__lt", models.F("id")), _connector="OR"
                        ),
                        name="past_figure_replaces_earlier",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", True)),
                        fields=("figure", "quarter", "breakdown"),
                        name="past_figure_is_one_number",
                    ),
                ],
            },
        ),
    ]
