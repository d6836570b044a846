"""The database itself refuses to change or remove the note of a download."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reporting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'notes of downloads are only ever added: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER report_download_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON reporting_reportdownload
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_refuse_change();
"""

ALLOW = """
DROP TRIGGER report_download_append_only ON reporting_reportdownload;
DROP FUNCTION reporting_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_downloads")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
