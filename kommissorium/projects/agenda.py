"""Projects and measures on the agenda, and their draft texts, under ongoing work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.projects.models import Project, Standing
from kommissorium.projects.signals import RED, UNDER_WAY
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight, moved, weight_of


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
    text = _("decides whether more money is found for %(names)s")
    return [text % {"names": ", ".join(f"“{title}”" for title in asking)}]
