"""Meetings, the items of their agendas and what is attached to them."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.files.models import StoredFile


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


class Meeting(models.Model):
    """A meeting of a committee. Times are kept in UTC and shown in the municipality's zone."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("video link"), max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

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
        ]
        indexes = [models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.committee} {timezone.localtime(self.starts_at):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def has_place(self) -> bool:
        """Return whether one can know where to go: K2 asks for time and place."""
        return bool(self.place or self.link)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    def can_be_prepared_by(self, person: Person) -> bool:
        """Return whether `person` may work on the agenda: it is planned and not yet over."""
        return (
            self.state == self.State.PLANNED
            and not self.is_over
            and self.committee.can_be_prepared_by(person)
        )


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, person: Person) -> AgendaItemQuerySet:
        """Return the items `person` may read; closed ones only for whom the committee names."""
        followed = models.Q(meeting__committee__in=Committee.objects.visible_to(person))
        named = models.Q(meeting__committee__in=Committee.objects.seated(person))
        return self.filter(followed & (models.Q(is_closed=False) | named))


class AgendaItem(models.Model):
    """One item of an agenda, with what it asks of the committee.

    `subject_kind`, `subject_id` and `subject_link` name what the item is about when another
    room put it there; this room learns no more of it.
    """

    class Type(models.TextChoices):
        DECISION = "decision", _("For decision")
        DISCUSSION = "discussion", _("For discussion")
        INFORMATION = "information", _("For information")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    type = models.CharField(
        _("type"), max_length=20, choices=Type.choices, default=Type.INFORMATION
    )
    recommendation = models.TextField(_("recommendation"), blank=True)
    presentation = models.TextField(_("case presentation"), blank=True)
    is_closed = models.BooleanField(_("closed item"), default=False)
    closed_ground = models.CharField(_("why it is closed"), max_length=200, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_closed=False) | ~models.Q(closed_ground=""),
                name="closed_item_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.pk])

    def can_be_edited_by(self, person: Person) -> bool:
        return self.meeting.can_be_prepared_by(person)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Person) -> AttachmentQuerySet:
        return self.filter(item__in=AgendaItem.objects.visible_to(person))


class Attachment(models.Model):
    """A file that belongs to an agenda item."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
