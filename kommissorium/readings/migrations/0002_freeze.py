"""What was read never changes."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [("readings", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        freeze_table("readings_reading", ["id", ("version_id", "person_id")]),
    ]
