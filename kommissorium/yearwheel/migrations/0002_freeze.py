"""What was done or skipped never changes, nor does how often a duty once fell due."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_rows, freeze_table, refuse_new_rows

STATE = "(SELECT state FROM yearwheel_occurrence WHERE id = {row}.occurrence_id)"
OVER = " <> 'open'"


class Migration(migrations.Migration):
    dependencies = [("yearwheel", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        freeze_table("yearwheel_dutycadence", ["id"]),
        freeze_table("yearwheel_move", ["id"]),
        freeze_table("yearwheel_evidence", ["id"]),
        freeze_rows("yearwheel_occurrence", "OLD.state" + OVER, ["id", ("duty_id", "number")]),
        refuse_new_rows("yearwheel_move", STATE.format(row="NEW") + OVER),
        refuse_new_rows("yearwheel_evidence", STATE.format(row="NEW") + OVER),
        freeze_rows("yearwheel_delegation", "OLD.ended_at IS NOT NULL", ["id"]),
    ]
