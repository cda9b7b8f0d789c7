"""Models of minutes, of meetings registered afterwards, and of what was filed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.models.agenda import AgendaItem
from kommissorium.meetings.models.calendar import Meeting


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, person: Person) -> MinutesQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(person))

    def unconfirmed(self) -> MinutesQuerySet:
        """Return the approved minutes that no meeting has confirmed, the oldest first."""
        return self.filter(meeting__state=Meeting.State.APPROVED).order_by("meeting__starts_at")


class Minutes(models.Model):
    """The minutes of a meeting, from when they are sent to review.

    Their text is what the meeting recorded (Proceedings) until they are approved; then it is
    the frozen record.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    review_until = models.DateField(_("comments no later than"))
    # The item of a later meeting that asks the committee to confirm them.
    presented_at = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="presents_minutes"
    )
    edit_version = models.PositiveIntegerField(default=1)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__starts_at"]
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"

    def get_absolute_url(self) -> str:
        return reverse("minutes", args=[self.meeting_id])

    def is_overdue(self, on: date) -> bool:
        """Return whether the time for comments is over and the chair can approve."""
        return self.review_until < on

    def can_be_reviewed_by(self, person: Person) -> bool:
        """Return whether `person` may comment: they were at the meeting, or keep its minutes."""
        return self.meeting.state == Meeting.State.IN_REVIEW and self.concerns(person)

    def concerns(self, person: Person) -> bool:
        """Return whether `person` was at the meeting, not as a guest, or keeps its minutes."""
        meeting = self.meeting
        return meeting.was_attended_by(person) or meeting.committee.can_be_prepared_by(person)

    def capacity_to_approve(self, person: Person) -> str:
        """Return "chair" or "deputy_chair" when `person` may approve the minutes, else ""."""
        if self.meeting.state != Meeting.State.IN_REVIEW:
            return ""
        return self.meeting.committee.leading_capacity_of(person)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person: Person) -> CommentQuerySet:
        """Return the comments `person` may read, as far as the committee goes.

        Those on closed items, and those on the whole of minutes that hold one, only for whom
        the committee names.
        """
        followed = self.filter(minutes__in=Minutes.objects.visible_to(person))
        closed = AgendaItem.objects.filter(
            meeting=models.OuterRef("minutes__meeting"), is_closed=True
        )
        on_open_item = models.Q(item__is_closed=False)
        on_open_whole = models.Q(item=None) & ~models.Exists(closed)
        named = models.Q(minutes__meeting__committee__in=Committee.objects.seated(person))
        return followed.filter(on_open_item | on_open_whole | named)


class Comment(models.Model):
    """Comment by a reader of minutes in review, beside the item it is about."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="comments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=3000)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    def can_be_settled_by(self, person: Person) -> bool:
        """Return whether `person` may answer it: they keep the minutes, in review still."""
        meeting = self.minutes.meeting
        in_review = meeting.state == Meeting.State.IN_REVIEW
        return in_review and meeting.committee.can_be_prepared_by(person)


class Review(models.Model):
    """Note that somebody present has read the minutes and has no (further) comments."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="reviews")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person"], name="one_review_a_person"),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Approval(models.Model):
    """The chair's approval of the minutes: in which capacity, and the records. Never changes."""

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY_CHAIR = "deputy_chair", _("Deputy chair in the chair's absence")

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="approval")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    chair_absent_because = models.CharField(max_length=300, blank=True)
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")
    # The same without closed items, for those who may not see them.
    open_record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"approval of minutes {self.minutes_id}"


class Confirmation(models.Model):
    """Confirmation of minutes at a later meeting, as presented or with changes. Never changes.

    The approved text stays as it is; changes are an addendum that points back to it.
    """

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="confirmation")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changes = models.TextField(blank=True)  # rich text; "" is "as presented"
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"confirmation of minutes {self.minutes_id}"

    @property
    def has_changes(self) -> bool:
        return bool(self.changes)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, person: Person) -> RegistrationQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(person))

    def with_minutes_for(self, person: Person) -> RegistrationQuerySet:
        """Return those whose minutes `person` may open.

        A file tells of all items: with a closed one among them it is for whom the committee
        names.
        """
        named = models.Q(meeting__committee__in=Committee.objects.seated(person))
        closed = Meeting.objects.filter(pk=models.OuterRef("meeting"), items__is_closed=True)
        return self.visible_to(person).filter(named | ~models.Exists(closed))


class Registration(models.Model):
    """Registration of a meeting held earlier: by whom, with which minutes. Never changes.

    When that was the meeting says (`registered_at`). `own_number` is what the committee called
    the meeting then.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="registration")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    own_number = models.CharField(max_length=40, blank=True)
    others_present = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"registration of {self.meeting_id}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.meeting_id])

    def can_be_withdrawn_by(self, person: Person) -> bool:
        """Return whether `person` may take it back: a coordinator, and nobody has yet."""
        return self.meeting.state == Meeting.State.REGISTERED and person.is_coordinator


class Filing(models.Model):
    """Receipt for something that was filed: when, in which case, noted by whom. Never changes.

    `kind` and `key` name the thing as the chain does. A later receipt of the same thing counts
    instead of the earlier one, which stands.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    filed_on = models.DateField()
    case_number = models.CharField(max_length=60)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"filing of {self.kind} {self.key}"
