"""What was reported and told never changes; the first awareness stands; a timeline only grows."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes

REPORT = (
    *("receipt", "year", "number", "channel", "reporter_id", "reported_at", "discovered_at"),
    *("happened_at", "what", "place", "personal_data"),
)
AWARENESS = ("incident_id", "law", "at", "because", "is_first", "set_by_id", "set_at")
ANSWER = ("is_agreed", "word", "answered_by_id", "answered_at")
SENT = ("incident_id", "code", "sent_at", "receipt", "text", "late_because", "how", "how_many")
HANDLER = ("incident_id", "person_id", "role", "began_at", "ended_at")
STEP = ("incident_id", "checklist", "text", "done_at", "done_by_id")
EVALUATION = (
    *("incident_id", "summary", "went_well", "went_badly", "cause", "contributing", "scenario"),
    *("scenario_key", "measures", "learning", "state", "committee_id", "proposed_by_id"),
    *("proposed_at", "decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
LESSON = ("evaluation_id", "kind", "title", "due", "task_id")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes("incidents_incident", REPORT, "1 = 1"),
        freeze_table("incidents_entry", ["id"]),
        refuse_changes("incidents_awareness", AWARENESS, "1 = 1"),
        refuse_changes(
            "incidents_awareness", ANSWER, "OLD.answered_at IS NOT NULL", name="answered"
        ),
        refuse_changes("incidents_notification", SENT, "OLD.sent_at IS NOT NULL"),
        refuse_changes("incidents_handler", HANDLER, "OLD.ended_at IS NOT NULL"),
        refuse_changes("incidents_step", STEP, "OLD.done_at IS NOT NULL"),
        refuse_changes("incidents_evaluation", EVALUATION, "OLD.state = 'approved'"),
        refuse_changes("incidents_lesson", LESSON, "OLD.task_id IS NOT NULL"),
    ]
