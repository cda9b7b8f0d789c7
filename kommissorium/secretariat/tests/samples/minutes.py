"""Meetings that were held: minutes as a draft, in review, approved, and confirmed with changes."""

from __future__ import annotations

from datetime import timedelta

from kommissorium.conftest import Cast, time_is
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.attendance import note_presence
from kommissorium.meetings.actions.call_list import add_guest
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.actions.review import comment, settle_comment
from kommissorium.meetings.models import AgendaItem, Comment, Meeting, Minutes, Outcome
from kommissorium.meetings.tests.samples import born_task, closed_item, planned
from kommissorium.meetings.tests.samples.conduct import choose, note
from kommissorium.secretariat.actions.cycle import approve, call, end

OF_MEETING = (
    "meeting",
    "meeting_history",
    "meeting_answers",
    "minutes",
    "minutes_review",
    "comment_add",
    "minutes_read",
    "minutes_addendum",
    "meeting_handover",
    "meeting_handover_file",
    "minutes_approval",
)


def add(samples: Samples, cast: Cast) -> None:
    """Name four meetings, one in each state its minutes can be in."""
    changed, over, review, draft = (planned(cast, days) for days in (40, 41, 42, 43))
    _approved(cast, changed, Outcome.NOTED)
    _approved(cast, over, Outcome.WITH_CHANGES)
    minutes = _in_review(cast, review)
    _hold(cast, draft, Outcome.DEFERRED)
    meetings = {"/changed": changed, "": over, "/review": review, "/held": draft}
    for variant, meeting in meetings.items():
        closed = _decided(meeting)
        for name in OF_MEETING[0 if variant else 3 :]:  # the first three have samples without
            samples.add(f"{name}{variant}", pk=meeting.pk)
        samples.add(f"minutes_file{variant}", pk=meeting.pk, form="pdf")
        samples.add(f"agenda_item{variant or '/over'}", pk=closed.pk)
        choosing = meeting.items.get(clause__measure="agenda_coming_tasks")
        samples.add(f"item_extract{variant}", pk=choosing.pk, form="pdf")
        samples.add(f"item_extract{variant}/closed", pk=closed.pk, form="pdf")
    samples.add("item_extract/closed", pk=_decided(over).pk, form="pdf")
    said, hidden = _comments(cast, minutes)
    samples.add("comment_settlement", pk=said.pk)
    samples.add("comment_settlement/closed", pk=hidden.pk)
    samples.add("decision_weighing/closed", pk=_decided(over).decided.pk)
    opened = over.decisions.filter(is_closed=False, outcome="approved").first()
    samples.add("decision_weighing", pk=opened.pk)
    _evidence(samples, changed)


def _approved(cast: Cast, meeting: Meeting, outcome: str) -> None:
    minutes = _in_review(cast, meeting, outcome)
    for one in _comments(cast, minutes):
        settle_comment(one, by=cast.coordinator, answer=one.text)
    with time_is(meeting.ends_at + timedelta(hours=1)):
        approve(minutes, by=cast.chair)
    meeting.refresh_from_db()


def _in_review(cast: Cast, meeting: Meeting, outcome: str = Outcome.DEFERRED) -> Minutes:
    _hold(cast, meeting, outcome)
    return send_to_review(meeting, by=cast.coordinator)


def _comments(cast: Cast, minutes: Minutes) -> tuple[Comment, Comment]:
    opened, closed = minutes.meeting.items.get(number=1), _decided(minutes.meeting)
    return (
        comment(minutes, by=cast.member, item=opened, text="Ret navnet"),
        comment(minutes, by=cast.member, item=closed, text=secret("kommentar")),
    )


def _decided(meeting: Meeting) -> AgendaItem:
    """Return the closed item the meeting decided, new on its agenda."""
    return meeting.items.get(title=secret("titel"), carried_from=None)


def _hold(cast: Cast, meeting: Meeting, outcome: str) -> None:
    """Hold a meeting with a closed item that is decided and one that is put off.

    `outcome` is that of the minutes before it; an executive looks on as a guest.
    """
    closed = closed_item(cast, meeting)
    add_item(
        meeting,
        by=cast.coordinator,
        title=secret("udsat"),
        type="decision",
        is_closed=True,
        closed_ground=secret("grund"),
    )
    call(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    add_guest(meeting, cast.executive, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        for person in (cast.chair, cast.coordinator, cast.dpo, cast.executive):
            there = meeting.attendances.get(person=person)
            note_presence(there, by=cast.coordinator, presence="present")
        note(cast, AgendaItem.objects.get(pk=closed.pk), secret("ord"))
        choose(cast, meeting, [born_task(cast, closed, secret("opgave"))])
        for item in meeting.items.filter(type="decision").select_related("clause"):
            _decide(cast, item, outcome)
        end(meeting, by=cast.coordinator)
    meeting.refresh_from_db()


def _decide(cast: Cast, item: AgendaItem, outcome: str) -> None:
    if item.confirms_minutes:
        save_field(item, "decision", "<p>Navnet rettes.</p>", by=cast.coordinator, version=0)
    elif item.title == secret("udsat"):
        outcome = Outcome.DEFERRED
    else:
        outcome = Outcome.APPROVED
    save_field(item, "outcome", outcome, by=cast.coordinator, version=0)


def _evidence(samples: Samples, meeting: Meeting) -> None:
    """Name the records of a meeting with closed items: the whole, and the edition without."""
    approval = meeting.minutes.approval
    records = {
        "/minutes": approval.record_id,
        "/open": approval.open_record_id,
        "/addendum": meeting.minutes.confirmation.record_id,
    }
    for variant, key in records.items():
        samples.add(f"record{variant}", pk=key)
        samples.add(f"record_file{variant}", pk=key, form="pdf")
