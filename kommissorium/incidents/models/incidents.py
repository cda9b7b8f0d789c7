"""Incidents, their handlers, and the rights to know of them."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Answer, Area, Asset
from kommissorium.core.evidence.models import Past
from kommissorium.incidents.models.kinds import (
    OPEN,
    TONES,
    Channel,
    Nature,
    Role,
    Severity,
    State,
    Type,
    question,
)
from kommissorium.registers.mails import is_chair, is_dpo

TEXT_LENGTH, LINE_LENGTH = 5000, 200
MOST_PERSONS = 10_000_000


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, person: Person) -> IncidentQuerySet:
        """Return the cases `person` may read.

        The data protection officer reads all, coordinators and chairs those that are not
        restricted; of a restricted one the coordinator who triaged it. Handlers read their own.
        """
        if is_dpo(person):
            return self
        own = Q(pk__in=Handler.objects.current().filter(person=person).values("incident"))
        if person.is_coordinator:
            return self.filter(own | Q(is_restricted=False) | Q(coordinator=person))
        return self.filter(own | Q(is_restricted=False) if is_chair(person) else own)

    def reported_by(self, person: Person) -> IncidentQuerySet:
        """Return those the person reported: their own part of it is theirs to follow."""
        return self.filter(reporter=person)

    def open(self) -> IncidentQuerySet:
        return self.filter(state__in=OPEN)

    def incidents(self) -> IncidentQuerySet:
        """Return those that turned out to be security incidents."""
        return self.filter(nature=Nature.INCIDENT)


class Incident(models.Model):
    """A report, and the case that it became.

    `receipt` is the number the reporter gets, which tells nothing of others; `year` and `number`
    are those of the case. What was reported stands in `what`, `place` and `personal_data` as it
    was written. `secret_hash` lets a reporter without sign-in follow it.
    """

    PAST = Past({"reporter": ""}, closed={"is_restricted": (True,)})

    receipt = models.CharField(max_length=12, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.REPORTED
    )
    channel = models.CharField(_("reported"), max_length=15, choices=Channel.choices)
    reporter = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("reporter")
    )
    secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    reported_at = models.DateTimeField(_("reported at"))
    discovered_at = models.DateTimeField(_("discovered at"))
    happened_at = models.DateTimeField(_("began at"), null=True, blank=True)
    what = models.TextField(_("what happened"))
    place = models.CharField(_("which system, or where"), max_length=LINE_LENGTH, blank=True)
    personal_data = question(_("are personal data involved?"))
    # Triage
    title = models.CharField(
        _("title"),
        max_length=LINE_LENGTH,
        blank=True,
        help_text=_("A few words that name no person."),
    )
    nature = models.CharField(_("what it is"), max_length=10, choices=Nature.choices, blank=True)
    type = models.CharField(_("type"), max_length=15, choices=Type.choices, blank=True)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, null=True, blank=True
    )
    hits_confidentiality = models.BooleanField(_("confidentiality"), default=False)
    hits_integrity = models.BooleanField(_("integrity"), default=False)
    hits_availability = models.BooleanField(_("availability"), default=False)
    assets: Any = models.ManyToManyField(Asset, blank=True, related_name="incidents")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    persons = models.PositiveIntegerField(
        _("number of persons concerned"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PERSONS)],
    )
    person_groups = models.CharField(
        _("groups of persons concerned"),
        max_length=LINE_LENGTH,
        blank=True,
        help_text=_("For example pupils, citizens of a service, employees."),
    )
    data_groups = models.CharField(
        _("kinds of personal data"),
        max_length=LINE_LENGTH,
        blank=True,
        help_text=_("For example names, CPR numbers, health."),
    )
    is_attack = question(_("is it an attack?"))
    is_breach = question(_("is it a personal data breach?"))
    is_significant = question(
        _("is it significant under NIS 2?"),
        help_text=_(
            "Serious disruption of operations or financial loss, or considerable damage to others."
        ),
    )
    plan_activated = question(_("is a contingency plan activated?"))
    is_restricted = models.BooleanField(
        _("it is about an employee, or must be known to few"), default=False
    )
    processor_told_at = models.DateTimeField(_("the processor told us at"), null=True, blank=True)
    coordinator = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    triaged_at = models.DateTimeField(null=True)
    # Closing: the log of breaches wants facts, effects and remedy (GDPR art. 33(5))
    effects = models.TextField(_("effects"), blank=True)
    remedy = models.TextField(_("what was done about it"), blank=True)
    closed_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    names_erased_at = models.DateTimeField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("incident")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_incident_of_a_number"),
            models.CheckConstraint(
                condition=Q(happened_at=None) | Q(happened_at__lte=models.F("discovered_at")),
                name="incident_begins_before_discovery",
            ),
        ]
        indexes = [models.Index(fields=["state"]), models.Index(fields=["reporter"])]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.pk])

    @property
    def case_number(self) -> str:
        return f"{self.year}-{self.number:03}"

    @property
    def label(self) -> str:
        """Return its name where names and details must not be shown."""
        return str(_("Incident %(number)s") % {"number": self.case_number})

    @property
    def heading(self) -> str:
        """Return the title the triage gave it; before that its place."""
        return self.title or self.place or str(_("Not triaged yet"))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]

    @property
    def is_incident(self) -> bool:
        return self.nature == Nature.INCIDENT

    @property
    def laws(self) -> list[str]:
        """Return the laws that require notifications, by their codes in laws.toml."""
        found = {"gdpr": self.is_breach, "nis2": self.is_significant}
        return [law for law, answer in found.items() if answer == Answer.YES and self.is_incident]

    @property
    def may_be_evaluated(self) -> bool:
        """Return whether an evaluation can be begun: it is closed, and none is on its way."""
        on_its_way = self.evaluations.filter(state__in=("draft", "proposed"))
        return self.state == State.CLOSED and not on_its_way.exists()

    def can_be_triaged_by(self, person: Person) -> bool:
        return person.is_coordinator and self.is_seen_by(person)

    def can_be_handled_by(self, person: Person) -> bool:
        """Return whether `person` works on it: its handlers, and the coordinator who may see it."""
        if self.handlers.current().filter(person=person).exists():
            return True
        return person.is_coordinator and self.is_seen_by(person)

    def can_be_advised_by(self, person: Person) -> bool:
        """Return whether `person` advises on data protection: its officer, who decides nothing."""
        return is_dpo(person)

    def is_seen_by(self, person: Person) -> bool:
        return Incident.objects.visible_to(person).filter(pk=self.pk).exists()

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` decides how incidents are reported."""
        return person.is_coordinator


class HandlerQuerySet(models.QuerySet["Handler"]):
    def current(self) -> HandlerQuerySet:
        return self.filter(ended_at=None)


class Handler(models.Model):
    """A person's part in the handling of a case, from one moment to another."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="handlers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("part"), max_length=15, choices=Role.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = HandlerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("handler")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person"],
                condition=Q(ended_at=None),
                name="one_open_part_of_a_person_in_an_incident",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.role}"
