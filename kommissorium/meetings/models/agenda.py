"""Models of agendas: items, attachments and advice."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.closing_grounds import stated_ground
from kommissorium.meetings.models.calendar import Meeting
from kommissorium.meetings.presentation_skeleton import without_empty_headings

ANY_OTHER_BUSINESS = "agenda_any_other_business"
COMING_TASKS = "agenda_coming_tasks"
MINUTES = "agenda_minutes"
OF_MINUTES = "meetings.minutes"  # the subject of an item that the mandate does not demand


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, person: Person) -> AgendaItemQuerySet:
        """Return the items `person` may read; closed ones only for whom the committee names."""
        followed = models.Q(meeting__committee__in=Committee.objects.visible_to(person))
        named = models.Q(meeting__committee__in=Committee.objects.seated(person))
        return self.filter(followed & (models.Q(is_closed=False) | named))

    def standing(self) -> AgendaItemQuerySet:
        """Return the items that were not withdrawn."""
        return self.filter(withdrawn_because="")

    def with_minutes(self) -> AgendaItemQuerySet:
        """Fetch as `has_minutes` whether an item asks the committee to confirm minutes."""
        minutes: Any = self.model._meta.get_field("presents_minutes").related_model  # noqa: SLF001
        asked = minutes.objects.filter(presented_at=models.OuterRef("pk"))
        return self.annotate(has_minutes=models.Exists(asked))  # type: ignore[no-redef]


class AgendaItem(models.Model):
    """One item of an agenda, with what it asks of the committee.

    `subject_kind`, `subject_id` and `subject_link` name what the item is about when another
    room put it there; this room learns nothing more of it. `facts` are what the registers said
    when the item was composed, as rows (meetings.facts). An item has its number from the call.
    """

    class Type(models.TextChoices):
        DECISION = "decision", _("For decision")
        DISCUSSION = "discussion", _("For discussion")
        INFORMATION = "information", _("For information")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(_("title"), max_length=200)
    type = models.CharField(
        _("type"), max_length=20, choices=Type.choices, default=Type.INFORMATION
    )
    recommendation = models.TextField(_("recommendation"), blank=True)
    presentation = models.TextField(_("case presentation"), blank=True)
    is_closed = models.BooleanField(_("closed item"), default=False)
    closed_ground = models.CharField(_("why it is closed"), max_length=200, blank=True)
    is_recurring = models.BooleanField(_("comes again at the next meeting"), default=False)
    late_because = models.CharField(_("why it is late"), max_length=300, blank=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    # Where it came from: the item of the meeting before, and the first of the whole row.
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_link = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    has_minutes: bool  # only on items fetched with_minutes()
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_closed=False) | ~models.Q(closed_ground=""),
                name="closed_item_has_a_ground",
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once"),
            models.UniqueConstraint(
                fields=["meeting", "carried_from"], name="item_is_carried_once_to_a_meeting"
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.pk])

    @property
    def label(self) -> str:
        """Return the number as people write it, 2026/3-5; "" before the call."""
        return f"{self.meeting.label}-{self.number}" if self.number else ""

    @property
    def chain_key(self) -> int:
        """Return the key of the first item of the row this one continues; its own if none."""
        return self.origin_id or self.pk

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.withdrawn_because)

    @property
    def is_late(self) -> bool:
        return bool(self.late_because)

    @property
    def told_presentation(self) -> str:
        """Return the case presentation without offered headings that nothing stands under."""
        return without_empty_headings(self.presentation)

    @property
    def shown_ground(self) -> str:
        """Return why it is closed, and that no law was stated where none was."""
        return stated_ground(self.closed_ground)

    @property
    def measure(self) -> str:
        return self.clause.measure if self.clause else ""

    @property
    def takes_decisions(self) -> bool:
        """Return whether something may be decided here: never under any other business."""
        return self.measure != ANY_OTHER_BUSINESS

    @property
    def confirms_minutes(self) -> bool:
        return self.measure == MINUTES or self.subject_kind == OF_MINUTES

    @property
    def can_have_nothing_new(self) -> bool:
        """Return whether a meeting can leave it at that: neither minutes nor a thing wait here.

        Asks the database unless the item was fetched with_minutes().
        """
        if self.subject_kind:
            return False
        waits: Any = getattr(self, "has_minutes", None)
        return not (self.presents_minutes.exists() if waits is None else waits)

    @property
    def nothing_new_label(self) -> str:
        """Return how one says of this item that there was nothing new."""
        return str(_("No new tasks") if self.measure == COMING_TASKS else _("Nothing new"))

    @property
    def recorded(self) -> Any:
        """Return what the meeting recorded of the item (Proceedings); None before that."""
        return getattr(self, "proceedings", None)

    @property
    def goes_on(self) -> bool:
        """Return whether the item itself comes again; of others only their tasks are followed up."""
        return self.is_recurring or bool(self.recorded and self.recorded.is_unfinished)

    def can_be_edited_by(self, person: Person) -> bool:
        return self.meeting.can_be_prepared_by(person)

    def rows_can_be_chosen_by(self, person: Person) -> bool:
        """Return whether `person` may choose for its rows: until its minutes are approved."""
        may = self.can_be_edited_by(person) or self.meeting.can_be_recorded_by(person)
        return may and not self.is_withdrawn

    @property
    def asks_for_agreement(self) -> bool:
        """Return whether one can say that one agrees: something is recommended for decision."""
        return self.type == self.Type.DECISION and bool(self.recommendation)

    def can_be_read_ahead_by(self, person: Person) -> bool:
        """Return whether `person` may mark it read and ask about it: a member, before the meeting."""
        return not self.is_withdrawn and self.meeting.can_be_read_ahead_by(person)

    def can_be_noted_on_by(self, person: Person) -> bool:
        """Return whether `person` may note something for themself: a member, during it and after too."""
        return self.meeting.is_readable and self.meeting.committee.has_seat_for(person)

    def can_be_advised_on_by(self, person: Person) -> bool:
        """Return whether `person` may advise: they hold an adviser's seat, it is not decided.

        When the meeting is over they comment on its minutes instead.
        """
        states = (Meeting.State.PLANNED, Meeting.State.CALLED)
        is_over = self.is_withdrawn or bool(self.recorded and self.recorded.outcome)
        if self.meeting.state not in states or is_over:
            return False
        return self.meeting.committee.is_advised_by(person)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Person) -> AttachmentQuerySet:
        return self.filter(item__in=AgendaItem.objects.visible_to(person))


class Attachment(models.Model):
    """A file that belongs to an agenda item; a late one came after the call and says why."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveIntegerField()
    late_because = models.CharField(_("why it is late"), max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Advice(models.Model):
    """Advice that the committee's adviser gave on an item, and whether it was followed.

    An adviser has no vote (GDPR art. 38: the DPO advises). When the committee decides
    otherwise it says why.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="advice")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("advice"), max_length=5000)
    given_at = models.DateTimeField()
    # The secretary, where the advice was given by word of mouth at the meeting.
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    followed = models.BooleanField(_("the advice was followed"), null=True, blank=True)
    because = models.TextField(_("why the advice was not followed"), max_length=2000, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "advice"
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_advice_per_adviser"),
        ]

    def __str__(self) -> str:
        return f"advice on {self.item_id}"

    def can_be_changed_by(self, person: Person) -> bool:
        return self.person_id == person.pk and self.item.can_be_advised_on_by(person)

    def can_be_withdrawn_by(self, person: Person) -> bool:
        """Return whether `person` may take it back: the adviser, or who wrote it down."""
        noted = self.noted_by_id is not None and self.item.meeting.can_be_recorded_by(person)
        return noted or self.can_be_changed_by(person)
