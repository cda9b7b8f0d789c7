"""An agenda read item by item: its cards, how far one has come, and how far the others have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.meetings.facts import Facts, from_json
from kommissorium.meetings.first_facts import first_facts
from kommissorium.meetings.forms.reading import NoteForm, QuestionAnswerForm, QuestionForm
from kommissorium.meetings.models import (
    Advice,
    AgendaItem,
    Attachment,
    ItemQuestion,
    ItemReading,
    Meeting,
    Minutes,
    PrivateNote,
)


@dataclass(frozen=True)
class Asked:
    """A question on an item, and the form of its answer for whoever may give it."""

    question: ItemQuestion
    form: QuestionAnswerForm | None


@dataclass
class ReadingCard:
    """One item as it is read; of one that is not `shown` the card says only that it is closed.

    `told` are the first facts of the case presentation, `told_all` whether there is no more of it;
    `facts` are what the registers said. `reading` is the reader's own and holds for the item as it is now; `was_changed` says that they
    had read it before it was written anew. A form is None where the reader has no use for it.
    """

    item: AgendaItem
    number: int
    shown: bool
    told: Sequence[str] = ()
    told_all: bool = False
    facts: Facts | None = None
    asked: tuple[Asked, ...] = ()
    reading: ItemReading | None = None
    was_changed: bool = False
    note: PrivateNote | None = None
    is_open: bool = False
    may_mark: bool = False
    question_form: QuestionForm | None = None
    note_form: NoteForm | None = None

    def answer_again(self, key: int, form: QuestionAnswerForm) -> None:
        """Show an answer again that could not be accepted."""
        self.asked = tuple(
            replace(one, form=form) if one.question.pk == key else one for one in self.asked
        )

    @property
    def note_is_lost(self) -> bool:
        return self.note is not None and self.note.text is None

    @property
    def note_is_open(self) -> bool:
        return self.note is not None or bool(self.note_form and self.note_form.is_bound)

    @property
    def counts(self) -> bool:
        """Return whether it is one of those to read."""
        return self.shown and not self.item.is_withdrawn


@dataclass(frozen=True)
class Progress:
    """How many of the items somebody has read, how often they agree, and when they read last."""

    person: Person
    read: int
    total: int
    agreed: int = 0
    last: datetime | None = None
    next: ReadingCard | None = None  # the first that is not read


def cards_of(meeting: Meeting, person: Person) -> list[ReadingCard]:
    """Return the cards of a meeting for who reads; eight queries, however many items there are."""
    sits = meeting.committee.has_seat_for(person)
    ahead = sits and meeting.is_to_come
    answers = meeting.is_to_come and meeting.committee.can_be_prepared_by(person)
    return [
        _card(item, place, sits=sits, ahead=ahead, answers=answers)
        for place, item in enumerate(_items(meeting, person), 1)
    ]


def _items(meeting: Meeting, person: Person) -> Sequence[Any]:
    shown = AgendaItem.objects.visible_to(person).filter(pk=OuterRef("pk"))
    own_reading = ItemReading.objects.filter(person=person)
    own_note = PrivateNote.objects.filter(person=person)
    items = meeting.items.annotate(is_shown=Exists(shown)).select_related("meeting__committee")
    return list(
        items.prefetch_related(
            Prefetch("attachments", Attachment.objects.select_related("file")),
            Prefetch("advice", Advice.objects.select_related("person")),
            Prefetch("questions", ItemQuestion.objects.select_related("person", "answered_by")),
            Prefetch("presents_minutes", Minutes.objects.select_related("meeting")),
            Prefetch("readings", own_reading, to_attr="own_readings"),
            Prefetch("private_notes", own_note, to_attr="own_notes"),
        )
    )


def _card(item: Any, place: int, *, sits: bool, ahead: bool, answers: bool) -> ReadingCard:
    number = item.number or place
    if not item.is_shown:
        return ReadingCard(item, number, shown=False)
    told, told_all = first_facts(item.told_presentation)
    reading = next(iter(item.own_readings), None)
    holds = reading is not None and reading.edit_version == item.edit_version
    note = next(iter(item.own_notes), None)
    may_mark = ahead and not item.is_withdrawn
    return ReadingCard(
        item=item,
        number=number,
        shown=True,
        told=told,
        told_all=told_all,
        facts=from_json(item.facts),
        asked=_asked(item.questions.all(), answers=answers),
        reading=reading if holds else None,
        was_changed=reading is not None and not holds,
        note=note,
        may_mark=may_mark,
        question_form=QuestionForm(item.pk) if may_mark else None,
        note_form=NoteForm(item.pk, text=(note.text or "") if note else "") if sits else None,
    )


def asked_of(item: AgendaItem, *, answers: bool) -> tuple[Asked, ...]:
    """Return the questions on an item, with forms where the reader `answers` them."""
    return _asked(item.questions.select_related("person", "answered_by"), answers=answers)


def _asked(questions: Iterable[ItemQuestion], *, answers: bool) -> tuple[Asked, ...]:
    return tuple(
        Asked(one, QuestionAnswerForm(one.pk) if answers and not one.answered_at else None)
        for one in questions
    )


def open_one(cards: Sequence[ReadingCard], key: int | None) -> None:
    """Let one card stand open: that of the key, else the first that is not read."""
    found = next((card for card in cards if card.item.pk == key), None)
    found = found or next((card for card in cards if card.counts and not card.reading), None)
    if found:
        found.is_open = True


def own_progress(cards: Sequence[ReadingCard], person: Person) -> Progress:
    """Return how far the reader has come."""
    to_read = [card for card in cards if card.counts]
    read = [card for card in to_read if card.reading]
    left = next((card for card in to_read if not card.reading), None)
    return Progress(person, read=len(read), total=len(to_read), next=left)


def without_closed(cards: Sequence[ReadingCard]) -> list[ReadingCard]:
    """Return the cards for a copy that leaves the house: closed items say no more than that."""
    return [
        ReadingCard(card.item, card.number, shown=False) if card.item.is_closed else card
        for card in cards
    ]


@dataclass(frozen=True)
class Readers:
    """How far those are who have a seat, whoever has read most first."""

    people: Sequence[Progress]

    @property
    def told(self) -> str:
        """Return how many have begun."""
        begun = sum(1 for one in self.people if one.read)
        told = {"begun": begun, "all": len(self.people)}
        return _("%(begun)d of %(all)d have begun") % told


def who_has_read(items: Sequence[AgendaItem], members: Sequence[Person]) -> Readers:
    """Return how far the members are with the items, and others who have begun; one query.

    Nothing of what they note. Everybody with a seat sees closed items, so all have the same to read.
    """
    standing = {item.pk: item.edit_version for item in items if not item.is_withdrawn}
    people = {one.pk: one for one in members}
    found: dict[int, list[ItemReading]] = {}
    for one in ItemReading.objects.filter(item__in=standing).select_related("person"):
        if one.edit_version == standing[one.item_id]:
            people.setdefault(one.person_id, one.person)
            found.setdefault(one.person_id, []).append(one)
    rows = [_progress(person, found.get(key, []), len(standing)) for key, person in people.items()]
    return Readers(sorted(rows, key=lambda one: (-one.read, one.person.name)))


def _progress(person: Person, read: Sequence[ItemReading], total: int) -> Progress:
    return Progress(
        person,
        read=len(read),
        total=total,
        agreed=sum(one.is_agreed for one in read),
        last=max((one.read_at for one in read), default=None),
    )
