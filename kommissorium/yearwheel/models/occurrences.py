"""Models of occurrences: each time a duty falls due, what came of it, and delegations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Past
from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.models.duties import TITLE_LENGTH, WORD_LENGTH, Duty, Rhythm


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, person: Person) -> OccurrenceQuerySet:
        """Return those of the duties `person` may read, and those they are asked or given to do."""
        if person.is_coordinator or person.is_auditor or person.is_executive:
            return self
        asked = Delegation.objects.filter(to_person=person).values("occurrence")
        readable = models.Q(duty__in=Duty.objects.visible_to(person))
        return self.filter(readable | models.Q(pk__in=asked) | models.Q(delegate=person))

    def open(self) -> OccurrenceQuerySet:
        return self.filter(state=Occurrence.State.OPEN)

    def of_registers(self) -> OccurrenceQuerySet:
        """Return those a register has put on the wheel."""
        return self.filter(source__isnull=False)

    def in_order(self, keys: Iterable[int]) -> OccurrenceQuerySet:
        return self.filter(pk__in=list(keys)).order_by("due", "pk")


class Occurrence(models.Model):
    """One time a duty falls due. Done or skipped, the row never changes (0002_freeze).

    `nominal` is the day the cadence gives, `due` the day it is to be done by: a working day near
    it, the day of the `meeting` that is to decide, or where it `was_moved` to by hand. `title_then` and `responsible_then` are what they were at the end.
    """

    PAST = Past({"result": _("result"), "skipped_because": _("why it was skipped")})

    # States of a meeting that was held and whose minutes are not approved.
    FAULTLESS = ("done", "no_fault")  # results
    MINUTES_TO_COME = (Meeting.State.HELD, Meeting.State.IN_REVIEW)

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")

    class Result(models.TextChoices):
        NONE = "", _("No result yet")
        DONE = "done", pgettext_lazy("of a duty", "Done")  # of what no fault can be found in
        NO_FAULT = "no_fault", _("No fault found")
        MINOR = "minor", _("Minor faults")
        CRITICAL = "critical", _("Critical faults")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="occurrences")
    number = models.PositiveIntegerField()
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    nominal = models.DateField()
    due = models.DateField(_("due"))
    was_moved = models.BooleanField(default=False)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="wheel_occurrences"
    )
    occasion = models.CharField(max_length=WORD_LENGTH, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    skipped_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    title_then = models.CharField(max_length=TITLE_LENGTH, blank=True)
    responsible_then = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="past_occurrences"
    )
    delegate = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="delegated_occurrences"
    )
    # What in a register it is for, and the path of its page; None for what has no such source.
    source = models.CharField(max_length=80, null=True, editable=False)
    source_link = models.CharField(max_length=500, null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("occurrence")
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="occurrence_number_once"),
            models.UniqueConstraint(
                fields=["duty", "nominal"],
                condition=models.Q(rhythm__in=["interval", "once"]),
                name="occurrence_of_a_day_once",
            ),
            models.UniqueConstraint(
                fields=["duty", "meeting"],
                condition=models.Q(meeting__isnull=False),
                name="occurrence_of_a_meeting_once",
            ),
            models.UniqueConstraint(
                fields=["duty"],
                condition=models.Q(state="open", rhythm__in=["interval", "once"]),
                name="one_open_occurrence_of_a_cadence",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state="open", source__isnull=False),
                name="one_open_occurrence_of_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at=None, result="")
                | models.Q(state="skipped", ended_at__isnull=False, result="")
                | (models.Q(state="done", ended_at__isnull=False) & ~models.Q(result="")),
                name="occurrence_says_how_it_ended",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"])]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.due}"

    def get_absolute_url(self) -> str:
        return reverse("occurrence", args=[self.pk])

    @property
    def title(self) -> str:
        """Return the duty's title, of a done or skipped one as it was then.

        What comes from a register is told apart by what it is about.
        """
        return titled(self, self.duty)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def has_fault(self) -> bool:
        """Return whether it was done and faults were found."""
        return self.state == self.State.DONE and self.result not in self.FAULTLESS

    @property
    def awaits_minutes(self) -> bool:
        """Return whether the meeting that is to decide was held: its minutes will say what it did."""
        met = self.meeting
        return bool(met and self.duty.by_decision and met.state in self.MINUTES_TO_COME)

    def can_be_arranged_by(self, person: Person) -> bool:
        """Return whether `person` may skip it and hand it over: the responsible, and keepers.

        An adviser who is responsible for a duty may, for that duty alone. What a register has
        put on the wheel is kept there, by nobody here.
        """
        return self.source is None and self.duty.can_be_begun_by(person)

    def can_be_done_by(self, person: Person) -> bool:
        """Return whether `person` may say that it is done; whom it is handed over to may too.

        Nobody may where the committee's decision says it.
        """
        if self.source is not None or self.duty.by_decision:
            return False
        return person.pk == self.delegate_id or self.can_be_arranged_by(person)

    def can_be_moved_by(self, person: Person) -> bool:
        """Return whether `person` may give it another day; the meeting's day is not theirs."""
        return not self.duty.by_decision and self.can_be_arranged_by(person)


def titled(row: Occurrence, duty: Duty) -> str:
    """Return what an occurrence of the duty is called."""
    title = row.title_then or duty.title
    return f"{title}: {row.occasion}" if row.source and row.occasion else title


class Move(models.Model):
    """Move of an occurrence to another day, and the reason. Never changes."""

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="moves")
    from_day = models.DateField()
    to_day = models.DateField()
    because = models.CharField(max_length=WORD_LENGTH)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.from_day} {self.to_day}"


class Evidence(models.Model):
    """Evidence that an occurrence was done: an address, a file or a row of a register.

    A row is named as the chain names it and has the path of its page. Never changes.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("Link")
        FILE = "file", _("File")
        ROW = "row", _("Page of this program")

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=2000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="file", file__isnull=False)
                | (models.Q(kind__in=["link", "row"], file=None) & ~models.Q(url="")),
                name="evidence_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def address(self) -> str:
        """Return where it can be seen."""
        return reverse("wheel_evidence", args=[self.pk]) if self.file_id else self.url


class OccurrenceDelegationQuerySet(models.QuerySet["Delegation"]):
    def live(self) -> OccurrenceDelegationQuerySet:
        """Return those that stand: asked and not answered, or accepted and not handed back."""
        return self.filter(ended_at=None)

    def unanswered(self) -> OccurrenceDelegationQuerySet:
        return self.live().filter(accepted_at=None)


class Delegation(models.Model):
    """Request to somebody to do an occurrence for another, and its outcome. Rows stay."""

    class Ending(models.TextChoices):
        NONE = "", _("Stands")
        HANDED_BACK = "handed_back", _("Handed back")
        TAKEN_BACK = "taken_back", _("Taken back")
        DONE = "done", _("Finished")

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="delegations")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="wheel_delegations")
    note = models.CharField(max_length=WORD_LENGTH, blank=True)
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=15, choices=Ending.choices, blank=True)
    because = models.CharField(max_length=WORD_LENGTH, blank=True)

    objects = OccurrenceDelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence"],
                condition=models.Q(ended_at=None),
                name="one_live_delegation_of_an_occurrence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.to_person_id} {self.ending}"

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None

    def can_be_answered_by(self, person: Person) -> bool:
        """Return whether `person` may say yes, and hand it back."""
        return person.pk == self.to_person_id

    def can_be_taken_back_by(self, person: Person) -> bool:
        return person.pk == self.from_person_id or self.occurrence.can_be_arranged_by(person)
