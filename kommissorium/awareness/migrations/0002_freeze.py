"""What was approved never changes; of an activity only its day, who answers and what came of it."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import refuse_changes
from kommissorium.registers.models.activities import freeze_activities

TABLES = ("awareness_awarenessplan", "awareness_awarenessactivity", "awareness_awarenessfinding")
OWN = ("sort", "audience", "area_id", "target")
EVALUATION = (
    *("year", "number", "effect", "learning", "effort", "state", "committee_id", "proposed_by_id"),
    *("proposed_at", "decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)


class Migration(migrations.Migration):
    dependencies = [("awareness", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        *freeze_activities(*TABLES, OWN),
        refuse_changes("awareness_awarenessevaluation", EVALUATION, "OLD.state = 'approved'"),
    ]
