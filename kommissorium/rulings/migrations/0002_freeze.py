"""What was ruled or granted never changes but for its end."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import refuse_changes

RULING = (
    *("document_id", "heading", "heading_title", "made_by_id", "made_at", "state"),
    *("committee_id", "proposed_by_id", "proposed_at", "decision_id", "record_id"),
    "in_force_from",
)
GRANTED = ("lineage", "place", "area_id", "asset_id", "reason", "measure", "last_day")
ENDED = ("in_force_to", "ended_by_id", "ended_because")


class Migration(migrations.Migration):
    dependencies = [("rulings", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes(
            "rulings_interpretation", [*RULING, "question", "ruling"], "OLD.state = 'approved'"
        ),
        refuse_changes("rulings_dispensation", [*RULING, *GRANTED], "OLD.state = 'approved'"),
        refuse_changes("rulings_dispensation", ENDED, "OLD.in_force_to IS NOT NULL", name="ended"),
    ]
