"""Read an agenda before the meeting: mark items read, agree, ask, answer, and note for oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_for_item
from kommissorium.meetings.models import (
    AgendaItem,
    ItemQuestion,
    ItemReading,
    Meeting,
    PrivateNote,
)
from kommissorium.meetings.models.reading import LONGEST_NOTE, LONGEST_QUESTION

type Mark = Literal["read", "agree", "unread"]

FORGOTTEN: Final = timedelta(days=90)  # after the meeting
AGAIN: Final = timedelta(minutes=1)  # for which the same text of the same person is one question
TO_COME: Final = (Meeting.State.PLANNED, Meeting.State.CALLED)


@transaction.atomic
def mark_item(item: AgendaItem, *, by: Person, mark: Mark) -> None:
    """Note that somebody has read an item, agrees with what is recommended, or has not read it.

    Raises Refused for agreeing where nothing is recommended.
    """
    if not item.can_be_read_ahead_by(by):
        raise PermissionDenied
    if mark == "unread":
        ItemReading.objects.filter(item=item, person=by).delete()
        return
    if mark == "agree" and not item.asks_for_agreement:
        raise Refused(_("There is nothing to agree with: the item has no recommendation."))
    values = {
        "read_at": timezone.now(),
        "is_agreed": mark == "agree",
        "edit_version": item.edit_version,
    }
    ItemReading.objects.update_or_create(item=item, person=by, defaults=values)


@transaction.atomic
def write_note(item: AgendaItem, *, by: Person, text: str) -> None:
    """Keep what a member notes for themself on an item; without a text the note is gone."""
    if not item.can_be_noted_on_by(by):
        raise PermissionDenied
    text = clean_text(text, "text", LONGEST_NOTE)
    if not text:
        PrivateNote.objects.filter(item=item, person=by).delete()
        return
    values = {"encrypted": PrivateNote.sealed(text), "written_at": timezone.now()}
    PrivateNote.objects.update_or_create(item=item, person=by, defaults=values)


@transaction.atomic
def ask_question(item: AgendaItem, *, by: Person, text: str) -> ItemQuestion:
    """Ask about an item before the meeting; twice at once is once. Raises Refused without a text."""
    if not item.can_be_read_ahead_by(by):
        raise PermissionDenied
    text = clean_text(text, "text", LONGEST_QUESTION, wanted=_("Must be filled in."))
    lock_for_item(item, *TO_COME)
    just_now = timezone.now() - AGAIN
    same = ItemQuestion.objects.filter(item=item, person=by, text=text, asked_at__gt=just_now)
    if found := same.first():
        return found  # the button was pressed twice
    values = {"text": text, "asked_at": timezone.now()}
    made = ItemQuestion.objects.create(item=item, person=by, **values)
    facts = {"question": made.pk, "item": item.pk}
    record("meetings.question_asked", item.meeting, by=by, facts=facts)
    return made


@transaction.atomic
def answer_question(question: ItemQuestion, *, by: Person, answer: str) -> None:
    """Answer a question. Raises Refused without an answer, and when it is answered already."""
    if not question.can_be_answered_by(by):
        raise PermissionDenied
    answer = clean_text(answer, "answer", LONGEST_QUESTION, wanted=_("Must be filled in."))
    lock_for_item(question.item, *TO_COME)
    row = ItemQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not row.update(answer=answer, answered_by=by, answered_at=timezone.now()):
        raise Refused(_("It has been done already."))
    facts = {"question": question.pk, "item": question.item_id}
    record("meetings.question_answered", question.item.meeting, by=by, facts=facts)
    question.refresh_from_db()


@transaction.atomic
def encrypt_notes_anew() -> int:
    """Encrypt private notes by the signing key of now; return how many no key can read."""
    lost = 0
    for note in PrivateNote.objects.iterator():
        if note.text is None:
            lost += 1
        else:
            sealed = PrivateNote.sealed(note.text)
            PrivateNote.objects.filter(pk=note.pk).update(encrypted=sealed)
    return lost


@transaction.atomic
def forget_reader(person: Person) -> None:
    """Forget what a person who is erased had read before meetings, and noted for themself."""
    ItemReading.objects.filter(person=person).delete()
    PrivateNote.objects.filter(person=person).delete()


@transaction.atomic
def forget_item_readings() -> None:
    """Forget who had read what, and what they noted for themselves, some months after the meeting."""
    over = AgendaItem.objects.filter(meeting__ends_at__lt=timezone.now() - FORGOTTEN)
    ItemReading.objects.filter(item__in=over).delete()
    PrivateNote.objects.filter(item__in=over).delete()
