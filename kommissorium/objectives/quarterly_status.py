"""Objectives in the quarterly status: their standing, and which they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.objectives.status import (
    ObjectiveStatus,
    Progress,
    statuses_known_on,
    statuses_on,
)
from kommissorium.registers.past_day import figures_telling
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    Wanted,
    compared,
    in_sentences,
    told,
)

WANTED: Mapping[Progress, Wanted] = {
    Progress.REACHED: "more",
    Progress.AT_RISK: "less",
    Progress.MISSED: "less",
    Progress.LATE: "less",
}


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter (eight queries); none where none was in force by its end."""
    rows = statuses_known_on(quarter.last)
    then, before = _counts(quarter, rows), _counts(quarter.before, None)
    if not rows and not then.get("objectives"):
        return
    today = Counter(one.progress for one in statuses_on(quarter.last))
    link = f"{reverse('objectives')}?on={quarter.last}"
    figures = [
        StatusFigure(
            progress.value,
            str(progress.label),
            then.get(progress.value),
            before.get(progress.value),
            link,
            WANTED.get(progress, ""),
            corrected=today[progress],
        )
        for progress in Progress
    ]
    reached = figures[0]
    text = told(
        _("No objective was reached when the quarter ended."),
        _("One objective was reached when the quarter ended."),
        _("%(number)s objectives were reached when the quarter ended."),
        reached.value,
    )
    columns = (_("Objective"), _("Wanted"), _("Last measured"), _("How it stood"))
    yield StatusPart(
        *("objectives", _("Objectives"), figures, in_sentences(text, compared(reached))),
        columns,
        [_row(one) for one in rows],
    )


def _counts(quarter: Quarter, rows: list[ObjectiveStatus] | None) -> Mapping[str, int]:
    """Return them as kept that evening; from what is dated where no evening was kept."""
    if event := figures_telling("objectives", quarter.last):
        counts: Mapping[str, int] = event.facts["counts"]
        return counts
    found = statuses_known_on(quarter.last) if rows is None else rows
    counted = Counter(one.progress.value for one in found)
    numbers = {progress.value: counted[progress.value] for progress in Progress}
    return {"objectives": len(found), **numbers} if found else {}


def _row(one: ObjectiveStatus) -> tuple[str, ...]:
    found = one.objective
    return found.title, found.wanted, one.measured or "–", str(one.progress.label)
