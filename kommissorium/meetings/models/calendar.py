"""Models of meetings: time, place, state, and that they were called."""

from __future__ import annotations

from datetime import datetime, time
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.site import kept_host


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person) -> MeetingQuerySet:
        """Return the meetings of the committees `person` may follow."""
        return self.filter(committee__in=Committee.objects.visible_to(person))

    def coming(self, now: datetime | None = None) -> MeetingQuerySet:
        """Return the meetings not yet over and not cancelled, the next one first."""
        return (
            self.filter(ends_at__gte=now or timezone.now())
            .exclude(state=Meeting.State.CANCELLED)
            .order_by("starts_at", "pk")
        )

    def of_the_calendar(self) -> MeetingQuerySet:
        """Return those that were planned here and not cancelled: none registered afterwards."""
        return self.filter(registered_at=None).exclude(state=Meeting.State.CANCELLED)

    def before(self, meeting: Meeting) -> MeetingQuerySet:
        """Return the committee's meetings before this one that took place, the latest first."""
        return self.filter(
            committee=meeting.committee_id,
            starts_at__lt=meeting.starts_at,
            state__in=Meeting.TOOK_PLACE,
        ).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """A meeting of a committee. Times are kept in UTC and shown in the municipality's zone.

    It is planned, called, held, its minutes are in review, approved and confirmed by a later
    meeting; until it is held it can be cancelled. It gets its number when it is called: they
    run per committee and year without gaps. One that was held without the program is registered
    afterwards; taken back, it is cancelled.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CALLED = "called", _("Called")
        HELD = "held", _("Held")
        IN_REVIEW = "in_review", _("Minutes in review")
        APPROVED = "approved", _("Minutes sent out")
        CONFIRMED = "confirmed", _("Minutes approved")
        REGISTERED = "registered", _("Registered afterwards")
        CANCELLED = "cancelled", _("Cancelled")

    # Held with the program: one registered afterwards is nobody's last meeting, and told of nothing.
    TOOK_PLACE = (State.HELD, State.IN_REVIEW, State.APPROVED, State.CONFIRMED)
    RECORDED = (State.CALLED, State.HELD, State.IN_REVIEW)  # what is said can be written down
    CLOSED = (State.APPROVED, State.CONFIRMED)  # nothing recorded can change

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("video link"), max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    # When a meeting that was held without the program was written in (Registration).
    registered_at = models.DateTimeField(null=True)
    # When the chair opened and closed it, and who led it.
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    led_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    kle_number = models.CharField(_("KLE number"), max_length=20, blank=True)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # After the @ of its name in calendars: another address later makes no other meeting of it.
    calendar_host = kept_host()
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    # Only on meetings fetched by readers.read_meeting().
    keeps: bool
    sees_closed: bool
    was_there: bool

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["committee", "starts_at"],
                condition=~models.Q(state="cancelled"),
                name="one_meeting_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["committee", "year", "number"],
                condition=models.Q(registered_at=None),
                name="meeting_number_once",
            ),
            models.UniqueConstraint(
                fields=["committee", "year", "number"],
                condition=models.Q(registered_at__isnull=False),
                name="earlier_meeting_number_once",
            ),
            models.CheckConstraint(
                condition=(models.Q(registered_at=None) & ~models.Q(state="registered"))
                | models.Q(registered_at__isnull=False, state__in=["registered", "cancelled"]),
                name="registered_meeting_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "cancelled"])
                | models.Q(year__isnull=False, number__isnull=False),
                name="called_meeting_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.committee} {timezone.localtime(self.starts_at):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def label(self) -> str:
        """Return the meeting's number as people write it: 2026/3; "" before it is called.

        Those registered afterwards are counted by themselves, 2025/T1, so that they disturb no
        number that was given.
        """
        series = "T" if self.registered_at else ""
        return f"{self.year}/{series}{self.number}" if self.number else ""

    @property
    def is_timed(self) -> bool:
        """Return whether one knows the hour: of an earlier meeting the day may be all."""
        return not self.registered_at or timezone.localtime(self.starts_at).time() != time.min

    @property
    def has_place(self) -> bool:
        """Return whether one can know where to go: K2 asks for time and place."""
        return bool(self.place or self.link)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def takes_answers(self) -> bool:
        """Return whether one can still say whether one comes: it is not held and not over."""
        return self.state in (self.State.PLANNED, self.State.CALLED) and not self.is_over

    @property
    def is_to_come(self) -> bool:
        """Return whether it is planned or called, and not over."""
        return not self.is_over and self.state in {self.State.PLANNED, self.State.CALLED}

    @property
    def is_readable(self) -> bool:
        """Return whether its agenda can be read item by item: it is of the program, not cancelled."""
        return not self.registered_at and self.state != self.State.CANCELLED

    @property
    def took_place(self) -> bool:
        return self.state in self.TOOK_PLACE

    @property
    def is_closed_for_changes(self) -> bool:
        """Return whether the minutes are approved: nothing of the meeting changes any more."""
        return self.state in self.CLOSED

    @property
    def is_in_preparation(self) -> bool:
        """Return whether the agenda can be worked on: it is planned and not yet over."""
        return self.state == self.State.PLANNED and not self.is_over

    @property
    def is_movable(self) -> bool:
        """Return whether time and place can change: it is not over and not held."""
        return self.is_cancellable and not self.is_over

    @property
    def is_cancellable(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.CALLED)

    def can_be_prepared_by(self, person: Person) -> bool:
        """Return whether `person` may work on the agenda: it is planned and not yet over."""
        return self.is_in_preparation and self.committee.can_be_prepared_by(person)

    def can_be_called_by(self, person: Person) -> bool:
        """Return whether `person` may send the call; a forgotten call can be made up for."""
        return self.state == self.State.PLANNED and self.committee.can_be_prepared_by(person)

    def can_be_moved_by(self, person: Person) -> bool:
        """Return whether `person` may change time and place: it is not over and not held."""
        return self.is_movable and self.committee.can_be_prepared_by(person)

    def can_be_cancelled_by(self, person: Person) -> bool:
        """Return whether `person` may cancel it: it has not been held."""
        return self.is_cancellable and self.committee.can_be_prepared_by(person)

    def can_have_its_call_withdrawn_by(self, person: Person) -> bool:
        """Return whether `person` may take the call back: the meeting has not begun and is not over."""
        is_waiting = self.state == self.State.CALLED and not self.opened_at and not self.is_over
        return is_waiting and self.committee.can_be_prepared_by(person)

    def can_be_added_to_by(self, person: Person) -> bool:
        """Return whether `person` may add late items, late annexes and withdraw items."""
        return self.state == self.State.CALLED and self.committee.can_be_prepared_by(person)

    def can_be_read_ahead_by(self, person: Person) -> bool:
        """Return whether `person` may mark its items read: a member or deputy, before it is held."""
        return self.is_to_come and self.committee.has_seat_for(person)

    def can_be_recorded_by(self, person: Person) -> bool:
        """Return whether `person` may write down who came, what was said and decided."""
        return self.state in self.RECORDED and self.committee.can_be_prepared_by(person)

    def was_attended_by(self, person: Person) -> bool:
        """Return whether `person` is noted as present, as more than a guest."""
        there = self.attendances.filter(person=person, presence="present")
        return there.exclude(capacity="guest").exists()

    def minutes_are_readable_by(self, person: Person) -> bool:
        """Return whether `person`, who may follow the committee, may read the minutes now."""
        return self.shows_minutes_to(
            keeps=self.committee.can_be_prepared_by(person),
            was_there=self.was_attended_by(person),
        )

    def shows_minutes_to(self, *, keeps: bool, was_there: bool) -> bool:
        """Return whether the minutes are readable for whoever follows the committee.

        Drafts are for those who prepare its meetings (`keeps`); in review for those who were
        present too; approved for all.
        """
        if self.is_closed_for_changes:
            return True
        in_review = self.state == self.State.IN_REVIEW
        return self.took_place and (keeps or (in_review and was_there))

    def can_be_handed_over_by(self, person: Person) -> bool:
        """Return whether `person` may hand it over to the records system: it was called."""
        is_called = self.state not in (self.State.PLANNED, self.State.CANCELLED)
        return is_called and not self.registered_at and self.committee.can_be_prepared_by(person)

    def is_held_by(self, person: Person) -> bool:
        """Return whether `person` may close the meeting: it is called and they record it."""
        return self.state == self.State.CALLED and self.committee.can_be_prepared_by(person)


class Call(models.Model):
    """Call of a meeting: by whom, when, and the agenda as it was then. Never changes."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="call")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    late_because = models.CharField(max_length=300, blank=True)
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"call of {self.meeting_id}"
