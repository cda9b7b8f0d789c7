"""An approved statement never changes but for its end; what lies before a committee keeps its rows."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import refuse_changes

STATEMENT = (
    *("number", "news", "rows", "state", "committee_id", "proposed_by_id", "proposed_at"),
    *("decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)


class Migration(migrations.Migration):
    dependencies = [("controls", "0001_tables"), ("core", "0002_freeze")]

    operations = [refuse_changes("controls_soaversion", STATEMENT, "OLD.state = 'approved'")]
