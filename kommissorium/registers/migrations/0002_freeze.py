"""What was kept of a day never changes."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_tables")]

    operations = [
        freeze_table("registers_dailyfigures", ["id", ("register", "day"), "event_id"]),
    ]
