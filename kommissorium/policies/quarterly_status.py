"""Policies in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.policies.quarterly_words import sentences_on
from kommissorium.policies.status import count_documents
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

WANTED: Mapping[str, Wanted] = {"in_force": "", "overdue": "less", "recommended": ""}


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where there was no document by its end."""
    then, before = _counts(quarter), _counts(quarter.before)
    if not then.get("documents"):
        return
    labels = {
        "in_force": _("In force"),
        "overdue": _("Past their review"),
        "recommended": _("Waiting for a decision above the committee"),
    }
    link = reverse("policies")
    figures = [
        StatusFigure(code, labels[code], then.get(code), before.get(code), link, WANTED[code])
        for code in WANTED
    ]
    overdue = figures[1]
    text = told(
        _("No document was in force past its review when the quarter ended."),
        _("One document was in force past its review when the quarter ended."),
        _("%(number)s documents were in force past their review when the quarter ended."),
        overdue.value,
    )
    more = sentences_on(quarter, overdue.value)
    sentence = in_sentences(text, compared(overdue), *more)
    yield StatusPart("policies", _("Policies"), figures, sentence)


def _counts(quarter: Quarter) -> Mapping[str, int]:
    """Return them as kept that evening; from what is dated where no evening was kept."""
    if event := figures_telling("policies", quarter.last):
        counts: Mapping[str, int] = event.facts["counts"]
        return counts
    found = count_documents(quarter.last)
    return found if found["in_force"] else {}
