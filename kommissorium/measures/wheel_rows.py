"""Duties of own wording and the times they fall due, put together from rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kommissorium.measures.clauses import Saying
from kommissorium.measures.rows import Row, Rows, moment, on
from kommissorium.measures.tasks import Tied, WheelFact
from kommissorium.measures.told import Told


def tied_of(duties: Sequence[Row], says: Mapping[int, Saying]) -> list[Tied]:
    """Return the clauses of own wording that duties are tied to."""
    return [
        Tied(says[one["clause_id"]], date.fromisoformat(one["created_at"]), on(one["ended_on"]))
        for one in duties
        if not one["measure"] and one["clause_id"] in says
    ]


def wheel_of(
    duties: Sequence[Row], rows: Rows, says: Mapping[int, Saying], told: Told
) -> list[WheelFact]:
    """Return the times such duties fall due, by the day."""
    tied = {one["id"]: one for one in duties if not one["measure"] and one["clause_id"] in says}
    moves: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(rows["yearwheel_move"], key=lambda one: (moment(one["at"]), one["id"])):
        moves[row["occurrence_id"]].append(row)
    found = []
    for row in rows["yearwheel_occurrence"]:
        if row["duty_id"] not in tied:
            continue
        duty, moved = tied[row["duty_id"]], moves[row["id"]]
        made = WheelFact(
            says=says[duty["clause_id"]],
            duty=duty["id"],
            duty_ended_on=on(duty["ended_on"]),
            key=row["id"],
            title=_title(row, duty),
            made_on=date.fromisoformat(row["created_at"]),
            due=date.fromisoformat(moved[0]["from_day"] if moved else row["due"]),
            moves=tuple(
                (told.local_day(moment(one["at"])), date.fromisoformat(one["to_day"]))
                for one in moved
            ),
            ended_on=on(row["ended_at"]),
            is_skipped=row["state"] == "skipped",
            result=row["result"],
            shown_by=told.shown.get(row["id"], ()),
        )
        found.append((row["due"], row["id"], made))
    return [made for _due, _key, made in sorted(found, key=lambda one: one[:2])]


def _title(row: Row, duty: Row) -> str:
    title = row["title_then"] or duty["title"]
    return f"{title}: {row['occasion']}" if row["source"] and row["occasion"] else title
