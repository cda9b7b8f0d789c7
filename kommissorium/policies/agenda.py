"""Policies on the agenda (A6): those that await a decision, and those due for review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.policies.models import Version
from kommissorium.policies.signals import IN_FORCE, OVERDUE, RECOMMENDED
from kommissorium.policies.status import DocumentStatus, Standing, statuses_on
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Tables, Weight

PRESSING = (Standing.OVERDUE, Standing.SOON, Standing.RECOMMENDED)


def compose_policies(context: AgendaContext) -> Tables:
    """Return what is on its way, what must be reviewed, and what took effect since last time."""
    rows = []
    for one in _told(context):
        words = (one.document.title, str(one.standing.label), _next(one))
        urgent = OVERDUE.holds(one)
        key = f"policies.document:{one.document.pk}"
        rows.append(FactRow(key, words, one.document.get_absolute_url(), urgent=urgent))
    columns = (_("Document"), _("How it stands"), _("What comes next"))
    found = (FactTable("policies", _("Policies"), "", columns, tuple(rows)), _of_owners(context))
    return tuple(table for table in found if table.rows)


def policy_draft(context: AgendaContext) -> Draft | None:
    """Return what the item says to begin with; None where there is no document."""
    found = context.once(_statuses)
    if not found:
        return None
    sentences = tuple(_sentences(found, context))
    source = Source(_("The policies"), reverse("policies"))
    return Draft(sentences, tuple(_points(found)), (source,), _("the policies"))


def _by_owners(context: AgendaContext) -> list[Version]:
    """Return what owners approved since the last meeting and this committee is told of."""
    told = Q(committee=None) | Q(committee=context.meeting.committee_id)
    rows = Version.objects.by_owners().filter(told, context.since("record__at"))
    found = rows.select_related("document", "approver").defer("text", "file_text")
    return list(found.order_by("record__at"))


def _of_owners(context: AgendaContext) -> FactTable:
    """Return the documents that their owners approved themselves, as the settings let them."""
    rows = tuple(
        FactRow(
            f"policies.version:{one.pk}",
            (
                _("%(title)s, version %(number)s") % {"title": one.title, "number": one.number},
                one.approver.name if one.approver else "–",
                day(one.in_force_from),
            ),
            one.get_absolute_url(),
        )
        for one in context.once(_by_owners)
    )
    title = _("Approved by their owners since the last meeting")
    return FactTable(
        "policies_by_owners", title, "", (_("Document"), _("Approved by"), _("In force from")), rows
    )


def _statuses(context: AgendaContext) -> list[DocumentStatus]:
    return statuses_on(context.today)


def _told(context: AgendaContext) -> list[DocumentStatus]:
    found = context.once(_statuses)
    return [one for one in found if one.next or one.standing in PRESSING or _is_new(one, context)]


def _is_new(one: DocumentStatus, context: AgendaContext) -> bool:
    before = context.met_before
    begun = one.current.in_force_from if one.current else None
    return bool(before and begun and begun > before.date())


def _next(one: DocumentStatus) -> str:
    coming = one.next
    if coming is None:
        return _("reviewed by %(day)s") % {"day": day(one.review_by)} if one.review_by else "–"
    values = {"number": coming.number}
    if coming.is_recommended:
        return _("version %(number)d waits for the decision above the committee") % values
    if coming.waits_for_owner:
        return _("version %(number)d waits for its owner's approval") % values
    if coming.is_proposed:
        return _("version %(number)d lies before the committee") % values
    if coming.is_in_review:
        return _("version %(number)d is in review") % values
    return _("version %(number)d is being drafted") % values


def _sentences(found: Sequence[DocumentStatus], context: AgendaContext) -> Iterator[Sentence]:
    for signal in (OVERDUE, RECOMMENDED):
        yield from signal.drafted([one.document.title for one in found if signal.holds(one)])
    new = [one for one in found if _is_new(one, context)]
    if new:
        text = ngettext(
            "“%(title)s” has taken effect since the last meeting.",
            "%(number)d documents have taken effect since the last meeting, among them “%(title)s”.",
            len(new),
        )
        yield Sentence(text % _named(new), Weight.NEWS)
    if owners := context.once(_by_owners):
        text = ngettext(
            "“%(title)s” was approved by its owner since the last meeting.",
            "%(number)d documents were approved by their owners since the last meeting, among them "
            "“%(title)s”.",
            len(owners),
        )
        yield Sentence(text % {"number": len(owners), "title": owners[0].title}, Weight.NEWS)
    yield Sentence(IN_FORCE.said(sum(map(IN_FORCE.holds, found))))


def _points(found: Sequence[DocumentStatus]) -> Iterator[str]:
    late = [one for one in found if OVERDUE.holds(one) and one.next is None]
    if late:
        text = ngettext(
            "asks the owner of “%(title)s” to review it before the next meeting",
            "asks the owners of the %(number)d documents past their review, among them “%(title)s”, "
            "to review them before the next meeting",
            len(late),
        )
        yield text % _named(late)


def _named(found: Sequence[DocumentStatus]) -> dict[str, object]:
    return {"number": len(found), "title": found[0].document.title}
