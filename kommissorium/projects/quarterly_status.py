"""Projects and technical measures in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.core.ui.localised import kroner
from kommissorium.projects.comparison import ComparedState, compare, newest
from kommissorium.projects.models import MeasureState, Project
from kommissorium.projects.models.projects import spent_of
from kommissorium.projects.signals import COLOURS, PROJECTS, RED, UNDER_WAY
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    compared,
    in_sentences,
    told,
)


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the projects, those of the areas that are told of, and the other measures.

    Of projects it is what was told by the last day of the quarter; of measures what is said of it.
    """
    now, before = _projects(quarter.last), _projects(quarter.before.last)
    if now or before:
        yield _project_part(now, before)
    said = MeasureState.objects.until(quarter).filter(
        status__year=quarter.year, status__number=quarter.number
    )
    rows = list(newest(said.select_related("measure", "status")).values())
    others = []
    for one in sorted(compare(rows, quarter), key=lambda one: one.state.measure_id):
        if one.state.measure.area:
            yield _area_part(one)
        else:
            others.append(one)
    if others:
        yield _other_part(others)


def _projects(day: date) -> list[Project]:
    return list(Project.objects.open_on(day).order_by("due", "pk"))


def _project_part(now: Sequence[Project], before: Sequence[Project]) -> StatusPart:
    link = reverse("projects")
    colours = PROJECTS.counted(before, *COLOURS) if before else {}
    figures = PROJECTS.figures(COLOURS, PROJECTS.counted(now, *COLOURS), colours, link)
    then, counted = _money(before), _money(now)
    for name, label in (
        ("budget", _("Budget of the projects under way")),
        ("spent", _("Spent by them")),
        ("asked", _("Asked for beyond the budget")),
    ):
        was = then[name] if before else None
        figures.append(StatusFigure(name, label, counted[name], was, link, unit="kr"))
    red = [one.title for one in now if RED.holds(one)]
    sentences = (
        UNDER_WAY.at_end_of_quarter(len(now)),
        *((RED.named(red), compared(figures[COLOURS.index(RED)])) if red else ()),
        _money_in_words(now),
    )
    columns = (_("Project"), _("State"), _("Why"), _("Spent of the budget"))
    return StatusPart(
        *("projects", _("Security projects"), figures, in_sentences(*sentences)),
        columns,
        [_project_row(one) for one in now],
    )


def _money(rows: Sequence[Project]) -> dict[str, int]:
    return {
        "budget": sum(one.now_budget for one in rows),
        "spent": sum(one.now_spent for one in rows),
        "asked": sum(one.now_asked or 0 for one in rows),
    }


def _money_in_words(rows: Sequence[Project]) -> str:
    """Return what is spent, and for what more is asked; the executive board reads it, too."""
    if not rows:
        return ""
    counted = _money(rows)
    values = {"spent": kroner(counted["spent"]), "budget": kroner(counted["budget"])}
    text = _("%(spent)s of %(budget)s are spent.") % values
    wishes = [
        _("%(kroner)s for “%(title)s”") % {"kroner": kroner(one.now_asked), "title": one.title}
        for one in rows
        if one.now_asked
    ]
    if not wishes:
        return text
    more = _("Beyond the budget are asked for: %(wishes)s.") % {"wishes": "; ".join(wishes)}
    return in_sentences(text, more)


def _project_row(one: Project) -> tuple[str, ...]:
    return one.title, one.standing_label, one.now_reason, spent_of(one.now_spent, one.now_budget)


def _area_part(one: ComparedState) -> StatusPart:
    state, figure = one.state, one.figure
    figures = [figure] if figure else []
    text = in_sentences(_sentence(one), state.text)
    if state.plan:
        text = in_sentences(text, _("Planned: %(plan)s") % {"plan": state.plan})
    return StatusPart(state.measure.area, state.measure.title, figures, text)


def _sentence(one: ComparedState) -> str:
    if not one.state.light:
        return ""
    words = {"light": one.state.light_label, "change": one.change}
    return _("%(light)s (%(change)s).") % words


def _other_part(rows: Sequence[ComparedState]) -> StatusPart:
    figures = [figure for one in rows if (figure := one.figure)]
    columns = (
        _("Technical measure"),
        _("State"),
        _("Changed since last"),
        _("The state in words"),
    )
    text = told(
        "",
        ngettext_lazy(
            "One measure of our own is reported on.",
            "%(number)s measures of our own are reported on.",
            "value",
        ),
        len(rows),
    )
    cells = [
        (one.state.measure.title, one.state.light_label or "–", one.change or "–", one.state.text)
        for one in rows
    ]
    return StatusPart("measures", _("Other technical measures"), figures, text, columns, cells)
