"""What a meeting of the story chose for the risk acceptances that came back to it."""

from __future__ import annotations

from collections.abc import Sequence

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.demo.decided import USUAL
from kommissorium.demo.sitting import SECURITY, Sitting
from kommissorium.meetings.actions.proceedings import save_field, use_recommendation
from kommissorium.meetings.actions.row_choices import choose_rows
from kommissorium.meetings.models import AgendaItem
from kommissorium.meetings.rows_to_choose import Chosen, ChosenRow, rows_of
from kommissorium.registers.choosing import EXTEND, RETURN

CHOSE = 1  # the last meeting that was held
EXPIRING = "risks.expiring"


def choose(sitting: Sitting, item: AgendaItem, by: Person) -> bool:
    """Let the meeting extend the first that may be extended, and put the others off.

    False where it does not choose: before its last meeting, and where nothing may be extended.
    """
    is_asked = sitting.key == SECURITY and sitting.ago == CHOSE
    rows = rows_of(item) if is_asked and item.subject_kind == EXPIRING else []
    extended = (row for row in rows if row.chosen.code == EXTEND)
    if not any(_extend(item, row, rows, by) for row in extended):
        return False
    use_recommendation(item, by=by)
    for field, value in USUAL.items():
        save_field(item, field, value, by=by, version=0)
    return True


def _extend(item: AgendaItem, row: ChosenRow, rows: Sequence[ChosenRow], by: Person) -> bool:
    """Choose that one is extended; False where that cannot be any more since it was proposed."""
    choices = {one.offered.key: Chosen(RETURN) for one in rows} | {row.offered.key: row.chosen}
    try:
        choose_rows(item, choices, by=by, versions={})
    except Refused:
        return False
    return True
