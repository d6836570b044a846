import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Directorate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DirectorateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("name_key", models.TextField(db_collation="C")),
                ("from_date", models.DateField(null=True)),
                ("to_date", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StructureChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("level", models.TextField()),
                ("on", models.DateField(null=True)),
                ("reference", models.TextField(blank=True)),
                ("digest", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StructurePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.TextField(blank=True)),
                ("target", models.TextField(blank=True)),
                ("share_numerator", models.BigIntegerField(default=1)),
                ("share_denominator", models.BigIntegerField(default=1)),
                ("back_numerator", models.BigIntegerField(null=True)),
                ("back_denominator", models.BigIntegerField(null=True)),
                ("name", models.TextField(blank=True)),
                ("parent", models.TextField(blank=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="teamversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(models.F("team_id"), models.F("team_id"), models.Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (models.Func(models.F("from_date"), models.F("to_date"), function="daterange"), "&&"),
                ],
                name="team_has_one_version_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorate",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="directorate_has_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="directorate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_on__isnull", True),
                    ("closed_on__isnull", True),
                    ("opened_on__lt", models.F("closed_on")),
                    _connector="OR",
                ),
                name="directorate_opens_before_it_closes",
            ),
        ),
        migrations.AddField(
            model_name="serviceversion",
            name="directorate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="service_versions",
                to="organisation.directorate",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("service_id"), models.F("service_id"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    (models.Func(models.F("from_date"), models.F("to_date"), function="daterange"), "&&"),
                ],
                name="service_has_one_version_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="directorateversion",
            name="directorate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="organisation.directorate"
            ),
        ),
        migrations.AddField(
            model_name="structurechange",
            name="withdraws",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn_by",
                to="organisation.structurechange",
            ),
        ),
        migrations.AddField(
            model_name="structurepart",
            name="change",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="organisation.structurechange"
            ),
        ),
        migrations.AddConstraint(
            model_name="directorateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("name_key", ""), _negated=True), name="directorate_version_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="directorateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_date__isnull", True),
                    ("to_date__isnull", True),
                    ("from_date__lt", models.F("to_date")),
                    _connector="OR",
                ),
                name="directorate_version_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorateversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("directorate_id"),
                            models.F("directorate_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (models.Func(models.F("from_date"), models.F("to_date"), function="daterange"), "&&"),
                ],
                name="directorate_has_one_version_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_date__isnull", True)),
                fields=("name_key",),
                name="directorate_name_is_unique_at_present",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["open", "close", "rename", "move", "merge", "split"])),
                name="structure_change_is_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["directorate", "service", "team"])),
                name="structure_change_is_of_a_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__isnull", False), ("kind", "open"), _connector="OR"),
                name="structure_change_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdraws__isnull", True), ("withdraws__lt", models.F("id")), _connector="OR"),
                name="structure_change_withdraws_earlier",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdraws__isnull", True), models.Q(("reference", ""), _negated=True), _connector="OR"
                ),
                name="structure_change_says_why_it_withdraws",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurepart",
            constraint=models.UniqueConstraint(
                fields=("change", "source", "target"), name="structure_part_is_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="structurepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), ("target", ""), _negated=True), name="structure_part_names_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="structurepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True), models.Q(("name", ""), _negated=True), _connector="OR"
                ),
                name="structure_part_that_opens_has_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_numerator__gte", 1), ("share_numerator__lte", models.F("share_denominator"))
                ),
                name="structure_share_is_of_the_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="structurepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("back_denominator__isnull", True), ("back_numerator__isnull", True)),
                    models.Q(("back_numerator__gte", 1), ("back_numerator__lte", models.F("back_denominator"))),
                    _connector="OR",
                ),
                name="structure_share_back_is_of_the_whole",
            ),
        ),
    ]
