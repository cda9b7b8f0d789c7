"""Models of duties: what recurs, how often, by whom, and what shows that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.measures import MEASURE_CHOICES
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.core.evidence.models import Past
from kommissorium.core.site import kept_host
from kommissorium.yearwheel.cadence import CadenceStep, step_on

TITLE_LENGTH = 200
TEXT_LENGTH = 5000
WORD_LENGTH = 1000
TAG_LENGTH = 60
MOST_MONTHS = 120


class Rhythm(models.TextChoices):
    """Rhythm by which a duty falls due."""

    INTERVAL = "interval", _("At fixed intervals")
    MEETING = "meeting", _("At each meeting")
    EVENT = "event", _("When it happens")
    ONCE = "once", _("Once")


class Tag(models.Model):
    """A word to find duties by. `standard` and `number` name a requirement it stands for."""

    name = models.CharField(_("name"), max_length=TAG_LENGTH, unique=True)
    standard = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["standard", "name"]

    def __str__(self) -> str:
        return self.name


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, person: Person) -> DutyQuerySet:
        """Return the duties `person` may read.

        Those of the committees they follow, and those they are or were responsible for.
        Coordinators, auditors and members of the executive board see all.
        """
        if person.is_coordinator or person.is_auditor or person.is_executive:
            return self
        today = timezone.localdate()
        held = Holding.objects.filter(
            held_on(today), person=person, capacity=Holding.Capacity.HOLDER
        )
        once = person.past_occurrences.values("duty")
        followed = models.Q(committee__in=Committee.objects.visible_to(person))
        theirs = models.Q(responsible_person=person)
        theirs |= models.Q(responsible_seat__in=held.values("seat"))
        return self.filter(followed | theirs | models.Q(pk__in=once))

    def with_clauses(self, on: date) -> DutyQuerySet:
        """Add `clause_now` and `number_now`: the clause of the mandate in force that each serves.

        A new version keeps the duties of the old one: what measures the clause tells which it
        is, and where several are measured alike, or none is, the number.
        """
        begun = Mandate.objects.approved().filter(
            committee=models.OuterRef(models.OuterRef("committee")), effective_from__lte=on
        )
        newest = begun.order_by("-effective_from", "-version").values("pk")[:1]
        same = Clause.objects.filter(
            mandate=models.Subquery(newest), measure=models.OuterRef("measure")
        )
        exact = same.filter(number=models.OuterRef("clause_number"))
        alike = same.exclude(measure="").order_by("position")
        added: dict[str, Any] = {
            name: Coalesce(
                models.Subquery(exact.values(field)[:1]), models.Subquery(alike.values(field)[:1])
            )
            for name, field in (("clause_now", "pk"), ("number_now", "number"))
        }
        return self.annotate(**added)


class Duty(models.Model):
    """A duty of somebody. How often it recurs stands in dated rows, `cadences`.

    `measure` and `clause_number` are copied from the clause, so that the duty outlives the
    version of the mandate it came from. `default_key` names the proposal it was adopted from.
    What is closed `by_decision` is due at a meeting and done when the committee has decided;
    the decision is its evidence, and nobody marks it as done.
    """

    PAST = Past(
        {
            "responsible_seat": _("seat"),
            "responsible_person": _("person"),
            "ended_on": _("ended on"),
            "ended_because": _("why it ended"),
        }
    )

    class Kind(models.TextChoices):
        WHEEL = "wheel", _("Year wheel")
        PLAN = "plan", _("Annual plan")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="duties")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="duties")
    clause_number = models.CharField(max_length=10, blank=True)
    measure = models.CharField(max_length=40, blank=True, choices=MEASURE_CHOICES)
    default_key = models.CharField(max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    method = models.TextField(_("method"), blank=True)
    success = models.TextField(_("when is it well done"), blank=True)
    evidence_wanted = models.TextField(_("evidence asked for"), blank=True)
    by_decision = models.BooleanField(default=False)
    lead_days = models.PositiveSmallIntegerField(
        _("lead time in days"), default=30, validators=[MaxValueValidator(365)]
    )
    responsible_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="duties")
    responsible_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="duties")
    feeds = models.CharField(
        _("agenda item it feeds"), max_length=40, blank=True, choices=MEASURE_CHOICES
    )
    tags = models.ManyToManyField(Tag, related_name="duties")
    begins = models.DateField(_("begins"))
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    # Of its occurrences in calendars, whatever the program's address becomes.
    calendar_host = kept_host()
    created_at = models.DateTimeField(editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    # Only on duties fetched by with_clauses().
    clause_now: int | None
    number_now: str | None
    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("duty")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])

    @property
    def is_plan(self) -> bool:
        return self.kind == self.Kind.PLAN

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    def steps(self) -> list[CadenceStep]:
        """Return its cadences for the arithmetic, in the order they were made."""
        return [cadence.step for cadence in self.cadences.all()]

    def cadence_on(self, day: date) -> DutyCadence | None:
        """Return the cadence of the day, or the first one before it began; None without any."""
        rows = list(self.cadences.all())
        index = step_on([row.step for row in rows], day)
        return rows[index] if index is not None else next(iter(rows), None)

    @property
    def cadence(self) -> DutyCadence | None:
        return self.cadence_on(timezone.localdate())

    @property
    def rhythm(self) -> str:
        """Return today's rhythm; "" for a duty without a cadence."""
        found = self.cadence
        return found.rhythm if found else ""

    def has_lost_its_clause(self) -> bool:
        """Return whether it was made for a clause the mandate in force does not have."""
        return self.clause_id is not None and self.clause_now is None

    @staticmethod
    def can_be_added_by(person: Person, committee: Committee) -> bool:
        return committee.can_be_prepared_by(person)

    def can_be_kept_by(self, person: Person) -> bool:
        """Return whether `person` may change and end it: those who prepare the committee."""
        return self.committee.can_be_prepared_by(person)

    def is_responsibility_of(self, person: Person, on: date) -> bool:
        """Return whether `person` is responsible on the date."""
        if self.responsible_seat_id is None:
            return self.responsible_person_id == person.pk
        holdings = list(_holders().filter(held_on(on), seat=self.responsible_seat_id))
        found = responsible(self, on, holdings)
        return found is not None and found.pk == person.pk

    def can_be_begun_by(self, person: Person) -> bool:
        """Return whether `person` may say that it has happened: who is responsible, and keepers."""
        today = timezone.localdate()
        return self.is_responsibility_of(person, today) or self.can_be_kept_by(person)


class DutyCadence(models.Model):
    """Cadence of a duty from a day on. Rows are added and never change (0002_freeze).

    Of two rows the one made later rules from its day on. `anchor` is the first day due.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="cadences")
    applies_from = models.DateField()
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    interval_months = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    anchor = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rhythm="interval",
                    interval_months__isnull=False,
                    interval_months__gte=1,
                    anchor__isnull=False,
                )
                | models.Q(rhythm="once", interval_months=None, anchor__isnull=False)
                | models.Q(rhythm__in=["meeting", "event"], interval_months=None, anchor=None),
                name="cadence_has_what_its_rhythm_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.rhythm} {self.interval_months or ''}"

    @property
    def step(self) -> CadenceStep:
        return CadenceStep(self.applies_from, self.interval_months or 0, self.anchor)


def responsible(duty: Duty, on: date, holdings: Sequence[Holding]) -> Person | None:
    """Return who answers for the duty on the date: the seat's holder, else the person named.

    `holdings` are the holders of its seat, and perhaps of others, each with `person` fetched.
    None where the seat is vacant and nobody is named.
    """
    for holding in holdings:
        if holding.seat_id != duty.responsible_seat_id or holding.from_date > on:
            continue
        if holding.to_date is None or holding.to_date >= on:
            return holding.person
    return duty.responsible_person


def _holders() -> models.QuerySet[Holding]:
    holders = Holding.objects.filter(capacity=Holding.Capacity.HOLDER)
    return holders.select_related("person")
