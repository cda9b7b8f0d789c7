"""Compose the parts of a status: what all registers and the frames say, and what is by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Committee
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.register import registers
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences
from kommissorium.reports.handwritten import CONCLUSION, HANDWRITTEN, place_of
from kommissorium.reports.own_parts import own_parts

MOST = 3  # parts that a conclusion names


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
    """Return what has become worse and better since the quarter before, in a few sentences.

    Of each part the figure that has changed most; the parts come in the order of a status.
    """
    ordered = sorted(parts, key=lambda part: place_of(part.code))
    worse, better = ([*_changed(ordered, course)] for course in ("worse", "better"))
    if not worse and not better:
        return _("Nothing has become better or worse since the quarter before.")
    return in_sentences(
        _of(_("Worse than a quarter before: %(what)s."), worse),
        _of(_("Better than a quarter before: %(what)s."), better),
    )


def _changed(parts: Iterable[StatusPart], course: str) -> Iterator[str]:
    """Yield in words what has become better, or worse, most of each part."""
    for part in parts:
        figures = [one for one in part.figures if one.course == course]
        if figures:
            one = max(figures, key=_weight)
            yield f"{part.heading}: {one.label} ({one.shown}, {one.difference})"


def _weight(figure: StatusFigure) -> float:
    return abs(figure.change or 0) / max(abs(figure.before or 0), 1)


def _of(sentence: str, named: Sequence[str]) -> str:
    if not named:
        return ""
    shown, more = "; ".join(named[:MOST]), len(named) - MOST
    if more > 0:
        text = ngettext("%(number)d more part", "%(number)d more parts", more)
        shown += "; " + text % {"number": more}
    return sentence % {"what": shown}
