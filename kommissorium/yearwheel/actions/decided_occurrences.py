"""Close what the committee's decision closes: no click does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.models import AgendaItem, Decision, Meeting, Outcome
from kommissorium.yearwheel.actions.acts import is_near
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.next_occurrences import queue_up
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.models import Evidence, Occurrence, Rhythm

APPROVING = (Outcome.APPROVED, Outcome.WITH_CHANGES)
KIND = "yearwheel.occurrence"  # as items name what they are about


def close_decided(decisions: Iterable[Decision], *, by: Person) -> None:
    """Finish what the decisions of a meeting close; part of approving its minutes.

    What was rejected, deferred, only taken note of, withdrawn or not discussed closes nothing. An
    item that is about an occurrence closes that one, however early; the mandate's own item closes
    one time of each duty that feeds it: the meeting's, else the oldest within its lead time.
    """
    for decision in decisions:
        if decision.item is not None and decision.outcome in APPROVING:
            for row in _asked_by(decision, decision.item):
                _close(row, decision, by)


def close_quiet(meeting: Meeting, *, by: Person) -> None:
    """Finish what is done at each meeting where it said of the item that there was nothing new.

    Part of approving its minutes. The item is the evidence, so what asks for other evidence stays
    open; and what recurs by months waits for a decision all the same: nothing new decides nothing.
    """
    quiet = AgendaItem.objects.standing().filter(meeting=meeting, proceedings__nothing_new=True)
    for item in quiet.select_related("clause").order_by("number"):
        waiting = Occurrence.objects.open().filter(
            meeting=meeting,
            rhythm=Rhythm.MEETING,
            duty__evidence_wanted="",
            duty__feeds=item.measure,
        )
        for row in waiting.select_related("duty__committee") if item.measure else ():
            _finish(row, item, f"{item.number}. {item.title}", by, said=item.nothing_new_label)


@transaction.atomic
def ask_for_decision(
    occurrence: Occurrence, *, by: Person, meeting: Meeting | None = None
) -> AgendaItem:
    """Put what a meeting is to decide on its agenda as an item of its own, for decision.

    On its own meeting's, or on that of an earlier one: what is decided early is done as well.
    Raises PermissionDenied if one may not prepare the meeting, and Refused for what has an item.
    """
    meeting = meeting or occurrence.meeting
    if meeting is None or not occurrence.is_open or not occurrence.duty.by_decision:
        raise PermissionDenied
    if meeting.committee_id != occurrence.duty.committee_id:
        raise PermissionDenied
    queue_up(occurrence.duty)
    if items_about(occurrence).exists():
        raise Refused(_("It stands on the agenda already."))
    title, kind = occurrence.title, AgendaItem.Type.DECISION
    subject = (KIND, str(occurrence.pk), occurrence.get_absolute_url())
    return add_item(meeting, by=by, title=title, type=kind, subject=subject)


def meetings_for(occurrence: Occurrence) -> list[Meeting]:
    """Return the meetings whose agenda can take it: its own, and the next that is prepared."""
    planned = Meeting.objects.coming().filter(state=Meeting.State.PLANNED)
    following = planned.filter(committee=occurrence.duty.committee_id).first()
    found = (occurrence.meeting, following)
    return list(dict.fromkeys(one for one in found if one is not None))


def items_about(occurrence: Occurrence) -> QuerySet[AgendaItem]:
    """Return the items about the occurrence of its own meeting, and of those to come."""
    about = AgendaItem.objects.standing().filter(subject_kind=KIND, subject_id=str(occurrence.pk))
    coming = Meeting.objects.coming().order_by().values("pk")
    return about.filter(Q(meeting=occurrence.meeting_id) | Q(meeting__in=coming))


def closed_by(decision: Decision) -> list[Occurrence]:
    """Return what the decision has closed (one query)."""
    kind, key = reference(decision)
    shown = Evidence.objects.filter(object_kind=kind, object_id=key)
    rows = Occurrence.objects.filter(pk__in=shown.values("occurrence"))
    return list(rows.select_related("duty"))


def _asked_by(decision: Decision, item: AgendaItem) -> list[Occurrence]:
    rows = Occurrence.objects.open().filter(
        duty__committee=decision.committee_id, duty__by_decision=True
    )
    rows = rows.select_related("duty__committee").order_by("due", "pk")
    if item.subject_kind:
        return list(rows.filter(pk=item.subject_id)) if item.subject_kind == KIND else []
    if not item.measure:
        return []
    asked = AgendaItem.objects.standing().filter(meeting=item.meeting_id, subject_kind=KIND)
    apart = {int(key) for key in asked.values_list("subject_id", flat=True)}
    met = timezone.localdate(decision.decided_at)
    chosen: dict[int, Occurrence] = {}
    for row in rows.filter(duty__feeds=item.measure):
        is_here = row.meeting_id == item.meeting_id
        is_earlier = row.meeting_id is None or row.due <= met
        if row.pk not in apart and (is_here or (is_earlier and is_near(row, met))):
            chosen.setdefault(row.duty_id, row)
            if is_here:
                chosen[row.duty_id] = row
    return list(chosen.values())


def _close(row: Occurrence, decision: Decision, by: Person) -> None:
    label = _("Decision %(number)s") % {"number": decision.number}
    _finish(row, decision, label, by, said=label, at=decision.decided_at)


def _finish(
    row: Occurrence,
    shown: Decision | AgendaItem,
    label: str,
    by: Person,
    *,
    said: str,
    at: datetime | None = None,
) -> None:
    kind, key = reference(shown)
    url = shown.get_absolute_url()
    evidence = GivenEvidence("row", label=label, url=url, object_kind=kind, object_id=key)
    result = Occurrence.Result.DONE
    conclude(row, by=by, result=result, conclusion=said, evidence=[evidence], at=at, is_act=True)
