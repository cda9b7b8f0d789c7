"""Effects of a decision on what it is about, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision, Meeting, Outcome
from kommissorium.meetings.models.agenda import MINUTES
from kommissorium.registers.choosing import rows_hindered
from kommissorium.registers.installed import subject_kinds
from kommissorium.yearwheel.actions.decided_occurrences import closed_by

HINDERED = "secretariat.effect_hindered"


@dataclass(frozen=True)
class EffectLine:
    """Effect of a decision: a sentence, and where to look it up ("" for nowhere)."""

    text: str
    link: str = ""


def carry_into_effect(decision: Decision, *, by: Person) -> None:
    """Let the decision take effect on its subject, in the transaction that made it final.

    What belongs to no register is not changed by decisions. Raises Refused where the subject is
    not, or not any more, what was decided on.
    """
    if kind := subject_kinds().get(decision.subject_kind):
        kind.decide(decision, by=by)


def carry_all(decisions: Iterable[Decision], *, by: Person) -> None:
    """Let the decisions of a meeting take effect, in the order of the registers.

    The minutes stand whatever became of a subject in the meantime: what hinders one decision
    is written down, and holds up no other.
    """
    order = {kind: place for place, kind in enumerate(subject_kinds())}
    for decision in sorted(decisions, key=lambda one: order.get(one.subject_kind, len(order))):
        try:
            with transaction.atomic():
                carry_into_effect(decision, by=by)
        except (Refused, PermissionDenied):
            facts = {"kind": decision.subject_kind, "key": decision.subject_id}
            record("secretariat.effect_hindered", decision, by=by, facts=facts)


def hindered(decision: Decision) -> bool:
    """Return whether the decision could not take effect on what it is about."""
    return Event.objects.about(decision).filter(act=HINDERED).exists()


def hindered_of(meeting: Meeting) -> list[Decision]:
    """Return the decisions of a meeting that could not take effect, whole or for one row; a query
    for each about something of a register."""
    rows = meeting.decisions.filter(subject_kind__in=list(subject_kinds())).order_by("item__number")
    by_row = {number for number, _key in rows_hindered(*rows)}
    return [decision for decision in rows if decision.pk in by_row or hindered(decision)]


def effects_of(decision: Decision) -> list[EffectLine]:
    """Return what became of a decision, worded for its page; few queries, however many lines."""
    # What confirmed the minutes is done with: it is on no later agenda.
    settled = _confirmed(decision) or _carried(decision)
    lines = [*_register(decision), *settled, *_told(decision), *_closed(decision)]
    return lines or [EffectLine(_("The decision stands on its own and changes no register."))]


def _register(decision: Decision) -> list[EffectLine]:
    """Return what the decision did in the register it is about."""
    kind = subject_kinds().get(decision.subject_kind)
    if kind is None:
        return []
    if hindered(decision):
        text = _(
            "It could not take effect: what it is about was changed or ended meanwhile, or goes "
            "beyond what the committee may accept. Put it before the committee again."
        )
        return [EffectLine(text, decision.subject_link)]
    text = kind.sentence(decision)
    return [EffectLine(text, decision.subject_link)] if text else []


def _confirmed(decision: Decision) -> list[EffectLine]:
    item = decision.item
    if item is None or item.measure != MINUTES:
        return []
    found = item.confirmations.select_related("minutes__meeting")
    lines = []
    for one in found:
        text = (
            _("The minutes of meeting %(number)s were approved with changes.")
            if one.has_changes
            else _("The minutes of meeting %(number)s were approved as presented.")
        )
        link = one.minutes.get_absolute_url()
        lines.append(EffectLine(text % {"number": one.minutes.meeting.label}, link))
    return lines


def _carried(decision: Decision) -> list[EffectLine]:
    if decision.item is None:
        return []
    later = decision.item.carried_to.exclude(meeting__state=Meeting.State.CANCELLED)
    text = (
        _("Deferred: the item is on the agenda of %(day)s.")
        if decision.outcome == Outcome.DEFERRED
        else _("Followed up at the meeting of %(day)s.")
    )
    return [
        EffectLine(
            text % {"day": day(timezone.localdate(item.meeting.starts_at))},
            item.get_absolute_url(),
        )
        for item in later.select_related("meeting")
    ]


def _closed(decision: Decision) -> list[EffectLine]:
    """Return the duties of the year wheel whose evidence it is."""
    text = _("Closed on the year wheel: %(duty)s")
    return [
        EffectLine(text % {"duty": row.title}, row.get_absolute_url())
        for row in closed_by(decision)
    ]


def _told(decision: Decision) -> list[EffectLine]:
    if not decision.is_chairs:
        return []
    told = decision.told_at().select_related("meeting")
    text = _("The committee is told of it at the meeting of %(day)s.")
    lines = [
        EffectLine(
            text % {"day": day(timezone.localdate(item.meeting.starts_at))},
            item.get_absolute_url(),
        )
        for item in told
    ]
    return lines or [EffectLine(_("It comes on the agenda of the next meeting that is planned."))]
