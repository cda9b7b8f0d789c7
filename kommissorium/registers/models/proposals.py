"""Proposals to a committee, evaluations among them: proposed, approved, replaced by the next."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Past, Record
from kommissorium.meetings.models import Decision


class ProposalState(models.TextChoices):
    """State of a proposal on its way through a committee."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DROPPED = "dropped", _("Given up")


class ProposalQuerySet[M: Proposal](models.QuerySet[M]):
    """Questions about what a committee decides on."""

    def visible_to(self, person: Person) -> Self:
        """Return all for coordinators, who draft, to others what is proposed or approved.

        Who may read such things at all is for their kind and the pages to ask.
        """
        if person.is_coordinator:
            return self
        return self.filter(state__in=["proposed", "approved"])

    def in_force_on(self, day: date) -> Self:
        """Return the approved ones that had begun and were not replaced on the day."""
        begun = models.Q(state="approved", in_force_from__lte=day)
        return self.filter(begun & (models.Q(in_force_to=None) | models.Q(in_force_to__gt=day)))


class Proposal(models.Model):
    """A draft that a committee's decision puts in force. Approved, only its end may change.

    `record` is what was approved, frozen. In force on a day means from `in_force_from` until
    the day before `in_force_to`; that is None while nothing has taken its place.
    """

    PAST = Past(
        {
            "state": _("state"),
            "in_force_from": _("in force from"),
            "in_force_to": _("in force until"),
        },
        closed={"state": (ProposalState.DRAFT, ProposalState.DROPPED)},
        opened_to=lambda person: person.is_coordinator,
    )

    State = ProposalState

    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    in_force_from = models.DateField(null=True)
    in_force_to = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.state == ProposalState.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == ProposalState.PROPOSED

    @property
    def is_approved(self) -> bool:
        return self.state == ProposalState.APPROVED

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may edit it, put it forward or give it up: while a draft."""
        return self.is_draft and self.can_be_drafted_by(person)

    @staticmethod
    def can_be_drafted_by(person: Person) -> bool:
        return person.is_coordinator

    def can_be_given_up_by(self, person: Person) -> bool:
        """Return whether a draft of it is the person's to give up."""
        return self.can_be_drafted_by(person)

    def is_in_force_on(self, day: date) -> bool:
        """Return whether it holds on the day."""
        if not self.in_force_from or self.in_force_from > day:
            return False
        return self.in_force_to is None or self.in_force_to > day


class Evaluation(Proposal):
    """An evaluation that a committee decides on. Approved, it never changes.

    A room adds what it is of, and its texts.
    """

    page: ClassVar[str]  # the name of its address

    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        return reverse(self.page, args=[self.pk])
