"""The database itself refuses to change or remove an account event."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account events are only ever added: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER account_event_append_only
    BEFORE UPDATE OR DELETE ON accounts_accountevent
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER account_event_not_emptied
    BEFORE TRUNCATE ON accounts_accountevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
"""

ALLOW = """
DROP TRIGGER account_event_not_emptied ON accounts_accountevent;
DROP TRIGGER account_event_append_only ON accounts_accountevent;
DROP FUNCTION accounts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts_roles_and_events")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
