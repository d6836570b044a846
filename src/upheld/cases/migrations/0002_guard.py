"""The database itself refuses to change what is append-only: the chronology, the imports, the log of views.

The triggers are of statements, so they also refuse what would touch no row, and ALWAYS, so that a session that plays a
replica does not slip past them. No setting of the product switches them off.
"""

from django.db import migrations

TABLES = ("cases_event", "cases_registerimport", "cases_caseview")

FUNCTION = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused. Record a correction instead.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
"""

TRIGGER = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""

NO_TRIGGER = "DROP TRIGGER {table}_is_append_only ON {table};"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION cases_refuse_change();"),
        *(migrations.RunSQL(TRIGGER.format(table=t), NO_TRIGGER.format(table=t)) for t in TABLES),
        migrations.RunSQL(
            "INSERT INTO cases_factsstate (id, token) VALUES (1, gen_random_uuid());", "DELETE FROM cases_factsstate;"
        ),
    ]
