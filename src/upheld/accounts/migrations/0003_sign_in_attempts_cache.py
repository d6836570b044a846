"""The table of the cache in which sign-in attempts are counted: one for all worker processes, or the limit would be
multiplied by them."""

from django.core.management import call_command
from django.db import migrations


def create(_apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_account_events_append_only")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
