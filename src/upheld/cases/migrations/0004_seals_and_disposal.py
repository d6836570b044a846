"""Seals, and a way for a case that is disposed of past the guard that is part of the guard.

A case's entries and the words that belong to them can be deleted where a certificate stands for the case, and the
database takes a certificate only of two people, for a case that somebody asked to dispose of and nobody holds.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

NEW_TABLES = ("cases_seal", "cases_sealedhead", "cases_certificate")
OF_A_CASE = ("cases_event", "cases_reason")

LET_GO = """
CREATE FUNCTION cases_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- As a statement, wherever no disposal is under way: a certificate stands, and entries are still there.
    IF NOT EXISTS (
        SELECT FROM cases_certificate c WHERE EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.case_id)
    ) THEN
        RAISE EXCEPTION '% is append-only: % is refused. Record a correction instead.', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION cases_refuse_delete_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_certificate WHERE case_id = OLD.case_id) THEN
        RAISE EXCEPTION '% is append-only: no certificate stands for this case.', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;

CREATE FUNCTION cases_check_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_hold WHERE case_id = NEW.case_id AND lifted_at IS NULL) THEN
        RAISE EXCEPTION 'a case that is held is not disposed of' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM cases_disposalrequest
        WHERE case_id = NEW.case_id AND requested_by = NEW.requested_by AND requested_at = NEW.requested_at
    ) THEN
        RAISE EXCEPTION 'nobody has asked for this case to be disposed of' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_certificate_is_approved BEFORE INSERT ON cases_certificate
    FOR EACH ROW EXECUTE FUNCTION cases_check_certificate();
ALTER TABLE cases_certificate ENABLE ALWAYS TRIGGER cases_certificate_is_approved;
"""

HOLD_ON = """
DROP TRIGGER cases_certificate_is_approved ON cases_certificate;
DROP FUNCTION cases_check_certificate();
DROP FUNCTION cases_refuse_delete_of_row();
DROP FUNCTION cases_refuse_delete();
"""

APPEND_ONLY = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""

NO_APPEND_ONLY = "DROP TRIGGER {table}_is_append_only ON {table};"

DELETE_NEEDS = """
DROP TRIGGER {table}_is_append_only ON {table};
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
CREATE TRIGGER {table}_is_let_go_in_disposal BEFORE DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_delete();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_let_go_in_disposal;
CREATE TRIGGER {table}_row_is_let_go_in_disposal BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_delete_of_row();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_row_is_let_go_in_disposal;
"""

NO_DELETE_NEEDS = """
DROP TRIGGER {table}_row_is_let_go_in_disposal ON {table};
DROP TRIGGER {table}_is_let_go_in_disposal ON {table};
DROP TRIGGER {table}_is_append_only ON {table};
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateRow",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("ground", models.TextField()),
                ("requested_by", models.UUIDField()),
                ("requested_at", models.DateTimeField()),
                ("approved_by", models.UUIDField()),
                ("approved_at", models.DateTimeField()),
                ("contents", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("key", models.TextField()),
                ("signature", models.BinaryField()),
            ],
            options={
                "db_table": "cases_certificate",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("requested_by", models.F("approved_by")), _negated=True),
                        name="certificate_is_of_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at__gte", models.F("requested_at"))),
                        name="certificate_is_asked_for_before_it_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="certificate_has_ground"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("hash"), 32),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("signature"), 64),
                        ),
                        name="certificate_hashes_are_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalRequest",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="disposal",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("ground", models.TextField()),
                ("requested_by", models.UUIDField()),
                ("requested_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="disposal_has_ground"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportMade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_at", models.DateField()),
                ("known_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("as_at", "known_at"), name="report_is_noted_once")],
            },
        ),
        migrations.CreateModel(
            name="SealRow",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("cases", models.PositiveIntegerField()),
                ("entries", models.PositiveBigIntegerField()),
                ("moved", models.PositiveIntegerField()),
                ("heads", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("key", models.TextField()),
                ("signature", models.BinaryField()),
            ],
            options={
                "db_table": "cases_seal",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="seal_counts_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("heads"), 32),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("previous"), 32),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("signature"), 64),
                        ),
                        name="seal_hashes_are_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("placed_by", models.UUIDField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_by", models.UUIDField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="hold_has_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__gte", models.F("placed_at")), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_is_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_id", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("head", models.BinaryField()),
                (
                    "seal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_heads",
                        to="cases.sealrow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["seal", "case_id"], name="sealed_heads_of_seal")],
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "seal"), name="case_is_sealed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("head"), 32)
                        ),
                        name="sealed_head_is_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LET_GO, HOLD_ON),
        *(migrations.RunSQL(APPEND_ONLY.format(table=t), NO_APPEND_ONLY.format(table=t)) for t in NEW_TABLES),
        *(migrations.RunSQL(DELETE_NEEDS.format(table=t), NO_DELETE_NEEDS.format(table=t)) for t in OF_A_CASE),
    ]
