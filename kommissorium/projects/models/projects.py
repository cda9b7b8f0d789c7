"""A project that makes something more secure, its milestones, and what was told of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Past
from kommissorium.core.ui.localised import kroner
from kommissorium.registers.models.kept import Owned, OwnedQuerySet


class Standing(models.TextChoices):
    """Standing of a project, as its owner last reported it."""

    GREEN = "green", _("Green")
    YELLOW = "yellow", _("Yellow")
    RED = "red", _("Red")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")


OPEN: Final = (Standing.GREEN, Standing.YELLOW, Standing.RED)
TONES: Final = {
    Standing.GREEN: "success",
    Standing.YELLOW: "warning",
    Standing.RED: "error",
    Standing.STOPPED: "error",
}


def spent_of(spent: int, budget: int) -> str:
    """Return what is spent of a budget, in words."""
    return gettext("%(number)s of %(total)s") % {"number": kroner(spent), "total": kroner(budget)}


class ProjectQuerySet(OwnedQuerySet["Project"]):
    def standing_on(self, day: date | None = None) -> ProjectQuerySet:
        """Return them with what was told last, by the day where one is named.

        Those that nothing was told of by then are left out.
        """
        told = ProjectUpdate.objects.filter(project=OuterRef("pk"))
        told = (told.filter(day__lte=day) if day else told).order_by("-pk")
        names = ("standing", "reason", "spent", "asked", "budget")
        found = {f"now_{name}": Subquery(told.values(name)[:1]) for name in names}
        found["told_on"] = Subquery(told.values("day")[:1])
        rows: Any = self.annotate(**found)
        known: ProjectQuerySet = rows.exclude(told_on=None)
        return known

    def open_on(self, day: date | None = None) -> ProjectQuerySet:
        """Return those under way, each with what was told last."""
        rows: Any = self.standing_on(day)
        found: ProjectQuerySet = rows.filter(now_standing__in=OPEN)
        return found

    def silent_since(self, day: date) -> ProjectQuerySet:
        """Return those under way of which nothing was told from the day on."""
        rows: Any = self.open_on()
        found: ProjectQuerySet = rows.filter(told_on__lt=day)
        return found


class Project(Owned):
    """A security project. How it stands is told by its updates; `risks` are keys of what it lowers
    (registers.foreseen)."""

    PAST = Past()

    title = models.CharField(_("project"), max_length=200)
    goal = models.TextField(_("what is to be reached"))
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    budget = models.PositiveIntegerField(_("budget in kroner"))
    begins = models.DateField(_("begins on"))
    due = models.DateField(_("to be finished by"))
    risks = models.JSONField(_("risks it lowers"), default=list, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edit_version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    # Of the newest update, where they were asked for along (standing_on).
    now_standing: str
    now_reason: str
    now_spent: int
    now_budget: int
    now_asked: int | None
    told_on: date
    is_silent: bool  # where the numbers are counted (signals.py)

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("project")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.now_standing in OPEN

    @property
    def tone(self) -> str:
        return TONES.get(Standing(self.now_standing), "")

    @property
    def standing_label(self) -> str:
        return str(Standing(self.now_standing).label)

    @property
    def over_budget(self) -> int:
        """Return how many kroner more are spent than there are; 0 for none."""
        return max(0, self.now_spent - self.budget)

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        return person.is_coordinator


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def late_on(self, day: date) -> MilestoneQuerySet:
        """Return those that were to be reached before the day and were not by then."""
        return self.filter(Q(reached_on=None) | Q(reached_on__gt=day), due__lt=day)


class Milestone(models.Model):
    """A step of a project, to be reached by a day between its first and its last."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due = models.DateField(_("to be reached by"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("milestone")

    def __str__(self) -> str:
        return self.title


class ProjectUpdate(models.Model):
    """Standing of a project on a day. Never changes (0002_freeze): a mistake is reported again."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="updates")
    day = models.DateField()
    standing = models.CharField(_("how it stands"), max_length=10, choices=Standing)
    reason = models.TextField(
        _("why"), help_text=_("What has happened, and what is the next step.")
    )
    spent = models.PositiveIntegerField(_("spent so far, in kroner"))
    asked = models.PositiveIntegerField(
        _("money asked for beyond the budget, in kroner"),
        null=True,
        blank=True,
        help_text=_("Leave it empty where no more is needed. The executive board is told."),
    )
    budget = models.PositiveIntegerField()  # as it was on the day
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("status of a project")

    def __str__(self) -> str:
        return f"{self.day} {self.standing}"

    @property
    def tone(self) -> str:
        return TONES.get(Standing(self.standing), "")
