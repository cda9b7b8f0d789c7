"""What a decision does to the thing it is about. EFFECTS is the table, by kind of subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.wording import day
from kommissorium.meetings.models import Decision, Meeting, Outcome
from kommissorium.meetings.models.agenda import MINUTES


@dataclass(frozen=True)
class EffectLine:
    """What became of a decision: a sentence, and where to look it up ("" for nowhere)."""

    text: str
    link: str = ""


def carry_into_effect(decision: Decision, *, by: Person) -> None:
    """Let the decision take effect on its subject, in the transaction that made it final.

    A kind of subject that the table does not name is not changed by decisions.
    """
    effect = EFFECTS.get(decision.subject_kind)
    if effect:
        effect(decision, by)


# A register that lets the committee decide on its rows adds its line.
EFFECTS: Mapping[str, Callable[[Decision, Person], None]] = {}


def effects_of(decision: Decision) -> list[EffectLine]:
    """Return what became of a decision, worded for its page; few queries, however many lines."""
    lines = [*_confirmed(decision), *_carried(decision), *_told(decision)]
    return lines or [EffectLine(_("The decision stands on its own and changes no register."))]


def _confirmed(decision: Decision) -> list[EffectLine]:
    item = decision.item
    if item is None or item.measure != MINUTES:
        return []
    found = item.confirmations.select_related("minutes__meeting")
    lines = []
    for one in found:
        text = (
            _("The minutes of meeting %(number)s were confirmed with changes.")
            if one.has_changes
            else _("The minutes of meeting %(number)s were confirmed as presented.")
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
        else _("The item is on the agenda of %(day)s again.")
    )
    return [
        EffectLine(
            text % {"day": day(timezone.localdate(item.meeting.starts_at))},
            item.get_absolute_url(),
        )
        for item in later.select_related("meeting")
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
