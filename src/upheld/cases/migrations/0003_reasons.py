"""The words that say why something was corrected, as append-only as the entries that they belong to."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

GUARD = """
CREATE TRIGGER cases_reason_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_reason
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE cases_reason ENABLE ALWAYS TRIGGER cases_reason_is_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard")]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("salt", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reasons", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="reason_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("salt"), 16)
                        ),
                        name="reason_has_salt",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, "DROP TRIGGER cases_reason_is_append_only ON cases_reason;"),
    ]
