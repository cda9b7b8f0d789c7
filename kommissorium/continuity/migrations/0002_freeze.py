"""What was proposed of plans never changes, nor what was approved of tests and evaluations."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import refuse_changes
from kommissorium.registers.models.activities import freeze_activities

TABLES = (
    *("continuity_continuitytestplan", "continuity_continuitytest"),
    "continuity_continuityfinding",
)
OWN = ("sort", "notice", "service_id", "scenario", "participants", "origin")
PLAN = (
    *("service_id", "number", "starts_when", "contingency", "no_contingency", "emergency"),
    *("no_emergency", "recovery", "no_recovery", "change_because", "improves_id"),
    *("review_months", "made_by_id", "made_at"),
)
DECIDED = (
    *("state", "committee_id", "proposed_by_id", "proposed_at", "decision_id", "record_id"),
    "in_force_from",
)
EVALUATION = ("test_id", "learning", "changes", "counts", "made_by_id", "made_at", *DECIDED)


class Migration(migrations.Migration):
    dependencies = [("continuity", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        *freeze_activities(*TABLES, OWN),
        refuse_changes("continuity_continuityplan", PLAN, "OLD.state <> 'draft'"),
        refuse_changes(
            "continuity_continuityplan", DECIDED, "OLD.state = 'approved'", name="decided"
        ),
        refuse_changes("continuity_continuityevaluation", EVALUATION, "OLD.state = 'approved'"),
    ]
