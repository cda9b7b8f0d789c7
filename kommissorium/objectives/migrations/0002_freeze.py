"""What was approved never changes but for its end and its owners; what was measured never does."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes, refuse_new_rows

SET = (
    *("year", "statement", "state", "committee_id", "proposed_by_id", "proposed_at"),
    *("decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
OBJECTIVE = (
    *("set_id", "lineage", "title", "why", "serves", "serves_link", "area_id", "indicator"),
    *("unit", "direction", "target", "due", "every"),
)
OF_SET = "(SELECT state FROM objectives_objectiveset WHERE id = {row}.set_id) = 'approved'"
OLD, NEW = OF_SET.format(row="OLD"), OF_SET.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [("objectives", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes("objectives_objectiveset", SET, "OLD.state = 'approved'"),
        refuse_changes("objectives_objective", OBJECTIVE, OLD),
        refuse_new_rows("objectives_objective", NEW, parent="set_id"),
        freeze_table("objectives_measurement", ["id"]),
    ]
