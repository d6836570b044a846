"""What is recorded of the structure is only ever added, and shares that do not make a whole are refused.

Services and teams that were there before changes were recorded get the change with which each began.
"""

from typing import Any

from django.db import migrations

GUARD = """
CREATE FUNCTION organisation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused. Record that it is taken back instead.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER structure_change_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON organisation_structurechange
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_refuse_change();
ALTER TABLE organisation_structurechange ENABLE ALWAYS TRIGGER structure_change_is_append_only;
CREATE TRIGGER structure_part_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON organisation_structurepart
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_refuse_change();
ALTER TABLE organisation_structurepart ENABLE ALWAYS TRIGGER structure_part_is_append_only;
"""

NO_GUARD = """
DROP TRIGGER structure_part_is_append_only ON organisation_structurepart;
DROP TRIGGER structure_change_is_append_only ON organisation_structurechange;
DROP FUNCTION organisation_refuse_change();
"""

# Exact: numerators over the least common multiple of all denominators.
WHOLE = """
CREATE FUNCTION organisation_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over numeric := 1;
    part record;
BEGIN
    IF (SELECT kind NOT IN ('merge', 'split') FROM organisation_structurechange WHERE id = NEW.change_id) THEN
        RETURN NULL;
    END IF;
    FOR part IN SELECT share_denominator, back_denominator FROM organisation_structurepart
        WHERE change_id = NEW.change_id
    LOOP
        over := lcm(lcm(over, part.share_denominator), coalesce(part.back_denominator, 1));
    END LOOP;
    IF EXISTS (SELECT 1 FROM organisation_structurepart WHERE change_id = NEW.change_id
               GROUP BY source HAVING sum(share_numerator * (over / share_denominator)) <> over) THEN
        RAISE EXCEPTION 'the shares of a source do not add up to 1'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'structure_shares_make_a_whole';
    END IF;
    IF EXISTS (SELECT 1 FROM organisation_structurepart WHERE change_id = NEW.change_id
               GROUP BY target HAVING count(back_numerator) > 0 AND (count(back_numerator) < count(*)
               OR sum(back_numerator * (over / back_denominator)) <> over)) THEN
        RAISE EXCEPTION 'the shares on the way back do not add up to 1'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'structure_shares_back_make_a_whole';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER structure_shares_make_a_whole AFTER INSERT ON organisation_structurepart
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_check_shares();
"""

NOT_WHOLE = """
DROP TRIGGER structure_shares_make_a_whole ON organisation_structurepart;
DROP FUNCTION organisation_check_shares();
"""


def record_what_was_there(apps: Any, schema: Any) -> None:  # noqa: ARG001 - Django's signature
    """A change for each service and team, as its first dated row says; services first."""
    change, part = (apps.get_model("organisation", name) for name in ("StructureChange", "StructurePart"))
    for level in ("service", "team"):
        seen: set[str] = set()
        versions = apps.get_model("organisation", f"{level.title()}Version").objects
        for version in versions.select_related(level).order_by("id"):
            code = getattr(version, level).code
            if code in seen:
                continue
            seen.add(code)
            made = change.objects.create(
                kind="open",
                level=level,
                on=version.from_date,
                recorded_at=version.recorded_at,
                recorded_by=version.recorded_by,
            )
            parent = version.service.code if level == "team" else ""
            part.objects.create(change=made, target=code, name=version.name, parent=parent)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_changes")]

    operations = [
        migrations.RunPython(record_what_was_there, migrations.RunPython.noop),
        # What waits to be checked at the end of a transaction is checked now, so that tables can be changed in it.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.RunSQL(WHOLE, NOT_WHOLE),
    ]
