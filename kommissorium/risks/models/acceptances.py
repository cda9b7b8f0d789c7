"""Acceptance of risks: by whom, in which capacity, for how much and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.evidence.models import Past, Record
from kommissorium.core.ui.localised import kroner
from kommissorium.meetings.models import Decision
from kommissorium.risks.models.assessments import WORD_LENGTH, Assessment, Scenario

TEXT_LENGTH = 5000


class Capacity(models.TextChoices):
    """Capacity in which somebody accepts a risk; the later ones may accept more."""

    OWNER = "owner", _("Risk owner")
    HEAD = "head", _("Head of the area")
    CHAIR = "chair", _("Chair of the committee")
    COMMITTEE = "committee", _("The committee")
    EXECUTIVE = "executive", _("Executive board")


# Who may accept a risk in the highest band.
HIGHEST = (Capacity.COMMITTEE, Capacity.EXECUTIVE)


class AuthorityLimit(models.Model):
    """Limit of acceptance in a capacity, in whole kroner; without amounts nothing may be accepted.

    `highest_rank` is the worst band one may accept. None means any, for the committee and the
    executive board alone.
    """

    capacity = models.CharField(max_length=10, choices=Capacity.choices, unique=True)
    per_risk = models.PositiveBigIntegerField(_("for one acceptance"), null=True, blank=True)
    per_year = models.PositiveBigIntegerField(_("in a budget year"), null=True, blank=True)
    highest_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(per_risk=None, per_year=None, highest_rank=None)
                | models.Q(per_risk__isnull=False, per_year__isnull=False)
                & (
                    models.Q(highest_rank__isnull=False)
                    | models.Q(capacity__in=["committee", "executive"])
                ),
                name="limit_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.capacity

    @property
    def is_laid_down(self) -> bool:
        return self.per_risk is not None

    @staticmethod
    def can_be_set_by(person: Person) -> bool:
        return person.is_coordinator


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def visible_to(self, person: Person) -> AcceptanceQuerySet:
        """Return all for whoever reads the registers, else those of which the person may read each
        risk: what is accepted of several together tells of all of them."""
        if reads_whole_register(person):
            return self
        seen = Assessment.objects.visible_to(person).values("pk")
        own = AcceptedRisk.objects.filter(scenario__assessment__in=seen)
        hidden = AcceptedRisk.objects.exclude(scenario__assessment__in=seen)
        found = self.filter(pk__in=own.values("acceptance"))
        return found.exclude(pk__in=hidden.values("acceptance"))

    def in_force_at(self, moment: datetime, day: date) -> AcceptanceQuerySet:
        """Return those that counted then: accepted, not withdrawn, replaced, void or expired."""
        begun = models.Q(accepted_at__lte=moment, expires_on__gte=day)
        standing = models.Q(ended_at=None) | models.Q(ended_at__gt=moment)
        return self.filter(begun & standing)

    def live_on(self, day: date) -> AcceptanceQuerySet:
        """Return those that count on the day as far as is known now, and those that wait then."""
        states = [Acceptance.State.PROPOSED, Acceptance.State.ACCEPTED]
        return self.filter(state__in=states, expires_on__gte=day, ended_at=None)

    def waiting_on(self, day: date) -> AcceptanceQuerySet:
        """Return those that wait for an answer: nothing is accepted for days that are over."""
        waiting = self.filter(state=Acceptance.State.PROPOSED, ended_at=None)
        return waiting.filter(expires_on__gte=day)

    def standing(self) -> AcceptanceQuerySet:
        """Return those that were given and have not been ended; they may have expired."""
        return self.filter(state=Acceptance.State.ACCEPTED, ended_at=None)

    def expiring(self, day: date, days: int) -> AcceptanceQuerySet:
        """Return those whose last day lies between the day and so many days after it."""
        return self.standing().filter(expires_on__range=(day, day + timedelta(days=days)))

    def expired_by(self, day: date) -> AcceptanceQuerySet:
        """Return those whose last day is over and that nothing has taken the place of."""
        return self.standing().filter(expires_on__lt=day)

    def of_budget(self, year: int) -> AcceptanceQuerySet:
        """Return those that weigh on a budget year: a yearly loss on each year it holds in."""
        lasting = models.Q(loss=Acceptance.Loss.YEARLY, budget_year__lt=year)
        lasting &= models.Q(expires_on__gte=date(year, 1, 1))
        return self.filter(models.Q(budget_year=year) | lasting)

    def of_lineages(self, lineages: Iterable[UUID]) -> AcceptanceQuerySet:
        """Return those of any of these risks."""
        own = AcceptedRisk.objects.filter(lineage__in=list(lineages))
        return self.filter(pk__in=own.values("acceptance"))

    def about_assets(self, keys: Iterable[int]) -> AcceptanceQuerySet:
        """Return those of risks of assessments of any of these assets."""
        own = AcceptedRisk.objects.filter(scenario__assessment__assets__in=list(keys))
        return self.filter(pk__in=own.values("acceptance"))


class Acceptance(models.Model):
    """Acceptance of one or several risks as they are, and its terms.

    Proposed by one person and accepted by another. What was accepted never changes
    (0002_freeze): it ends by its day, or by a row's `ended_at`: withdrawn, replaced or void.
    `amount` is whole kroner, the possible loss that is accepted, once or in each year, in the
    budget of `budget_year`; `measure_cost` is what the measure that is not taken would have cost.
    `longer_because` says why it holds beyond the year of the risk level.
    """

    PAST = Past({"state": _("state"), "ended_because": _("why it ended")})

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", pgettext_lazy("risk", "Accepted")
        REFUSED = "refused", _("Not accepted")

    class Ending(models.TextChoices):
        NONE = "", _("Stands")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced")
        VOID = "void", _("Void because the risk changed")

    class Loss(models.TextChoices):
        ONCE = "once", pgettext_lazy("loss", "Once")
        YEARLY = "yearly", pgettext_lazy("loss", "Every year")

    reason = models.TextField(_("reason"))
    amount = models.PositiveBigIntegerField(_("possible loss"))
    loss = models.CharField(max_length=10, choices=Loss.choices, default=Loss.ONCE)
    measure_cost = models.PositiveBigIntegerField(_("cost of the measure not taken"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    conditions = models.TextField(_("conditions"), blank=True)
    expires_on = models.DateField(_("holds until"))
    longer_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    capacity = models.CharField(_("to be accepted by"), max_length=10, choices=Capacity.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="proposed_acceptances")
    proposed_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="given_acceptances"
    )
    accepted_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=WORD_LENGTH, blank=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("risk acceptance")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="accepted", accepted_at__isnull=False)
                | (~models.Q(state="accepted") & models.Q(accepted_at=None)),
                name="acceptance_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_by=None)
                | ~models.Q(accepted_by=models.F("proposed_by")),
                name="four_eyes_on_an_acceptance",
            ),
        ]
        indexes = [models.Index(fields=["budget_year", "state"])]

    def __str__(self) -> str:
        return f"{self.amount} {self.expires_on}"

    def get_absolute_url(self) -> str:
        return reverse("acceptance", args=[self.pk])

    @property
    def loss_in_words(self) -> str:
        """Return the possible loss that is accepted: "250.000 kr.", or so much every year."""
        return in_kroner(self.amount, self.loss)

    def is_in_force_on(self, day: date) -> bool:
        """Return whether it counts on the day: an expired one is void from that minute."""
        is_given = self.state == self.State.ACCEPTED and self.ended_at is None
        return is_given and self.expires_on >= day

    def waits_on(self, day: date) -> bool:
        """Return whether it waits for an answer, and its last day is not over."""
        return self.is_unanswered and self.expires_on >= day

    def has_lapsed_on(self, day: date) -> bool:
        """Return whether its last day went by before anybody answered."""
        return self.is_unanswered and self.expires_on < day

    @property
    def is_unanswered(self) -> bool:
        """Return whether it was proposed, and neither answered nor taken back."""
        return self.state == self.State.PROPOSED and self.ended_at is None

    @property
    def is_standing(self) -> bool:
        """Return whether it was given and has not been ended; it may have expired."""
        return self.state == self.State.ACCEPTED and self.ended_at is None


def in_kroner(amount: int, loss: str) -> str:
    """Return a possible loss in words."""
    words = kroner(amount)
    yearly = loss == Acceptance.Loss.YEARLY
    return gettext("%(amount)s every year") % {"amount": words} if yearly else words


class AcceptedRisk(models.Model):
    """A risk of an acceptance, as it was when it was proposed. Never changes (0002_freeze)."""

    acceptance = models.ForeignKey(Acceptance, models.PROTECT, related_name="risks")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="acceptances")
    lineage = models.UUIDField()
    likelihood = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "scenario"], name="one_risk_once"),
        ]
        indexes = [models.Index(fields=["lineage"])]

    def __str__(self) -> str:
        return f"{self.acceptance_id} {self.scenario_id}"
