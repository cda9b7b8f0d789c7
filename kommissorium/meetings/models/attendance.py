"""Models of attendance: who was called, what they answered, who came, who was away when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.meetings.models.agenda import AgendaItem
from kommissorium.meetings.models.calendar import Meeting


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, person: Person) -> AttendanceQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(person))

    def present(self) -> AttendanceQuerySet:
        return self.filter(presence=Attendance.Presence.PRESENT)

    def voting(self) -> AttendanceQuerySet:
        """Return those who count in a quorum: no adviser and no guest; deputies who stand in."""
        ordinary = self.filter(seat__isnull=False).exclude(seat__role=Clause.Role.ADVISER)
        return ordinary.filter(
            models.Q(capacity=Attendance.Capacity.HOLDER) | models.Q(stands_in_since__isnull=False)
        )


class Attendance(models.Model):
    """One person and one meeting: the call, the answer, and whether they came.

    A deputy is told of the call too and counts only from when they stand in for the holder.
    """

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("Holds the seat")
        DEPUTY = "deputy", _("Deputy")
        GUEST = "guest", _("Guest")

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        ACCEPTED = "accepted", _("Comes")
        TENTATIVE = "tentative", _("May come")
        DECLINED = "declined", _("Sends apologies")

    class Way(models.TextChoices):
        NONE = "", "–"
        LINK = "link", _("by the link in the mail")
        CALENDAR = "calendar", _("by calendar file")
        UNPROVEN = "unproven", _("by calendar file; who sent it is uncertain")
        MAIL = "mail", _("by mail from the calendar")
        UNSURE = "unsure", _("by mail from the calendar; who sent it is uncertain")
        PAGE = "page", _("on the page")
        SECRETARY = "secretary", _("written down by the secretary")

    class Presence(models.TextChoices):
        UNKNOWN = "", _("Not noted")
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    # Orders the answers of calendar files (RFC 5546 §2.1.5): the newest counts.
    answer_sequence = models.PositiveIntegerField(default=0)
    answer_stamp = models.DateTimeField(null=True)
    apology = models.CharField(_("reason of the apology"), max_length=300, blank=True)
    stands_in_since = models.DateTimeField(null=True)  # a deputy named by the holder
    presence = models.CharField(max_length=10, choices=Presence.choices, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["seat__position", "seat", "-capacity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}"

    @property
    def is_present(self) -> bool:
        return self.presence == self.Presence.PRESENT

    @property
    def sent_apology(self) -> bool:
        """Return whether the holder of a seat has said that they stay away."""
        return self.capacity == self.Capacity.HOLDER and self.answer == self.Answer.DECLINED

    @property
    def stands_in(self) -> bool:
        return self.stands_in_since is not None

    @property
    def is_adviser(self) -> bool:
        return self.seat is not None and self.seat.role == Clause.Role.ADVISER

    @property
    def has_place(self) -> bool:
        """Return whether the person sits in the committee at this meeting: no guest, no idle deputy."""
        return self.seat is not None and (self.capacity == self.Capacity.HOLDER or self.stands_in)

    @property
    def has_vote(self) -> bool:
        """Return whether the person counts in decisions: no adviser, no guest, no idle deputy."""
        return self.has_place and not self.is_adviser


class Absence(models.Model):
    """Absence of somebody at the meeting during one item, and the reason.

    Who has a conflict of interest leaves the room (Public Administration Act §§ 3-6).
    """

    class Ground(models.TextChoices):
        ARRIVED_LATE = "arrived_late", _("Had not arrived")
        LEFT = "left", _("Had left")
        CONFLICT = "conflict", _("Conflict of interest: left the room")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="absences")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="absences")
    ground = models.CharField(max_length=20, choices=Ground.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="one_absence_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} away from {self.item_id}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> CalendarFeedQuerySet:
        """Return the feeds that still answer: not revoked, and the person has not left since."""
        closed = models.F("person__login_closed_at")
        here = models.Q(person__login_closed_at=None) | models.Q(created_at__gt=closed)
        return self.filter(here, revoked_at=None, person__is_active=True)


class CalendarFeed(models.Model):
    """A secret address under which a calendar program finds a person's meetings.

    Only the hash of the secret is kept; the address is shown once and can be revoked.
    """

    UNKEPT = "a person's own convenience"

    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"feed {self.pk}"
