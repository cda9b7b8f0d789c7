"""The controls of annex A of ISO 27001, and the versions of the statement of applicability."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Past
from kommissorium.registers.models.kept import Owned, OwnedQuerySet
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.yearwheel.standards import STANDARDS

ANNEX_A = STANDARDS["iso27002"]  # the same controls
WORD_LENGTH = 2000


@cache
def titles() -> dict[str, Any]:
    """Return the requirement of each control, in our own words."""
    return {one.number: one.title for one in ANNEX_A}


class Applies(models.TextChoices):
    """Whether a control applies to the municipality."""

    UNDECIDED = "", gettext_lazy("Not decided")
    YES = "yes", pgettext_lazy("of a control", "Applies")
    NO = "no", gettext_lazy("Does not apply")


class Control(Owned):
    """A control of annex A: whether it applies and why, how it is met and who answers for it.

    `links` are the keys of the things in registers that somebody chose to show it
    (registers.requirements.Shown); what is tagged with the control shows it besides. Whether it
    is met is never written here: the registers tell (status.py).
    """

    PAST = Past()

    number = models.CharField(gettext_lazy("number"), max_length=10, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    applies = models.CharField(
        gettext_lazy("does it apply?"),
        max_length=5,
        choices=Applies,
        blank=True,
        default=Applies.UNDECIDED,
    )
    because = models.TextField(gettext_lazy("why, or why not"), blank=True)
    how = models.TextField(gettext_lazy("how it is met"), blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="controls",
        verbose_name=gettext_lazy("owner"),
    )
    links = models.JSONField(gettext_lazy("what shows it"), default=list, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = OwnedQuerySet["Control"].as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = gettext_lazy("control")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("control", args=[self.pk])

    @property
    def title(self) -> str:
        """Return its requirement."""
        return str(titles().get(self.number, ""))

    @property
    def tag(self) -> str:
        """Return the name of the tag that stands for it."""
        return ANNEX_A.tag_name(self.number)

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may begin the list, and set what applies and who owns what."""
        return person.is_coordinator

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may describe how it is met: its owner, and coordinators."""
        return person.is_coordinator or person.pk == self.owner_id


class SoaVersion(Proposal):
    """A version of the statement of applicability: all controls as they stood when it was put
    before the committee. Approved, it never changes (0002_freeze) but for its end."""

    number = models.PositiveSmallIntegerField(gettext_lazy("version"), unique=True, editable=False)
    news = models.TextField(gettext_lazy("what is new since the last version"), blank=True)
    rows = models.JSONField(default=list, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ProposalQuerySet["SoaVersion"].as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = gettext_lazy("statement of applicability")

    def __str__(self) -> str:
        return _("Statement of applicability, version %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("soa", args=[self.pk])
