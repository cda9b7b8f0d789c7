"""What a committee concludes of an incident: how it was handled, why it came, what was learned."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.incidents.models.incidents import Incident
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet


class EvaluationQuerySet(ProposalQuerySet["Evaluation"]):
    """Questions about evaluations."""


class Evaluation(Proposal):
    """An evaluation of an incident. Approved, it never changes (0002_freeze). It names no persons."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="evaluations")
    summary = models.TextField(
        gettext_lazy("what happened"), help_text=gettext_lazy("Write no names.")
    )
    went_well = models.TextField(gettext_lazy("handling: what went well"), blank=True)
    went_badly = models.TextField(gettext_lazy("handling: what did not go well"), blank=True)
    cause = models.TextField(gettext_lazy("background: the cause"), blank=True)
    contributing = models.TextField(gettext_lazy("background: contributing causes"), blank=True)
    scenario = models.CharField(
        gettext_lazy("background: which risk it was"), max_length=300, blank=True
    )
    measures = models.TextField(gettext_lazy("background: did our measures work?"), blank=True)
    learning = models.TextField(gettext_lazy("learning"), blank=True)
    actions = models.TextField(
        gettext_lazy("learning: tasks, changed risks and changed rules"), blank=True
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("evaluation")

    def __str__(self) -> str:
        return self.incident.label

    def get_absolute_url(self) -> str:
        return reverse("incident_evaluation", args=[self.pk])
