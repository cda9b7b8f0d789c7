"""To-do items of policies: comments asked for, drafts to continue, decisions to note."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.policies.models import Document, Reviewer, Version
from kommissorium.policies.signals import RECOMMENDED, SIGNALS, WITHOUT_OWNER
from kommissorium.policies.status import Standing, statuses_of
from kommissorium.registers.counts import counts_of

EVERY = 7  # days after which an owner is reminded again of what waits for them
BEFORE = timedelta(days=3)  # who has not commented is reminded so long before the deadline


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield what waits for the person (six queries at most)."""
    for one in _asked(today).filter(person=person):
        text = _("Comment on the draft of “%(title)s”.") % {"title": one.version.title}
        url = one.version.get_absolute_url()
        yield Todo(text, _("Read the draft"), url, due=one.version.review_ends, minutes=30)
    yield from _to_approve(person)
    yield from _commented(person, today)
    yield from _to_review(person, today)
    if person.is_coordinator:
        yield from _of_coordinator()


def _to_approve(person: Person) -> Iterator[Todo]:
    """Yield what the person is to approve; for coordinators what nobody can approve any more."""
    theirs = Q(approver=person)
    if person.is_coordinator:
        theirs |= Q(approver__is_active=False)
    for one in Version.objects.waiting_for_owner().filter(theirs):
        if one.approver_id == person.pk:
            text, action = _("“%(title)s” waits for your approval."), _("Read it and approve it")
        else:
            text = _("Who was asked to approve “%(title)s” can no longer do so.")
            action = _("See the version")
        yield Todo(text % {"title": one.title}, action, one.get_absolute_url())


def reminders_on(today: date) -> Iterator[Reminder]:
    """Yield for each who has not commented a line, three days before the deadline and on it; for
    owners whose approval is asked for one a week."""
    yield from _owners_reminded(today)
    rows = _asked(today).filter(version__review_ends__in=[today, today + BEFORE])
    for one in rows.select_related("person"):
        with translation.override(one.person.language):
            values = {"title": one.version.title, "day": day(one.version.review_ends)}
            text = _("“%(title)s”: comment on the draft by %(day)s.") % values
            heading = _("Drafts to comment on")
        key = f"policy_review:{one.pk}:{today}"
        yield Reminder(one.person, key, text, one.version.get_absolute_url(), heading)


def _owners_reminded(today: date) -> Iterator[Reminder]:
    rows = Version.objects.waiting_for_owner().filter(approver__is_active=True)
    for one in rows.select_related("approver").defer("text", "file_text"):
        waited = (today - timezone.localdate(one.proposed_at)).days
        person = one.approver
        if person is None or waited < EVERY or waited % EVERY:
            continue
        with translation.override(person.language):
            values = {"title": one.title, "day": day(timezone.localdate(one.proposed_at))}
            text = _("“%(title)s” has waited for your approval since %(day)s.") % values
            heading = _("Documents to approve")
        key = f"policy_owner:{one.pk}:{today}"
        yield Reminder(person, key, text, one.get_absolute_url(), heading)


def _asked(today: date) -> QuerySet[Reviewer]:
    rows = Reviewer.objects.filter(answered_at=None, version__state="draft")
    return rows.filter(version__review_ends__gte=today).select_related("version")


def _commented(person: Person, today: date) -> Iterator[Todo]:
    """Yield the person's drafts whose time for comments has passed."""
    own = Version.objects.filter(state="draft", review_ends__lt=today)
    for one in own.filter(document__owner=person).defer("text", "file_text"):
        text = _("The time for comments on “%(title)s” is over: answer them and go on.")
        text %= {"title": one.title}
        yield Todo(text, _("See the comments"), one.get_absolute_url(), minutes=30)


def _to_review(person: Person, today: date) -> Iterator[Todo]:
    """Yield the person's documents that are to be reviewed, and nobody has begun."""
    own = list(Document.objects.in_use().filter(owner=person))
    for one in statuses_of(own, today) if own else ():
        if one.next is None and one.standing in (Standing.SOON, Standing.OVERDUE):
            text = _("Review “%(title)s”.") % {"title": one.document.title}
            url = one.document.get_absolute_url()
            yield Todo(text, _("See the document"), url, due=one.review_by, minutes=60)


def _of_coordinator() -> Iterator[Todo]:
    counts = counts_of("policies")
    if counts[RECOMMENDED.code]:
        for one in Version.objects.recommended().select_related("document"):
            values = {"title": one.title, "body": one.document.body}
            text = _("Note what %(body)s decided about “%(title)s”.") % values
            yield Todo(text, _("See the version"), one.get_absolute_url())
    yield from SIGNALS.todos(counts, WITHOUT_OWNER)
