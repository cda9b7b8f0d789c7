"""A committee's conclusions about an incident: its handling, its cause, its lessons."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.incidents.models.incidents import Incident
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.tasks.models import TITLE_LENGTH, Task


class Evaluation(Proposal):
    """An evaluation of an incident. Approved, it never changes (0002_freeze). It names no persons."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="evaluations")
    summary = models.TextField(_("what happened"), help_text=_("Write no names."))
    went_well = models.TextField(_("handling: what went well"), blank=True)
    went_badly = models.TextField(_("handling: what did not go well"), blank=True)
    cause = models.TextField(_("background: the cause"), blank=True)
    contributing = models.TextField(_("background: contributing causes"), blank=True)
    scenario = models.CharField(
        _("background: which risk it was"),
        max_length=500,
        blank=True,
        help_text=_("Write it only where it stands in no register."),
    )
    scenario_key = models.CharField(max_length=50, blank=True, editable=False)
    measures = models.TextField(_("background: did our measures work?"), blank=True)
    learning = models.TextField(_("learning"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ProposalQuerySet["Evaluation"].as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("evaluation")

    def __str__(self) -> str:
        return self.incident.label

    def get_absolute_url(self) -> str:
        return reverse("incident_evaluation", args=[self.pk])


class Lesson(models.Model):
    """A consequence of an evaluation once the committee approves it: then `task` is given.

    A risk to be assessed anew is the scenario of the evaluation, and its register gives the task.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("A task")
        RULE = "rule", _("A rule is to be changed")
        RISK = "risk", _("The risk is to be assessed anew")

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="lessons")
    kind = models.CharField(_("what is to come of it"), max_length=10, choices=Kind)
    title = models.CharField(
        _("what is to be done"), max_length=TITLE_LENGTH, help_text=_("Write no names.")
    )
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
        help_text=_("Of a risk its owner, unless it stands in no register."),
    )
    due = models.DateField(_("due"))
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("what is learned")

    def __str__(self) -> str:
        return self.title
