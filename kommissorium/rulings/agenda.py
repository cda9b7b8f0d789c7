"""Rulings in drafts for the agenda item on policies, and in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Tables, Weight
from kommissorium.registers.status import StatusPart, figures_telling
from kommissorium.rulings.expiring import ExpiringDispensations, expiring
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.signals import (
    EXPIRING,
    IN_FORCE,
    LATE,
    OF_DISPENSATIONS,
    OF_QUESTIONS,
)


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
    late = OF_QUESTIONS.condition(LATE, context.today)
    if number := Interpretation.objects.filter(late).count():
        yield Sentence(LATE.said(number), LATE.weight)
    # What happened since the last meeting is no number of the register.
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
        yield Sentence(EXPIRING.said(out), EXPIRING.weight)


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
    event, code = figures_telling("rulings", quarter.last), IN_FORCE.code
    then = event.facts["counts"] if event else {}
    if code not in then:
        then = {code: held.count()}
    before = {code: Dispensation.objects.in_force_on(quarter.before.last).count()}
    link = OF_DISPENSATIONS.link(IN_FORCE)
    figures = OF_DISPENSATIONS.figures((IN_FORCE,), then, before, link)
    text = IN_FORCE.at_end_of_quarter(then[code])
    columns = (_("Rule"), _("Where"), _("What is done instead"))
    rows = [(one.rule, one.place, one.measure) for one in held.order_by("last_day", "pk")]
    yield StatusPart("dispensations", _("Dispensations"), figures, text, columns, rows)
