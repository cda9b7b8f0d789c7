"""What was proposed never changes, what was approved keeps its decision; comments and answers stay."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes

WORDS = (
    *("document_id", "number", "title", "text", "file_id", "file_name", "file_text", "change"),
    *("change_because", "risk_picture_id", "begins_on", "review_months", "frame", "hearing_on"),
    *("notice_on", "hearing_note", "made_by_id", "made_at"),
)
DECIDED = (
    *("state", "committee_id", "proposed_by_id", "proposed_at", "decision_id", "record_id"),
    "approver_id",
)
ENDED = "OLD.in_force_from IS NOT NULL OR OLD.in_force_to IS NOT NULL"
COMMENT = ("version_id", "heading", "text", "by_id", "at")
ANSWER = ("answer", "answered_by_id", "answered_at")


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_tables"), ("core", "0002_freeze")]

    operations = [
        refuse_changes("policies_version", WORDS, "OLD.state <> 'draft'"),
        refuse_changes("policies_version", DECIDED, "OLD.state = 'approved'", name="decided"),
        refuse_changes("policies_version", ["in_force_from"], ENDED, name="begun"),
        freeze_table("policies_upperdecision", ["id"]),
        refuse_changes("policies_comment", COMMENT, "1 = 1"),
        refuse_changes("policies_comment", ANSWER, "OLD.answered_at IS NOT NULL", name="answered"),
    ]
