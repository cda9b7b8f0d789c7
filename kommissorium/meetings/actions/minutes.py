"""Send minutes to review, approve them and confirm them at a later meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import is_empty, sanitise
from kommissorium.core.ui import localised
from kommissorium.meetings import minutes as editions
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.actions.decisions import write_decisions
from kommissorium.meetings.actions.minutes_mails import tell_approved, tell_review
from kommissorium.meetings.actions.open_and_close import reasons_against_decisions
from kommissorium.meetings.minutes import Protocol
from kommissorium.meetings.minutes_builder import protocol_of
from kommissorium.meetings.models import (
    AgendaItem,
    Approval,
    Confirmation,
    Meeting,
    Minutes,
    Outcome,
)
from kommissorium.tasks.actions import settle_choices

MINUTES, OPEN_MINUTES = "meetings.minutes", "meetings.minutes_open"  # the kinds of record
CONFIRMATION = "meetings.confirmation"


@transaction.atomic
def send_to_review(meeting: Meeting, *, by: Person, review_until: date | None = None) -> Minutes:
    """Ask those present to read the minutes; comments are welcome until the date (included).

    Without a date it is the committee's usual number of days. Raises Refused for a past date
    and when the meeting is not held, or they are in review already.
    """
    if not meeting.committee.can_be_prepared_by(by):
        raise PermissionDenied
    today = timezone.localdate()
    until = review_until or today + timedelta(days=meeting.committee.review_days)
    if until < today:
        raise Refused(review_until=_("That day is over. Choose today or a later day."))
    lock_committee(meeting.committee)
    held = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.HELD)
    if not held.update(state=Meeting.State.IN_REVIEW, edit_version=meeting.edit_version + 1):
        raise Refused(_("Only the minutes of a meeting that has been held can be sent to review."))
    meeting.refresh_from_db()
    minutes = Minutes.objects.create(
        meeting=meeting, sent_at=timezone.now(), sent_by=by, review_until=until
    )
    told = {"until": until, "capacity": meeting.committee.capacity_of(by)}
    record("meetings.minutes_sent_to_review", meeting, by=by, facts=told)
    tell_review(minutes)
    return minutes


def approve_minutes(minutes: Minutes, *, by: Person, chair_absent_because: str = "") -> Approval:
    """Send out the minutes as they stand: they, and the decisions in them, never change again.

    The chair approves; in the chair's absence the deputy chair, who says why. An attempt by
    anybody else is kept in the chain before PermissionDenied is raised. Raises Refused while a
    comment is not settled or a decision is not complete, and when they are approved already.
    """
    meeting = minutes.meeting
    capacity = meeting.committee.leading_capacity_of(by)
    if not capacity:
        with transaction.atomic():
            record("meetings.approval_refused", meeting, by=by)
        raise PermissionDenied
    return _approve(minutes, by, capacity, chair_absent_because.strip())


@transaction.atomic
def _approve(minutes: Minutes, by: Person, capacity: str, absent_because: str) -> Approval:
    # Held until the transaction ends: nobody comments or writes while it is frozen.
    lock_committee(minutes.meeting.committee)
    meeting = Meeting.objects.select_related("committee").get(pk=minutes.meeting_id)
    minutes.meeting = meeting
    if reasons := reasons_against_approval(minutes):
        raise Refused(" ".join(reasons))
    if capacity == Approval.Capacity.DEPUTY_CHAIR and not absent_because:
        raise Refused(chair_absent_because=_("Write why."))
    settle_all_choices(meeting, by)
    protocol = _approved(protocol_of(meeting), by, capacity)
    full = _freeze(MINUTES, meeting, protocol, by)
    opened = editions.without_closed(protocol)
    # Without closed items both are one document, set once.
    same = bytes(full.pdf or b"") if opened is protocol else None
    public = _freeze(OPEN_MINUTES, meeting, opened, by, same)
    in_review = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.IN_REVIEW)
    # Whoever comes second finds it approved; the one-to-one column stops a second row too.
    if not in_review.update(state=Meeting.State.APPROVED, edit_version=meeting.edit_version + 1):
        raise Refused(_("The minutes are sent out already."))
    approval = Approval.objects.create(
        minutes=minutes,
        at=timezone.now(),
        by=by,
        capacity=capacity,
        chair_absent_because=absent_because,
        record=full,
        open_record=public,
    )
    meeting.refresh_from_db()
    decisions = write_decisions(meeting, full, by=by)
    told = {"capacity": capacity, "number": meeting.label, "decisions": len(decisions)}
    record("meetings.minutes_approved", meeting, by=by, facts=told)
    tell_approved(minutes)
    return approval


def reasons_against_approval(minutes: Minutes) -> list[str]:
    """Return why the minutes cannot be approved yet, as sentences; [] when they can."""
    meeting = minutes.meeting
    if meeting.is_closed_for_changes:
        return [_("The minutes are sent out already.")]
    reasons = reasons_against_decisions(meeting)
    open_comments = minutes.comments.filter(settled_at=None).count()
    if open_comments:
        text = ngettext(
            "%(number)s comment is not settled.",
            "%(number)s comments are not settled.",
            open_comments,
        )
        reasons.append(text % {"number": open_comments})
    return reasons


def settle_all_choices(meeting: Meeting, by: Person) -> None:
    """Let the tasks chosen for a quarter at this meeting stand."""
    for item in meeting.items.all():
        settle_choices(item, by=by)


@transaction.atomic
def confirm_minutes(minutes: Minutes, item: AgendaItem, *, by: Person) -> Confirmation:
    """Note that a later meeting confirmed the minutes by the outcome of `item`.

    "Approved" is as presented; "approved with changes" makes an addendum of the decision's
    text that points back to the approved record, which stays as it is. Raises Refused for
    another outcome, for changes without a text and for minutes that are not approved.
    """
    meeting = item.meeting
    if not meeting.committee.can_be_prepared_by(by):
        raise PermissionDenied
    lock_committee(meeting.committee)
    changes = _changes(item)
    earlier = minutes.meeting
    confirmed = Meeting.objects.filter(pk=earlier.pk, state=Meeting.State.APPROVED)
    if not confirmed.update(state=Meeting.State.CONFIRMED, edit_version=earlier.edit_version + 1):
        raise Refused(_("Only minutes that are sent out and not approved yet can be approved."))
    approved = minutes.approval.record
    protocol = replace(
        protocol_of(earlier),
        status="confirmed",
        confirmation=confirmed_in_words(meeting, changes),
        changes_html=changes,
        record_hash=approved.content_hash,
    )
    content = {
        "meeting": earlier.label,
        "confirmed_by": item.label,
        "confirmed_at": timezone.localtime(meeting.starts_at).isoformat(),
        "changes": changes,
        "approved_record": {"id": approved.pk, "content_hash": approved.content_hash},
    }
    pdf = editions.addendum_pdf(protocol) if changes else None
    frozen = freeze(CONFIRMATION, earlier, by=by, content=content, pdf=pdf)
    confirmation = Confirmation.objects.create(
        minutes=minutes,
        item=item,
        at=timezone.now(),
        by=by,
        changes=changes,
        record=frozen,
    )
    told = {"item": item.pk, "by_meeting": meeting.label, "with_changes": bool(changes)}
    record("meetings.minutes_confirmed", earlier, by=by, facts=told)
    return confirmation


def _changes(item: AgendaItem) -> str:
    recorded = item.recorded
    outcome = recorded.outcome if recorded else ""
    if outcome == Outcome.APPROVED:
        return ""
    if outcome != Outcome.WITH_CHANGES:
        raise Refused(_("The meeting has not approved the minutes."))
    if is_empty(recorded.decision):
        text = _("Write the changes to the minutes in the decision: %(item)s.")
        raise Refused(text % {"item": item.label})
    return sanitise(recorded.decision)


def confirmed_in_words(meeting: Meeting, changes: str) -> str:
    """Return that the meeting confirmed the minutes, and how, without a full stop."""
    text = (
        _("Confirmed with changes at meeting %(number)s on %(day)s")
        if changes
        else _("Confirmed as presented at meeting %(number)s on %(day)s")
    )
    return text % {"number": meeting.label, "day": localised.day(meeting.starts_at)}


def _approved(protocol: Protocol, by: Person, capacity: str) -> Protocol:
    return replace(
        protocol,
        status="approved",
        approved_by=by.name,
        approved_capacity=str(Approval.Capacity(capacity).label),
        approved_at=timezone.localtime(),
    )


def _freeze(
    kind: str, meeting: Meeting, protocol: Protocol, by: Person, pdf: bytes | None = None
) -> Record:
    content = editions.minutes_json(protocol)
    pdf = pdf or editions.minutes_pdf(protocol)
    return freeze(kind, meeting, by=by, content=content, pdf=pdf)
