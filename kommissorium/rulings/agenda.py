"""Rulings in drafts for the agenda item on policies, and in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight
from kommissorium.registers.past_day import figures_telling
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, told
from kommissorium.rulings.dispensations import ExpiringDispensations, expiring
from kommissorium.rulings.models import MOST_DAYS, Dispensation, Interpretation


def ruling_draft(context: AgendaContext) -> Draft | None:
    """Return what was asked, ruled and granted since the last meeting; None where nothing ever."""
    if not (Interpretation.objects.exists() or Dispensation.objects.exists()):
        return None
    sources = (
        Source(_("The interpretations"), reverse("interpretations")),
        Source(_("The dispensations"), reverse("dispensations")),
    )
    about = _("interpretations and dispensations")
    return Draft(tuple(sentences_of(context)), (), sources, about)


def sentences_of(context: AgendaContext) -> Iterator[Sentence]:
    """Yield what waits, what came to an end and what was ruled."""
    waiting = Interpretation.objects.waiting()
    limit = context.today - timedelta(days=MOST_DAYS)
    asked = waiting.values_list("made_at", flat=True)
    if late := sum(timezone.localdate(one) < limit for one in asked):
        text = ngettext(
            "One question about a rule has waited more than 90 days for its ruling.",
            "%(number)d questions about rules have waited more than 90 days for a ruling.",
            late,
        )
        yield Sentence(text % {"number": late}, Weight.DECIDE)
    ruled = Interpretation.objects.filter(context.since("decision__decided_at"), state="approved")
    if number := ruled.count():
        text = ngettext(
            "One rule has been interpreted since the last meeting.",
            "%(number)d rules have been interpreted since the last meeting.",
            number,
        )
        yield Sentence(text % {"number": number}, Weight.NEWS)
    given = Dispensation.objects.filter(context.since("decision__decided_at"), state="approved")
    if number := given.count():
        text = ngettext(
            "One dispensation has been granted since the last meeting.",
            "%(number)d dispensations have been granted since the last meeting.",
            number,
        )
        yield Sentence(text % {"number": number}, Weight.NEWS)
    own_items = {one.subject_kind for one in context.items}
    out = expiring(context).count()
    if out and ExpiringDispensations.kind not in own_items:
        text = ngettext(
            "One dispensation has run out or does so within 60 days.",
            "%(number)d dispensations have run out or do so within 60 days.",
            out,
        )
        yield Sentence(text % {"number": out}, Weight.WORSE)


def compose_rulings(_context: AgendaContext) -> Tables:
    """Return the questions that wait for a ruling; nothing where none do."""
    rows = tuple(
        FactRow(
            f"rulings.interpretation:{one.pk}",
            (one.rule, one.question[:200], one.get_state_display()),
            one.get_absolute_url(),
        )
        for one in Interpretation.objects.waiting().select_related("document").order_by("pk")
    )
    columns = (_("Rule"), _("Question"), _("State"))
    table = FactTable("interpretations", _("Questions about rules"), "", columns, rows)
    return (table,) if rows else ()


def status_part(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part about dispensations; none where none was ever granted by its end."""
    given = Dispensation.objects.filter(state="approved", in_force_from__lte=quarter.last)
    if not given.exists():
        return
    held = Dispensation.objects.in_force_on(quarter.last).select_related("document")
    then, before = figures_telling("rulings", quarter.last), quarter.before.last
    kept = then.facts["counts"] if then else {}
    now = kept.get("dispensations", held.count())
    link = f"{reverse('dispensations')}?in_force=1"
    was = Dispensation.objects.in_force_on(before).count()
    figures = [StatusFigure("dispensations", _("Dispensations in force"), now, was, link, "less")]
    text = told(
        _("No dispensation was in force when the quarter ended."),
        _("One dispensation was in force when the quarter ended."),
        _("%(number)s dispensations were in force when the quarter ended."),
        now,
    )
    columns = (_("Rule"), _("Where"), _("What is done instead"))
    rows = [(one.rule, one.place, one.measure) for one in held.order_by("last_day", "pk")]
    yield StatusPart("dispensations", _("Dispensations"), figures, text, columns, rows)
