"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.meetings import minutes_editions, pack_builder

FORMS = {
    "meeting_pack": [*pack_builder.EDITIONS],
    "minutes_file": [*minutes_editions.EDITIONS],
    "item_extract": ["pdf", "docx"],
}
# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "meeting_screen": [f"item={number}" for number in range(1, 20)],
    "meeting_screen_part": [f"item={number}" for number in range(1, 20)],
}
# One of each kind of page and file that shows closed items to those whom the committee names.
SHOWING = [
    ("meeting/called", ""),
    ("meeting_read/called", ""),
    ("agenda_item/closed", ""),
    ("agenda_item/called", ""),
    ("meeting_history/called", ""),
    ("meeting_pack/called", "pdf"),
    ("meeting_pack/called", "print"),
    ("meeting_pack/called", "docx"),
    ("meeting_pack/called", "json"),
    ("minutes", ""),
    ("minutes/review", ""),
    ("minutes_file", "pdf"),
    ("minutes_file", "docx"),
    ("minutes_file", "json"),
    ("item_extract/closed", "pdf"),
    ("item_extract/closed", "docx"),
    ("conduct_item/closed", ""),
    ("attachment/closed", ""),
    ("meeting/earlier_closed", ""),
    ("earlier_minutes/closed", ""),
]
