"""What was called is kept as it was called; what was approved never changes."""

from django.db import migrations

from kommissorium.core.evidence.freeze_triggers import (
    freeze_rows,
    freeze_table,
    refuse_changes,
    refuse_new_rows,
)

MEETING = "(SELECT state FROM meetings_meeting WHERE id = {row}.meeting_id)"
OF_ITEM = (
    "(SELECT m.state FROM meetings_meeting m JOIN meetings_agendaitem i ON i.meeting_id = m.id"
    " WHERE i.id = {row}.item_id)"
)
OF_MINUTES = (
    "(SELECT m.state FROM meetings_meeting m JOIN meetings_minutes p ON p.meeting_id = m.id"
    " WHERE p.id = {row}.minutes_id)"
)
OVER = " IN ('approved', 'confirmed', 'registered')"
ENDED = " IN ('approved', 'confirmed', 'registered', 'cancelled')"
CALLED = " <> 'planned'"

AGENDA = [
    "meeting_id",
    "clause_id",
    "position",
    "number",
    "title",
    "type",
    "recommendation",
    "presentation",
    "is_closed",
    "closed_ground",
    "late_because",
    "carried_from_id",
    "origin_id",
    "subject_kind",
    "subject_id",
    "facts",
]
PLACED = ["starts_at", "ends_at", "place", "link", "opened_at", "closed_at", "led_by_id"]
NUMBERED = ["committee_id", "year", "number", "registered_at"]


def closed(table: str, state: str, ended: str = OVER) -> list:
    """Freeze the rows of meetings that are over, and let no row come to them."""
    return [
        freeze_rows(table, state.format(row="OLD") + ended, ["id"]),
        refuse_new_rows(table, state.format(row="NEW") + ended),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_tables"),
        ("core", "0002_freeze"),
    ]

    operations = [
        freeze_table("meetings_call", ["id", "meeting_id", "record_id"]),
        freeze_table("meetings_approval", ["id", "minutes_id", "record_id", "open_record_id"]),
        freeze_table("meetings_confirmation", ["id", "minutes_id", "record_id"]),
        freeze_table("meetings_registration", ["id", "meeting_id", "record_id"]),
        freeze_table("meetings_decision", ["id", "item_id", ("committee_id", "number")]),
        freeze_rows("meetings_minutes", MEETING.format(row="OLD") + " = 'confirmed'", ["id"]),
        refuse_changes("meetings_meeting", NUMBERED, "OLD.number IS NOT NULL"),
        refuse_changes(
            "meetings_meeting",
            PLACED,
            f"OLD.state{ENDED}",
            name="over",
        ),
        refuse_changes(
            "meetings_meeting", ["state"], "OLD.state IN ('confirmed', 'cancelled')", name="final"
        ),
        *closed("meetings_agendaitem", MEETING, ENDED),
        *closed("meetings_attachment", OF_ITEM, ENDED),
        *closed("meetings_attendance", MEETING),
        *closed("meetings_absence", OF_ITEM),
        *closed("meetings_advice", OF_ITEM),
        *closed("meetings_dissent", OF_ITEM),
        *closed("meetings_proceedings", OF_ITEM),
        *closed("meetings_comment", OF_MINUTES),
        *closed("meetings_review", OF_MINUTES),
        refuse_changes("meetings_agendaitem", AGENDA, MEETING.format(row="OLD") + CALLED),
        refuse_changes(
            "meetings_attachment",
            ["item_id", "file_id", "name", "late_because"],
            OF_ITEM.format(row="OLD") + CALLED,
        ),
    ]
