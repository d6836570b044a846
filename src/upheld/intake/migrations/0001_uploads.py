import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField(unique=True)),
                ("toml", models.TextField()),
                ("saved_by", models.UUIDField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_mapping_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadProgress",
            fields=[
                ("upload", models.UUIDField(primary_key=True, serialize=False)),
                ("step", models.TextField()),
                ("done", models.PositiveBigIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step", ""), _negated=True), name="upload_progress_names_its_step"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.TextField()),
                ("digest", models.TextField()),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.BinaryField(null=True)),
                ("findings", models.BinaryField(null=True)),
                ("refused", models.BinaryField(null=True)),
                ("state", models.TextField(default="reading")),
                ("sheet", models.TextField(default="")),
                ("mapping", models.TextField(default="")),
                ("choices", models.JSONField(default=dict)),
                ("new_teams", models.BooleanField(default=False)),
                ("over_people", models.BooleanField(default=False)),
                ("job", models.BigIntegerField(null=True)),
                ("uploaded_by", models.UUIDField()),
                ("uploaded_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(default=dict)),
                (
                    "register_import",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.registerimport",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["uploaded_at"], name="upload_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "reading",
                                    "unreadable",
                                    "questions",
                                    "faulty",
                                    "new-teams",
                                    "ready",
                                    "importing",
                                    "imported",
                                    "unchanged",
                                    "withdrawn",
                                    "expired",
                                ],
                            )
                        ),
                        name="upload_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content__isnull", True),
                                ("findings__isnull", True),
                                ("refused__isnull", True),
                                ("state__in", ["imported", "unchanged", "withdrawn", "expired"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["imported", "unchanged", "withdrawn", "expired"]), _negated=True
                                ),
                                ("content__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="upload_is_forgotten_when_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("register_import__isnull", False), ("state", "imported")),
                            models.Q(models.Q(("state", "imported"), _negated=True), ("register_import__isnull", True)),
                            _connector="OR",
                        ),
                        name="upload_imported_names_its_import",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="upload_decided_by_with_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="upload_has_digest"
                    ),
                ],
            },
        ),
    ]
