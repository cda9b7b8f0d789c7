"""Review minutes: comment, mark them read, and settle others' comments."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.actions.minutes import reasons_against_approval
from kommissorium.meetings.actions.minutes_mails import tell_ready
from kommissorium.meetings.models import AgendaItem, Comment, Meeting, Minutes, Review

LONGEST_COMMENT, LONGEST_ANSWER = 3000, 500  # characters
AGAIN = timedelta(minutes=1)  # for which the same text of the same person is one comment


@transaction.atomic
def comment(minutes: Minutes, *, by: Person, item: AgendaItem | None, text: str) -> Comment:
    """Say what one would have changed, of one item or (None) of the whole; twice at once is once.

    Raises Refused without a text and when the minutes have been approved meanwhile.
    """
    _hold_in_review(minutes, by)
    text = clean_text(text, "text", LONGEST_COMMENT, wanted=_("Must be filled in."))
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise Refused(_("The item belongs to another meeting."))
    just_now = timezone.now() - AGAIN
    same = Comment.objects.filter(minutes=minutes, item=item, person=by, text=text, at__gt=just_now)
    if found := same.first():
        return found  # the button was pressed twice
    made = Comment.objects.create(
        minutes=minutes, item=item, person=by, text=text, at=timezone.now()
    )
    told = {"comment": made.pk, "item": item.pk if item else 0}
    record("meetings.comment_added", minutes.meeting, by=by, facts=told)
    return made


@transaction.atomic
def settle_comment(comment: Comment, *, by: Person, answer: str) -> None:
    """Answer a comment and be done with it; the minutes cannot be approved before.

    Raises Refused without an answer, and when it is settled already.
    """
    _hold_in_review(comment.minutes, by)
    if not comment.can_be_settled_by(by):
        raise PermissionDenied
    wanted = _("Say in a word what became of it.")
    answer = clean_text(answer, "answer", LONGEST_ANSWER, wanted=wanted)
    row = Comment.objects.filter(pk=comment.pk, settled_at=None)
    if not row.update(settled_at=timezone.now(), settled_by=by, answer=answer):
        raise Refused(_("It has been done already."))
    told = {"comment": comment.pk, "item": comment.item_id or 0}
    record("meetings.comment_settled", comment.minutes.meeting, by=by, facts=told)
    comment.refresh_from_db()
    tell_ready(comment.minutes, reasons_against_approval(comment.minutes))


@transaction.atomic
def mark_read(minutes: Minutes, *, by: Person) -> None:
    """Note that somebody present has read the minutes. Twice does nothing more."""
    _hold_in_review(minutes, by)
    if not minutes.meeting.was_attended_by(by):
        raise PermissionDenied
    values = {"at": timezone.now()}
    _review, is_new = Review.objects.get_or_create(minutes=minutes, person=by, defaults=values)
    if is_new:
        record("meetings.minutes_read", minutes.meeting, by=by)
        tell_ready(minutes, reasons_against_approval(minutes))


def _hold_in_review(minutes: Minutes, by: Person) -> None:
    """Hold the committee until the transaction ends, so that nobody approves meanwhile."""
    lock_committee(minutes.meeting.committee)
    rows = Meeting.objects.select_related("committee")
    minutes.meeting = rows.get(pk=minutes.meeting_id)
    if not minutes.concerns(by):
        raise PermissionDenied
    if not minutes.can_be_reviewed_by(by):
        raise Refused(_("The minutes are sent out already, so nothing can be added."))
