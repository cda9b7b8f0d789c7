"""Model of decisions: written once, never changed."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.measures.rows import is_silent
from kommissorium.meetings.models.agenda import MINUTES, AgendaItem
from kommissorium.meetings.models.calendar import Meeting
from kommissorium.meetings.models.proceedings import APPROVING, WEIGHED, Outcome, Weighing

WEIGHED_WITHIN: Final = timedelta(days=30)  # of being written down: later it is no weighing
DECISION = "meetings.decision"  # the kind of subject, of the items that tell of a chair's decision


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, person: Person) -> DecisionQuerySet:
        """Return the decisions `person` may read; closed ones only for whom are named.

        Those of an earlier meeting whose registration was taken back stand no more.
        """
        followed = models.Q(committee__in=Committee.objects.visible_to(person))
        named = models.Q(committee__in=Committee.objects.seated(person))
        readable = self.filter(followed & (models.Q(is_closed=False) | named))
        return readable.exclude(meeting__state=Meeting.State.CANCELLED)

    def found_by(self, words: str) -> DecisionQuerySet:
        """Return the decisions in whose number, title or text every word stands."""
        found = self
        for word in folded(words).split():
            found = found.filter(words__contains=word)
        return found

    def related_to(self, decision: Decision) -> DecisionQuerySet:
        """Return the others on the same subject, in the same row of items, or of each other."""
        related = models.Q(subject_kind=DECISION, subject_id=str(decision.pk))
        if decision.subject_kind:
            subject = {"subject_kind": decision.subject_kind, "subject_id": decision.subject_id}
            related |= models.Q(**subject)
        if decision.subject_kind == DECISION:
            related |= models.Q(pk=int(decision.subject_id))
        if decision.item:
            first = decision.item.chain_key
            related |= models.Q(item=first) | models.Q(item__origin=first)
        return self.filter(related).exclude(pk=decision.pk)

    def unreported(self) -> DecisionQuerySet:
        """Return the chair's decisions between meetings that no agenda tells of yet."""
        told = AgendaItem.objects.filter(
            subject_kind=DECISION,
            subject_id=models.functions.Cast(models.OuterRef("pk"), models.CharField()),
        ).exclude(meeting__state=Meeting.State.CANCELLED)
        return self.filter(item=None).exclude(models.Exists(told))


class Decision(Weighing):
    """A decision by a committee at a meeting, or by its chair between meetings (R11).

    The decisions of a meeting are written when its minutes are approved and carry the item's
    number, 2026/3-5; the chair's own are written at once and numbered 2026/F2. Those of an
    earlier meeting, 2025/T1-2, are written when it is registered.
    """

    class Capacity(models.TextChoices):
        COMMITTEE = "committee", _("The committee")
        CHAIR = "chair", _("The chair between meetings")
        DEPUTY_CHAIR = "deputy_chair", _("The deputy chair between meetings, the chair absent")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="decisions")
    item = models.OneToOneField(AgendaItem, models.PROTECT, null=True, related_name="decided")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    title = models.CharField(_("title"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    text = models.TextField(_("decision"), blank=True)
    # Number, title and text as people read them, folded: what the search looks in.
    words = models.TextField(editable=False)
    why_now = models.TextField(_("why it could not wait"), max_length=2000, blank=True)
    chair_absent_because = models.CharField(max_length=300, blank=True)
    # Whoever decides alone says that nothing disqualifies them (Public Administration Act § 3).
    is_impartial = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    closed_ground = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_link = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()  # the meeting's time, or the chair's
    written_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=models.Q(is_closed=False) | ~models.Q(closed_ground=""),
                name="closed_decision_has_a_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity="committee", item__isnull=False)
                | models.Q(capacity__in=["chair", "deputy_chair"], item__isnull=True),
                name="decision_of_a_meeting_has_its_item",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity="committee") | models.Q(is_impartial=True),
                name="who_decides_alone_is_impartial",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["committee", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def is_chairs(self) -> bool:
        return self.item_id is None

    @property
    def is_registered_afterwards(self) -> bool:
        """Return whether it was taken at a meeting held without the program."""
        return self.meeting is not None and self.meeting.registered_at is not None

    def unweighed_aspects(self) -> list[str]:
        """Return the aspects that were not weighed, or not reasoned, neither then nor later.

        Four neutral chips and not a word weigh nothing where it is about money or risk.
        """
        is_minutes = self.item is not None and self.item.measure == MINUTES
        if self.outcome not in WEIGHED or is_minutes or hasattr(self, "later_weighing"):
            return []
        if self.outcome in APPROVING and is_silent(self.weighing(), self.subject_kind):
            return list(self.ASPECTS)
        return self.unweighed(self.outcome)

    @property
    def weighed_until(self) -> date:
        """Return the last day on which a weighing that is noted afterwards counts as one."""
        return timezone.localdate(self.written_at) + WEIGHED_WITHIN

    def can_be_weighed_by(self, person: Person) -> bool:
        """Return whether `person` may note what was weighed: it lacks, and they keep the minutes."""
        return bool(self.unweighed_aspects()) and self.committee.can_be_prepared_by(person)

    def told_at(self) -> models.QuerySet[AgendaItem]:
        """Return the items that tell the committee of the chair's decision."""
        told = AgendaItem.objects.filter(subject_kind=DECISION, subject_id=str(self.pk))
        return told.exclude(meeting__state=Meeting.State.CANCELLED)


class LaterWeighing(Weighing):
    """Weighing of a decision that was noted afterwards: by whom, and when. Never changes.

    It is whole: what the decision itself says stands here too.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="later_weighing")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"later weighing of {self.decision_id}"


def number_of_chair(year: int, serial: int) -> str:
    """Return the number of a chair's decision as people write it: 2026/F2."""
    return f"{year}/F{serial}"


def folded(text: str) -> str:
    """Return the text with its letters in one case, æøå too, for comparing."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
