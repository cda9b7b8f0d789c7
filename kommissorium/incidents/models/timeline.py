"""What came of a case: its timeline, who has read it, and what a committee concluded."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.files.models import StoredFile
from kommissorium.incidents.models.incidents import Incident
from kommissorium.incidents.models.kinds import EntryKind
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.tasks.models import TITLE_LENGTH, Task

NAME_LENGTH = 150


class Entry(models.Model):
    """A line of a case's timeline. Never changes (0002_freeze): corrections are added anew.

    `by` is nobody where the program, or a reporter without sign-in, wrote it. A file is
    evidence by its hash.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=15, choices=EntryKind.choices)
    at = models.DateTimeField(_("when"))
    written_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("what happened"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("line of the timeline")

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind}"

    @property
    def is_for_reporter(self) -> bool:
        """Return whether the reporter sees it: their own words, and answers to them."""
        return self.kind in (EntryKind.REPORT, EntryKind.ANSWER)


class ConcernedPerson(models.Model):
    """The name of somebody an incident concerned, kept apart from the case.

    It stands on one page alone: in no minutes, mail, search, chain or file of figures. It is
    erased by rule when the case is in the records system; the case stays.
    """

    UNKEPT = "a rule erases them"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="concerned")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    note = models.CharField(_("note"), max_length=200, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person concerned")

    def __str__(self) -> str:
        return f"{self.incident_id} {self.pk}"


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
