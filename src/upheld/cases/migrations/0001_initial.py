import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("reference_key", models.TextField(db_collation="C", unique=True)),
                ("pack", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference_key", ""), _negated=True), name="case_has_reference"
                    ),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="case_has_an_event"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactsState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="facts_state_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="person_has_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="PointFactRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("recorded_from", models.DateTimeField()),
                ("recorded_to", models.DateTimeField(null=True)),
                ("stage_key", models.TextField()),
                ("case_key", models.TextField()),
                ("procedure", models.TextField()),
                ("stage", models.TextField()),
                ("occurrence", models.IntegerField()),
                ("received_on", models.DateField(null=True)),
                ("start_on", models.DateField(null=True)),
                ("start_basis", models.TextField()),
                ("due_on", models.DateField(null=True)),
                ("due_in_force_on", models.DateField(null=True)),
                ("longest_due_on", models.DateField(null=True)),
                ("extension", models.TextField()),
                ("extension_on", models.DateField(null=True)),
                ("panel_due_on", models.DateField(null=True)),
                ("panel_held_on", models.DateField(null=True)),
                ("panel_report_due_on", models.DateField(null=True)),
                ("panel_report_sent_on", models.DateField(null=True)),
                ("recommendations_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                ("working_days", models.IntegerField(null=True)),
                ("outcome", models.TextField(null=True)),
                ("outcome_on", models.DateField(null=True)),
                ("service", models.TextField()),
                ("team", models.TextField()),
                ("theme", models.TextField()),
                ("points", models.IntegerField()),
                ("channel", models.TextField()),
                ("complainant", models.TextField()),
                ("age_band", models.TextField()),
                ("oral", models.BooleanField()),
                ("advocate", models.TextField()),
                ("point", models.IntegerField()),
                ("point_theme", models.TextField()),
                ("finding", models.TextField(null=True)),
            ],
            options={
                "db_table": "point_fact",
                "indexes": [
                    models.Index(fields=["case_key"], name="point_fact_of_case"),
                    models.Index(fields=["received_on"], name="point_fact_received"),
                    models.Index(fields=["answered_on"], name="point_fact_answered"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("recorded_to__isnull", True)),
                        fields=("stage_key", "point"),
                        name="point_fact_has_one_live_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_to__isnull", True),
                            ("recorded_to__gte", models.F("recorded_from")),
                            _connector="OR",
                        ),
                        name="point_fact_opens_before_it_closes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.TextField()),
                ("digest", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("rows", models.PositiveIntegerField()),
                ("new_cases", models.PositiveIntegerField()),
                ("changed_cases", models.PositiveIntegerField()),
                ("events", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="import_has_digest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageFactRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("recorded_from", models.DateTimeField()),
                ("recorded_to", models.DateTimeField(null=True)),
                ("stage_key", models.TextField()),
                ("case_key", models.TextField()),
                ("procedure", models.TextField()),
                ("stage", models.TextField()),
                ("occurrence", models.IntegerField()),
                ("received_on", models.DateField(null=True)),
                ("start_on", models.DateField(null=True)),
                ("start_basis", models.TextField()),
                ("due_on", models.DateField(null=True)),
                ("due_in_force_on", models.DateField(null=True)),
                ("longest_due_on", models.DateField(null=True)),
                ("extension", models.TextField()),
                ("extension_on", models.DateField(null=True)),
                ("panel_due_on", models.DateField(null=True)),
                ("panel_held_on", models.DateField(null=True)),
                ("panel_report_due_on", models.DateField(null=True)),
                ("panel_report_sent_on", models.DateField(null=True)),
                ("recommendations_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                ("working_days", models.IntegerField(null=True)),
                ("outcome", models.TextField(null=True)),
                ("outcome_on", models.DateField(null=True)),
                ("service", models.TextField()),
                ("team", models.TextField()),
                ("theme", models.TextField()),
                ("points", models.IntegerField()),
                ("channel", models.TextField()),
                ("complainant", models.TextField()),
                ("age_band", models.TextField()),
                ("oral", models.BooleanField()),
                ("advocate", models.TextField()),
            ],
            options={
                "db_table": "stage_fact",
                "indexes": [
                    models.Index(fields=["case_key"], name="stage_fact_of_case"),
                    models.Index(fields=["received_on"], name="stage_fact_received"),
                    models.Index(fields=["answered_on"], name="stage_fact_answered"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("recorded_to__isnull", True)),
                        fields=("stage_key",),
                        name="stage_fact_has_one_live_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_to__isnull", True),
                            ("recorded_to__gte", models.F("recorded_from")),
                            _connector="OR",
                        ),
                        name="stage_fact_opens_before_it_closes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("words", models.TextField()),
                ("words_key", models.TextField(db_collation="C", unique=True)),
                ("retired", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="theme_has_code"),
                    models.CheckConstraint(
                        condition=models.Q(("words_key", ""), _negated=True), name="theme_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("viewed_by", models.UUIDField()),
                ("viewed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["viewed_by", "viewed_at"], name="case_view_by_person")],
            },
        ),
        migrations.CreateModel(
            name="CaseParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.TextField(choices=[("child", "Child or young person"), ("complainant", "Complainant")]),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "person", "role"), name="party_has_a_role_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["child", "complainant"])), name="party_role_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("kind_version", models.PositiveSmallIntegerField()),
                ("stage", models.TextField(null=True)),
                ("occurrence", models.PositiveSmallIntegerField()),
                ("occurred_earliest", models.DateField(null=True)),
                ("occurred_latest", models.DateField(null=True)),
                ("precision", models.TextField()),
                ("data", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("salt", models.BinaryField()),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.case"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.registerimport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sequence"), name="event_has_its_own_place"),
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="event_counts_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("occurrence__gte", 1)), name="event_occurrence_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind_version__gte", 1)), name="event_kind_version_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["day", "month", "approximate", "unknown"])),
                        name="event_precision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("occurred_earliest__isnull", True),
                                ("occurred_latest__isnull", True),
                                ("precision", "unknown"),
                            ),
                            models.Q(
                                ("occurred_earliest__isnull", False),
                                ("occurred_latest__isnull", False),
                                models.Q(
                                    models.Q(("occurred_earliest", models.F("occurred_latest")), ("precision", "day")),
                                    models.Q(
                                        ("occurred_earliest__lte", models.F("occurred_latest")),
                                        ("precision__in", ["month", "approximate"]),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="event_dates_agree_with_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("salt"), 16),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("previous_hash"), 32),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("hash"), 32),
                        ),
                        name="event_hashes_are_whole",
                    ),
                ],
            },
        ),
    ]
