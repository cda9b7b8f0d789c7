"""Projects and technical measures on the agenda and in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.core.ui.localised import day, kroner
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.projects.comparison import ComparedState, compare, newest
from kommissorium.projects.models import MeasureState, Project, Standing
from kommissorium.projects.models.projects import spent_of
from kommissorium.projects.signals import COLOURS, PROJECTS, RED, UNDER_WAY
from kommissorium.registers.agenda import (
    AgendaContext,
    Draft,
    Sentence,
    Source,
    Weight,
    moved,
    weight_of,
)
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
        money_in_words(now),
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


def money_in_words(rows: Sequence[Project]) -> str:
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


def projects_today(context: AgendaContext) -> list[Project]:
    """Return the projects under way, and those that came to their end since the last meeting."""
    found = Project.objects.standing_on().select_related("owner").order_by("due", "pk")
    since = timezone.localdate(context.met_before) if context.met_before else context.today
    return [one for one in found if one.is_open or one.told_on >= since]


def news_table(context: AgendaContext) -> FactTable | None:
    """Return how the projects stand; None where there are none."""
    found = context.once(projects_today)
    if not found:
        return None
    rows = [
        FactRow(
            f"projects.standing:{one.pk}",
            (one.title, one.standing_label, one.now_reason, day(one.told_on)),
            one.get_absolute_url(),
            urgent=RED.holds(one),
        )
        for one in found
    ]
    columns = (_("Project"), _("How it stands"), _("Why"), _("Reported on"))
    return FactTable("projects", _("Security projects"), "", columns, tuple(rows))


def ongoing_draft(context: AgendaContext) -> Draft | None:
    """Return which projects are red or at their end, and for which money is asked."""
    found = context.once(projects_today)
    if not found:
        return None
    source = Source(_("The projects"), reverse("projects"))
    sentences = tuple(_sentences(found, context))
    return Draft(sentences, tuple(_points(found)), (source,), _("the security projects"))


def _sentences(found: Sequence[Project], context: AgendaContext) -> Iterator[Sentence]:
    for one in found:
        if one.now_asked and one.is_open:
            text = _("The project “%(title)s” asks for %(kroner)s beyond its budget.")
            values = {"title": one.title, "kroner": kroner(one.now_asked)}
            yield Sentence(text % values, Weight.DECIDE)
        if not one.is_open:
            ended = _("The project “%(title)s” is finished.")
            ended = ended if one.now_standing == Standing.DONE else _("“%(title)s” was stopped.")
            yield Sentence(ended % {"title": one.title}, Weight.NEWS)
    under_way = [one for one in found if one.is_open]
    if not under_way:
        return
    red, then = sum(map(RED.holds, under_way)), _red_then(context)
    said = f"{UNDER_WAY.said(len(under_way))} {RED.said(red, moved(red, then))}"
    yield Sentence(said, weight_of(red, then))


def _red_then(context: AgendaContext) -> int | None:
    """Return how many were red by what was told until the last meeting; None for none known."""
    if context.met_before is None:
        return None
    then = list(Project.objects.open_on(timezone.localdate(context.met_before)))
    return sum(map(RED.holds, then)) if then else None


def _points(found: Sequence[Project]) -> list[str]:
    asking = [one.title for one in found if one.now_asked and one.is_open]
    if not asking:
        return []
    text = _("asks the executive board for the money that %(names)s lacks")
    return [text % {"names": ", ".join(_("“%(title)s”") % {"title": title} for title in asking)}]
