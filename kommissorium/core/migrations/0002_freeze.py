"""Freeze the evidence chain and make the table of the shared cache."""

from django.conf import settings
from django.core.management import call_command
from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table


def make_cache_table(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop_cache_table(apps, editor):
    editor.execute(f"DROP TABLE {settings.CACHES['default']['LOCATION']}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables")]

    operations = [
        freeze_table("core_event", ["seq", "previous_hash", "hash"]),
        freeze_table("core_record", ["id", "event_id"]),
        freeze_table("core_anchor", ["id", '"on"']),
        freeze_table("core_salt", ["id"]),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
