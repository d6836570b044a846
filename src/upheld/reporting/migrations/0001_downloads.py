import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ReportDownload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("downloaded_by", models.UUIDField()),
                (
                    "downloaded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("quarter", models.TextField()),
                ("format", models.TextField()),
                ("as_at", models.DateField()),
                ("facts_digest", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["downloaded_by", "downloaded_at"], name="report_download_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quarter__regex", "^[0-9]{4}-[0-9]{2}-q[1-4]$")), name="download_of_quarter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format", ""), _negated=True), name="download_has_format"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("facts_digest", ""), _negated=True), name="download_names_its_facts"
                    ),
                ],
            },
        ),
    ]
