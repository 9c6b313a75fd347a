"""The table of the shared cache (CACHE=database): always there, so that switching is one variable."""

from django.core.management import call_command
from django.db import migrations

TABLE = "accounts_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_and_address")]
    operations = [migrations.RunPython(make, remove)]
