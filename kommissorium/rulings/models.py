"""Interpretations of rules, and dispensations from them: asked for, decided, shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset, reads_whole_register
from kommissorium.policies.models.documents import Document
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet

MOST_DAYS: Final = 90  # a question may wait for its ruling
WAITING: Final = ("draft", "proposed")  # nobody has decided on it yet
SOON: Final = timedelta(days=60)  # a dispensation comes back to the committee before it runs out
YEARS: Final = 2  # a dispensation lasts at most: what lasts longer is another rule


class RulingQuerySet[M: "Ruling"](ProposalQuerySet[M]):
    """Questions about what was asked of rules."""

    def visible_to(self, person: Person) -> Self:
        """Return all to readers of registers, to others their own and those of their documents."""
        if reads_whole_register(person):
            return self
        own = models.Q(made_by=person) | models.Q(document__owner=person)
        return self.filter(own | self.open_to_readers(person))

    def open_to_readers(self, person: Person) -> models.Q:
        """Return the condition on what whoever reads the document reads."""
        return models.Q(pk__in=[])

    def waiting(self) -> Self:
        """Return those nobody has decided on yet."""
        return self.filter(state__in=WAITING)


class Ruling(Proposal):
    """Request about a rule: it refers to a heading of a document, as it was named then."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="%(class)ss")
    heading = models.CharField(max_length=200, blank=True)  # its key; "" for the whole
    heading_title = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def standing(self) -> str:
        """Return how far it is, in the words of whoever asked."""
        if self.is_approved:
            return str(_("In force") if self.in_force_to is None else _("Held before"))
        return self.get_state_display()

    @property
    def tone(self) -> str:
        """Return the colour of the badge that says so."""
        return "success" if self.is_approved and self.in_force_to is None else "neutral"

    def can_be_given_up_by(self, person: Person) -> bool:
        """Return whether `person` asked, or coordinates and whoever asked has left."""
        is_orphan = person.is_coordinator and not self.made_by.is_active
        return is_orphan or person.pk == self.made_by_id

    @property
    def rule(self) -> str:
        """Return what it is about: the document, and the heading where it names one."""
        return f"{self.document.title}: {self.heading_title}".removesuffix(": ")

    @property
    def rule_url(self) -> str:
        """Return where the rule is read."""
        page = self.document.get_absolute_url()
        return f"{page}#{self.heading}" if self.heading else page


class InterpretationQuerySet(RulingQuerySet["Interpretation"]):
    def open_to_readers(self, person: Person) -> models.Q:
        read = Document.objects.visible_to(person).values("pk")
        return models.Q(state="approved", document__in=read)


class Interpretation(Ruling):
    """A question about a rule, and how it is to be understood. Ruled, it never changes (freeze)."""

    question = models.TextField(_("question"))
    ruling = models.TextField(
        _("how the rule is to be understood"),
        blank=True,
        help_text=_("Everybody who reads the document sees it at the heading. Name no persons."),
    )

    objects = InterpretationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("interpretation")

    def __str__(self) -> str:
        return self.rule

    def get_absolute_url(self) -> str:
        return reverse("interpretation", args=[self.pk])

    @property
    def standing(self) -> str:
        return str(_("Waiting for a ruling")) if self.is_draft else super().standing


class DispensationQuerySet(RulingQuerySet["Dispensation"]):
    def in_force_on(self, day: date) -> Self:
        """Return those that had been given, and had neither run out nor been ended, on the day."""
        return super().in_force_on(day).filter(last_day__gte=day)

    def running_out(self, day: date) -> Self:
        """Return those given that have run out by the day and are neither renewed nor ended."""
        return self.filter(state="approved", in_force_to=None, last_day__lte=day)


class Dispensation(Ruling):
    """Dispensation from a rule somewhere, until a day. Once given, only its end may change.

    `lineage` is the same in each that renews one. One that has run out stays with the committee
    until it is renewed or ended: `in_force_to` says that it is.
    """

    lineage = models.UUIDField(default=uuid4, db_index=True, editable=False)
    place = models.CharField(
        _("where it is to hold"),
        max_length=200,
        help_text=_("The place, the task or the equipment, in a few words."),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    asset = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("system, data set or archive"),
    )
    reason = models.TextField(_("why the rule cannot be followed"))
    measure = models.TextField(
        _("what is done instead"), help_text=_("The measure that makes up for the rule.")
    )
    last_day = models.DateField(
        _("last day"),
        help_text=_("At most two years ahead. What is to last is a change of the rule."),
    )
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_because = models.TextField(blank=True)

    objects = DispensationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("dispensation")

    def __str__(self) -> str:
        return f"{self.rule} ({self.place})"

    def get_absolute_url(self) -> str:
        return reverse("dispensation", args=[self.pk])

    @property
    def standing(self) -> str:
        if self.is_draft:
            return str(_("Applied for"))
        return str(_("Has run out")) if self.has_run_out else super().standing

    @property
    def tone(self) -> str:
        return "danger" if self.has_run_out else super().tone

    @property
    def has_run_out(self) -> bool:
        """Return whether its last day is over and it is neither renewed nor ended."""
        return self.is_standing and self.last_day < timezone.localdate()

    @property
    def held_until(self) -> date | None:
        """Return the last day on which it held, where it no longer holds."""
        return min(self.last_day, self.in_force_to) if self.in_force_to else None

    def is_in_force_on(self, day: date) -> bool:
        return super().is_in_force_on(day) and day <= self.last_day

    def can_be_rewritten_by(self, person: Person) -> bool:
        """Return whether `person` may change the application: who made it, and coordinators."""
        return self.is_draft and (person.is_coordinator or person.pk == self.made_by_id)

    @property
    def is_standing(self) -> bool:
        """Return whether it was given and is neither renewed nor ended: it may have run out."""
        return self.is_approved and self.in_force_to is None

    def is_kept_by(self, person: Person) -> bool:
        """Return whether it is the person's to end or renew: who applied, the document's owner."""
        return person.is_coordinator or person.pk in (self.made_by_id, self.document.owner_id)
