"""What was read never changes."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_readings"), ("core", "0002_freeze")]

    operations = [
        freeze_table("policies_reading", ["id", ("version_id", "person_id")]),
    ]
