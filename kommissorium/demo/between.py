"""The chair's decisions between meetings; the next agenda tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.utils.html import format_html

from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Proceedings


def tell_between(town: Town) -> None:
    """Tell of the chair's decisions, some days after a meeting."""
    for row in rows("chair.csv"):
        decide = partial(_decide, town, row)
        town.tell_after(int(row["møde"]), int(row["dage"]), decide, "15.20")


def _decide(town: Town, row: Mapping[str, str]) -> None:
    chair = town.chair("security")
    if chair is None:
        raise ValueError("Nobody chairs the committee on that day")
    decide_as_chair(
        town.committees["security"],
        by=chair,
        title=row["titel"],
        text=format_html("<p>{}</p>", row["tekst"]),
        why_now=row["hvorfor"],
        weighing={name: row[name] for name in row if name in Proceedings.FIELDS},
        is_impartial=True,
        is_closed=bool(row["lukket"]),
        closed_ground=row["lukket"],
    )
