"""Let others comment on a draft at its headings, by mail, and answer what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Comment, Reviewer, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.actions.proposals import hold_draft, refuse_unless
from kommissorium.registers.mails import queue_notices


def queue_asked(version: Version, people: Iterable[Person]) -> None:
    """Ask each of the people for their comments, once for each version."""

    def words() -> Letter:
        return Letter(
            _("Your comments on a draft are wanted"),  # administrators see subjects
            Link(_("Read it and comment"), version.get_absolute_url()),
            title=_("Comment on “%(title)s”") % {"title": version.title},
            lines=[
                _("You are asked to read the draft, and to write at its headings what you think.")
            ],
            facts=[(_("No later than"), day(version.review_ends))],
        )

    queue_notices(people, "policies.review_asked", version.pk, words)


LONGEST = 5000
AGAIN = timedelta(minutes=1)  # for which the same text of the same person is one comment


@transaction.atomic
def ask_for_comments(version: Version, people: Iterable[Person], *, ends: date, by: Person) -> None:
    """Ask people to comment by a day; those asked before are not asked twice.

    Raises Refused for nobody, a past day and a draft without words.
    """
    if not version.can_be_drafted_by(by):
        raise PermissionDenied
    asked = list(people)
    if not asked:
        raise Refused(people=_("Choose a person."))
    if ends < timezone.localdate():
        raise Refused(ends=_("That day is over. Choose today or a later day."))
    if not (version.text or version.file_id):
        raise Refused(_("Write the text, or add a file."))
    hold_draft(version)
    known = set(version.reviewers.values_list("person", flat=True))
    new = [one for one in asked if one.pk not in known]
    now = timezone.now()
    Reviewer.objects.bulk_create(
        [Reviewer(version=version, person=one, asked_at=now) for one in new]
    )
    Version.objects.filter(pk=version.pk).update(review_ends=ends)
    version.refresh_from_db()
    queue_asked(version, new)
    facts = KIND.told(version) | {"people": len(new), "until": ends}
    record("policies.review_asked", version, by=by, facts=facts)


@transaction.atomic
def add_comment(version: Version, *, heading: str, text: str, by: Person) -> Comment:
    """Say something of a heading, or of the whole; whoever sees a draft in review may.

    Raises Refused for no words, a heading that is not there, and after the deadline.
    """
    version.refresh_from_db()
    refuse_unless(version, version.State.DRAFT)
    if not version.can_be_commented_by(by, timezone.localdate()):
        raise Refused(_("Comments are closed."))
    if heading and heading not in {key for key, _title in headings_of(version)}:
        raise Refused(heading=_("There is no such heading in the text any more."))
    words = clean_text(text, "text", LONGEST, wanted=_("Must be filled in."))
    now = timezone.now()
    same = version.comments.filter(heading=heading, text=words, by=by, at__gt=now - AGAIN)
    if found := same.first():
        return found  # the button was pressed twice
    made: Comment = version.comments.create(heading=heading, text=words, by=by, at=now)
    version.reviewers.filter(person=by, answered_at=None).update(answered_at=now)
    record("policies.commented", version, by=by, facts=KIND.told(version))
    return made


@transaction.atomic
def answer_comment(comment: Comment, *, answer: str, by: Person) -> None:
    """Answer a comment once: what was done, or why it was not."""
    version = comment.version
    if not version.can_be_drafted_by(by):
        raise PermissionDenied
    words = clean_text(answer, "answer", LONGEST, wanted=_("Must be filled in."))
    values = {"answer": words, "answered_by": by, "answered_at": timezone.now()}
    if not Comment.objects.filter(pk=comment.pk, answered_at=None).update(**values):
        raise Refused(_("Somebody has answered this already."))
    record("policies.comment_answered", version, by=by, facts=KIND.told(version))


@transaction.atomic
def have_no_comments(version: Version, *, by: Person) -> None:
    """Say that one has read the draft and has nothing to say; doing so twice changes nothing."""
    found = version.reviewers.filter(person=by)
    if not found.exists():
        raise PermissionDenied
    if found.filter(answered_at=None).update(answered_at=timezone.now()):
        record("policies.review_answered", version, by=by, facts=KIND.told(version))
