"""Compose the parts of a status: what all registers and the frames say, and what is by hand."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.register import registers
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences
from kommissorium.reports.handwritten import CONCLUSION, HANDWRITTEN, place_of
from kommissorium.reports.own_parts import own_parts

MOST = 3  # changes that a conclusion names


def compose(committee: Committee, quarter: Quarter) -> list[StatusPart]:
    """Return the parts in their order, the conclusion first.

    What a register offers takes the place of what is written by hand.
    """
    offered = [part for register in registers() for part in register.status_on(quarter)]
    offered += own_parts(committee, quarter)
    there = {part.code for part in offered}
    by_hand = [
        StatusPart(code, str(heading)) for code, heading in HANDWRITTEN.items() if code not in there
    ]
    conclusion = StatusPart(CONCLUSION, _("Conclusion"), (), conclusion_of(offered))
    return sorted([conclusion, *offered, *by_hand], key=lambda part: place_of(part.code))


def conclusion_of(parts: Sequence[StatusPart]) -> str:
    """Return what has become worse and better since the quarter before, in a few sentences."""
    figures = [one for part in parts for one in part.figures]
    worse, better = changed(figures, "worse"), changed(figures, "better")
    if not worse and not better:
        return _("Nothing has become better or worse since the quarter before.")
    return in_sentences(
        _of(_("Worse than a quarter before: %(what)s."), worse),
        _of(_("Better than a quarter before: %(what)s."), better),
    )


def changed(figures: Sequence[StatusFigure], course: str) -> list[StatusFigure]:
    """Return those that have become better, or worse: the most changed by their size first."""

    def weight(one: StatusFigure) -> float:
        return -abs(one.change or 0) / max(abs(one.before or 0), 1)

    return sorted((one for one in figures if one.course == course), key=weight)


def _of(sentence: str, figures: Sequence[StatusFigure]) -> str:
    if not figures:
        return ""
    named = [f"{one.label} ({one.in_words(one.value)}, {one.change_in_words})" for one in figures]
    more = len(figures) - MOST
    shown = "; ".join(named[:MOST])
    if more > 0:
        shown += _(" and %(number)d more") % {"number": more}
    return sentence % {"what": shown}
