"""What was approved of a quarter never changes, nor what was told of a project."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes, refuse_new_rows

STATUS = (
    *("year", "number", "conclusion", "effort", "state", "committee_id", "proposed_by_id"),
    *("proposed_at", "decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
STATE = (
    *("status_id", "measure_id", "light", "text", "figure", "figure_name", "unit"),
    *("evidence", "evidence_on", "plan", "said_by_id", "said_at"),
)
OF_STATUS = "(SELECT state FROM projects_workstatus WHERE id = {row}.status_id) = 'approved'"
OLD, NEW = OF_STATUS.format(row="OLD"), OF_STATUS.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes("projects_workstatus", STATUS, "OLD.state = 'approved'"),
        refuse_changes("projects_measurestate", STATE, OLD),
        refuse_new_rows("projects_measurestate", NEW, parent="status_id"),
        freeze_table("projects_projectupdate", ["id"]),
    ]
