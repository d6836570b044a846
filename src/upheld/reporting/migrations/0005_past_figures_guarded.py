"""A past figure is only ever added, and one that replaces another is of the same number."""

from django.db import migrations

GUARD = """
CREATE FUNCTION reporting_refuse_change_of_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'past figures are only ever added: % is refused. Enter the number again instead.', TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER past_figure_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON reporting_pastfigure
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_refuse_change_of_past();
ALTER TABLE reporting_pastfigure ENABLE ALWAYS TRIGGER past_figure_append_only;
CREATE FUNCTION reporting_check_superseded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM reporting_pastfigure WHERE id = NEW.supersedes_id
        AND (figure, quarter, breakdown) = (NEW.figure, NEW.quarter, NEW.breakdown)
    ) THEN
        RAISE EXCEPTION 'a past figure replaces one of the same number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'past_figure_replaces_the_same';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER past_figure_replaces_the_same BEFORE INSERT ON reporting_pastfigure
    FOR EACH ROW EXECUTE FUNCTION reporting_check_superseded();
"""

NO_GUARD = """
DROP TRIGGER past_figure_replaces_the_same ON reporting_pastfigure;
DROP FUNCTION reporting_check_superseded();
DROP TRIGGER past_figure_append_only ON reporting_pastfigure;
DROP FUNCTION reporting_refuse_change_of_past();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_past_figures")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
