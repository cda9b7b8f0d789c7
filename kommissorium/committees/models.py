"""Models of committees, seats, mandates and their clauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.accounts.models import (
    Municipality,
    Person,
    are_others,
    ends_after_it_starts,
    held_on,
    named,
    was_made_by,
)
from kommissorium.committees.measures import MEASURE_CHOICES, measure_label
from kommissorium.committees.seat_nominations import SeatNomination  # noqa: F401 a model of this room
from kommissorium.core.backdating import MOST_OF_REASON
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.files.models import StoredFile


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, person: Person) -> CommitteeQuerySet:
        """Return the committees whose meetings `person` may follow.

        Coordinators, auditors and members of the executive board see all committees, others
        those in which they hold a seat or are its deputy today.
        """
        if person.is_coordinator or person.is_auditor or person.is_executive:
            return self
        return self.none() if person.sits_today is False else self.filter(pk__in=_seated(person))

    def prepared_by(self, person: Person) -> CommitteeQuerySet:
        """Return the committees whose agendas `person` may work on."""
        if person.is_coordinator:
            return self
        return self.filter(pk__in=_seated(person, Seat.PREPARING))

    def led_by(self, person: Person) -> CommitteeQuerySet:
        """Return the committees that `person` leads today, or in the chair's absence.

        `is_chaired` says whether as the chair.
        """
        chaired = _held_today(person).filter(
            seat__committee=OuterRef("pk"),
            seat__role=Clause.Role.CHAIR,
            capacity=Holding.Capacity.HOLDER,
        )
        found = self.filter(pk__in=_seated(person, Seat.CHAIRING))
        return found.annotate(is_chaired=Exists(chaired.order_by()))

    def seated(self, person: Person) -> CommitteeQuerySet:
        """Return the committees that name `person` among those who see closed items."""
        own = self.none() if person.sits_today is False else self.filter(pk__in=_seated(person))
        if person.is_coordinator:
            return self
        return own | self.filter(auditors_see_closed=True) if person.is_auditor else own


class Committee(models.Model):
    """A committee and the habits of its meetings."""

    WEEKDAYS: ClassVar = [
        (0, pgettext_lazy("usual weekday", "Monday")),
        (1, pgettext_lazy("usual weekday", "Tuesday")),
        (2, pgettext_lazy("usual weekday", "Wednesday")),
        (3, pgettext_lazy("usual weekday", "Thursday")),
        (4, pgettext_lazy("usual weekday", "Friday")),
    ]

    name = models.CharField(_("name"), max_length=120, unique=True)
    weekday = models.PositiveSmallIntegerField(_("usual weekday"), default=3, choices=WEEKDAYS)
    start_time = models.TimeField(_("usual start"), default=time(13))
    minutes = models.PositiveSmallIntegerField(
        _("usual length in minutes"),
        default=120,
        validators=[MinValueValidator(15), MaxValueValidator(600)],
    )
    place = models.CharField(_("usual place"), max_length=200, blank=True)
    link = models.URLField(_("usual video link"), max_length=500, blank=True)
    avoided_weeks = models.CharField(
        _("weeks without meetings"), max_length=100, default="7-8, 28-32, 42", blank=True
    )
    auditors_see_closed = models.BooleanField(_("auditors see closed items"), default=False)
    email = models.EmailField(_("the committee's own e-mail"), blank=True)
    call_days = models.PositiveSmallIntegerField(
        _("working days from call to meeting"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    review_days = models.PositiveSmallIntegerField(
        _("days to comment on minutes"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    invites_when_planned = models.BooleanField(
        _("calendar invitations are sent when a meeting is planned"), default=False
    )
    # Nothing is invented: without a quorum in the mandate this stays empty.
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committee", args=[self.pk])

    @staticmethod
    def can_be_founded_by(person: Person) -> bool:
        return person.is_coordinator

    @staticmethod
    def are_followed_by(person: Person) -> bool:
        """Return whether `person` may follow the meetings of any committee."""
        return person.is_executive or Committee.are_work_of(person)

    @staticmethod
    def are_work_of(person: Person) -> bool:
        """Return whether `person` has work in any committee, so that the menu leads to it.

        Somebody only on the executive board may follow it, and is led to its reports. For those
        signed in it is known whether they sit; for others it is queried once.
        """
        if person.is_coordinator or person.is_auditor:
            return True
        if person.sits_today is None:
            person.sits_today = _seated(person).exists()
        return person.sits_today

    def can_be_prepared_by(self, person: Person) -> bool:
        """Return whether `person` may plan meetings and work on agendas.

        That is the coordinator and whoever holds the secretary's or a chair's seat today.
        An adviser (GDPR art. 38: the DPO advises and does not decide) may not.
        """
        return Committee.objects.prepared_by(person).filter(pk=self.pk).exists()

    def can_be_arranged_by(self, person: Person) -> bool:
        """Return whether `person` may change seats, habits and drafts of the mandate."""
        return self.can_be_prepared_by(person)

    def shows_closed_to(self, person: Person) -> bool:
        """Return whether the committee names `person` among those who see closed items."""
        return Committee.objects.seated(person).filter(pk=self.pk).exists()

    def has_seat_for(self, person: Person) -> bool:
        """Return whether `person` holds a seat today, or is its deputy."""
        return Committee.objects.filter(pk__in=_seated(person)).filter(pk=self.pk).exists()

    def is_advised_by(self, person: Person) -> bool:
        """Return whether `person` holds an adviser's seat today, or is its deputy."""
        seats = _seated(person, (Clause.Role.ADVISER,))
        return Committee.objects.filter(pk__in=seats).filter(pk=self.pk).exists()

    def leading_capacity_of(self, person: Person) -> str:
        """Return "chair", "deputy_chair" or "": the capacity in which `person` may lead today.

        The deputy chair, and the deputy of the chair's own seat, lead in the chair's absence.
        """
        held = _held_today(person).filter(seat__committee=self, seat__role__in=Seat.CHAIRING)
        ways = set(held.values_list("seat__role", "capacity"))
        if (Clause.Role.CHAIR, Holding.Capacity.HOLDER) in ways:
            return "chair"
        return "deputy_chair" if ways else ""

    def capacity_of(self, person: Person) -> str:
        """Return the capacity in which `person` acts in the committee today, for the chain.

        A role of a seat ("chair"), "deputy:" and the role for a stand-in, "coordinator"
        for a coordinator without a seat, "" for nobody.
        """
        held = _held_today(person).filter(seat__committee=self)
        ways = set(held.values_list("seat__role", "capacity"))
        for role in Clause.Role.values:
            if (role, Holding.Capacity.HOLDER) in ways:
                return role
        for role in Clause.Role.values:
            if (role, Holding.Capacity.DEPUTY) in ways:
                return f"deputy:{role}"
        return "coordinator" if person.is_coordinator else ""

    def mandate_on(self, on: date) -> Mandate | None:
        """Return the mandate in force on the date: the newest approved one that had begun."""
        return (
            self.mandates.filter(approved_at__isnull=False, effective_from__lte=on)
            .order_by("-effective_from", "-version")
            .first()
        )


class MandateQuerySet(models.QuerySet["Mandate"]):
    def approved(self) -> MandateQuerySet:
        return self.filter(approved_at__isnull=False)

    def visible_to(self, person: Person) -> MandateQuerySet:
        """Return the mandates `person` may read.

        Approved ones are everybody's; drafts are for those who work on or may approve them.
        """
        if person.is_executive:
            return self
        drafts = models.Q(committee__in=Committee.objects.prepared_by(person))
        return self.filter(models.Q(approved_at__isnull=False) | drafts)


class Mandate(models.Model):
    """One version of a committee's terms of reference. Approved, it never changes."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="mandates")
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=2, default="da")
    source_name = models.CharField(max_length=200, blank=True)
    source_file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    source_text = models.TextField(blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=120, blank=True)
    effective_from = models.DateField(_("takes effect on"), null=True, blank=True)
    # Why it takes effect before the day on which it was approved here.
    from_because = models.CharField(max_length=MOST_OF_REASON, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    record = models.OneToOneField(Record, models.PROTECT, null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "version"], name="mandate_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("mandate", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    def can_be_edited_by(self, person: Person) -> bool:
        return not self.is_approved and self.committee.can_be_arranged_by(person)

    def can_be_approved_by(self, person: Person) -> bool:
        """Return whether `person` may put the mandate in force.

        Whoever chairs the committee, sits on the executive board or coordinates security
        confirms that the reading is right and notes which body adopted the text. Not alone who
        entered or changed it.
        """
        if self.is_approved or not self.is_approved_by_such_as(person):
            return False
        return not self.must_be_checked_by_another_than(person)

    def is_approved_by_such_as(self, person: Person) -> bool:
        """Return whether `person` holds what approving takes, whoever entered the text."""
        return (
            person.is_coordinator
            or person.is_executive
            or Committee.objects.filter(pk__in=_seated(person, Seat.CHAIRING))
            .filter(pk=self.committee_id)
            .exists()
        )

    def writers(self) -> list[Person]:
        """Return all who ever entered or changed the text."""
        changes = Event.objects.about(self).filter(act="committees.draft_changed").order_by()
        actors = changes.filter(facts__contains='"text_changed":true').values_list(
            "actor", flat=True
        )
        keys = [key for key in (self.created_by_id, self.changed_by_id) if key]
        return list(named(actors) | Person.objects.filter(pk__in=keys))

    def was_entered_by(self, person: Person) -> bool:
        """Return whether `person`, or somebody who is no other person, wrote any of the text."""
        return self.is_last_writer(person) or not are_others(self.writers(), person)

    def is_last_writer(self, person: Person) -> bool:
        """Return whether `person` entered the text, or was the last to change it."""
        return person.pk in (self.created_by_id, self.changed_by_id)

    def was_approved_alone(self) -> bool:
        """Return whether its approver had also entered it, as the chain says."""
        approvals = Event.objects.about(self).filter(act="committees.mandate_approved")
        return approvals.filter(facts__contains='"alone":true').exists()

    def must_be_checked_by_another_than(self, person: Person) -> bool:
        """Return whether `person` entered it, so that another must approve it.

        In a small municipality one person may do both, by a setting, and so may who sets it up.
        """
        if not self.was_entered_by(person):
            return False
        municipality = Municipality.current()
        alone = municipality.one_may_adopt_mandates or municipality.setup_finished_at is None
        return not alone

    def previous(self) -> Mandate | None:
        """Return the approved version before this one."""
        earlier = self.committee.mandates.approved().filter(version__lt=self.version)
        return earlier.order_by("-version").first()


class ClauseQuerySet(models.QuerySet["Clause"]):
    def in_force(self, committee: Committee, on: date) -> ClauseQuerySet:
        """Return the clauses of the mandate the committee works by on the date; one query."""
        begun = Mandate.objects.approved().filter(committee=committee, effective_from__lte=on)
        newest = begun.order_by("-effective_from", "-version").values("pk")[:1]
        return self.filter(mandate=models.Subquery(newest))


class Clause(models.Model):
    """One clause of a mandate: its text and its measure.

    Numbers follow the mandate: M members, R responsibilities, T tasks, K calendar, A agenda,
    O other. A clause without a measure is a custom clause.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", _("Member")
        RESPONSIBILITY = "responsibility", _("Responsibility")
        TASK = "task", _("Task")
        MEETING = "meeting", _("Meeting rule")
        AGENDA = "agenda", _("Agenda item")
        OTHER = "other", _("Other text")

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY_CHAIR = "deputy_chair", _("Deputy chair")
        SECRETARY = "secretary", _("Secretary")
        ADVISER = "adviser", _("Adviser")
        MEMBER = "member", _("Member")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="clauses")
    number = models.CharField(_("number"), max_length=10)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.TextField(_("text"), max_length=5000)
    measure = models.CharField(_("measured by"), max_length=40, blank=True, choices=MEASURE_CHOICES)
    cadence_months = models.PositiveSmallIntegerField(
        _("at least every (months)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    min_per_year = models.PositiveSmallIntegerField(
        _("at least a year"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    max_per_year = models.PositiveSmallIntegerField(
        _("at most a year"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    horizon_months = models.PositiveSmallIntegerField(
        _("known ahead (months)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    role = models.CharField(_("role"), max_length=20, blank=True, choices=Role.choices)
    function = models.CharField(_("function"), max_length=200, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "number"], name="clause_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}"

    @property
    def measure_label(self) -> str:
        return measure_label(self.measure) if self.measure else ""


class SeatQuerySet(models.QuerySet["Seat"]):
    def on(self, day: date) -> SeatQuerySet:
        """Return the seats that exist on the date, in the mandate's order."""
        return self.filter(held_on(day)).order_by("position", "pk")

    def with_holders(self, day: date) -> SeatQuerySet:
        """Fetch the holder of each seat on the date, as `current` (two queries in all)."""
        holdings = Holding.objects.filter(held_on(day)).select_related("person")
        return self.prefetch_related(
            models.Prefetch("holdings", queryset=holdings, to_attr="current")  # type: ignore[no-redef]
        )


class Seat(models.Model):
    """A place in a committee, from one date to another (both included)."""

    Role = Clause.Role
    PREPARING = (Clause.Role.CHAIR, Clause.Role.DEPUTY_CHAIR, Clause.Role.SECRETARY)
    CHAIRING = (Clause.Role.CHAIR, Clause.Role.DEPUTY_CHAIR)

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    number = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(_("role"), max_length=20, choices=Clause.Role.choices)
    function = models.CharField(_("function"), max_length=200, blank=True)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)
    to_because = models.CharField(max_length=MOST_OF_REASON, blank=True)  # as a holding's

    current: Sequence[Holding]
    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=ends_after_it_starts(),
                name="seat_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [str(self.get_role_display()), self.function]))

    def needs_second_yes(self, person: Person, by: Person | None) -> bool:
        """Return whether another must say yes before `person` gets the seat from `by`.

        So it is with the chair's and the deputy chair's, with their deputies, and when somebody
        seats himself or who made him up. A municipality being set up is the exception, and so is
        the program itself.
        """
        if by is None or Municipality.is_being_set_up():
            return False
        return self.role in Seat.CHAIRING or person == by or was_made_by(by, person)

    @property
    def holder(self) -> Person | None:
        """Return the holder of the seat on the date it was fetched for; None is a vacancy."""
        return self._current(Holding.Capacity.HOLDER)

    @property
    def deputy(self) -> Person | None:
        return self._current(Holding.Capacity.DEPUTY)

    def _current(self, capacity: str) -> Person | None:
        return next((h.person for h in self.current if h.capacity == capacity), None)


class Holding(models.Model):
    """A person's term as holder of a seat, or as its deputy, from one date to another."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("Holds the seat")
        DEPUTY = "deputy", _("Deputy")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    capacity = models.CharField(
        _("capacity"), max_length=10, choices=Capacity.choices, default=Capacity.HOLDER
    )
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)
    # Why it begins, or ends, before the day on which that was noted.
    from_because = models.CharField(max_length=MOST_OF_REASON, blank=True)
    to_because = models.CharField(max_length=MOST_OF_REASON, blank=True)
    ended_at = models.DateTimeField(null=True)  # at once, as of a role

    class Meta:
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "capacity"],
                condition=models.Q(to_date=None),
                name="one_open_holding_of_a_seat",
            ),
            models.CheckConstraint(
                condition=ends_after_it_starts() | models.Q(ended_at__isnull=False),
                name="holding_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.capacity} {self.seat_id}"


def _seated(person: Person, roles: Sequence[str] = ()) -> models.QuerySet[Holding, int]:
    """Return the keys of the committees in which `person` sits, or is deputy, today."""
    holdings = _held_today(person)
    if roles:
        holdings = holdings.filter(seat__role__in=roles)
    return holdings.values_list("seat__committee", flat=True)


def _held_today(person: Person) -> models.QuerySet[Holding]:
    today = timezone.localdate()
    return Holding.objects.filter(held_on(today), held_on(today, "seat__"), person=person)
