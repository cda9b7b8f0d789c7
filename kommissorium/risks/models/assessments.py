"""Risk assessments and their scenarios, and which import made one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import Area, Asset, reads_whole_register
from kommissorium.assets.models.areas import searched
from kommissorium.core.evidence.models import Past
from kommissorium.registers.models import ImportRun
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.risks.models.scales import Scale
from kommissorium.risks.models.threats import Threat

TITLE_LENGTH, LINE_LENGTH, TEXT_LENGTH, WORD_LENGTH = 200, 500, 5000, 1000
# The dimensions of consequence: what is lost, and for whom. Those of society are optional.
DIMENSIONS = (
    *("confidentiality_person", "integrity_person", "availability_person"),
    *("confidentiality_organisation", "integrity_organisation", "availability_organisation"),
)
OPTIONAL_DIMENSIONS = ("society", "authenticity")


class AssessmentQuerySet(ProposalQuerySet["Assessment"]):
    def visible_to(self, person: Person) -> AssessmentQuerySet:
        """Return all for readers of registers, else those one makes or owns a risk in, and those
        about an area one heads or an asset one has a role in or whose area one heads."""
        if reads_whole_register(person):
            return self
        made = Assessment.objects.filter(assessor=person).order_by().values("pk")
        headed = Assessment.objects.filter(area__head=person).order_by().values("pk")
        read = Asset.objects.visible_to(person).values("pk")
        about = Assessment.assets.through.objects.filter(asset__in=read).values("assessment")
        owned = Scenario.objects.filter(owner=person).order_by().values("assessment")
        return self.filter(pk__in=made.union(headed, about, owned))

    def in_force(self) -> AssessmentQuerySet:
        return self.filter(in_force_from__isnull=False, in_force_to=None)


class Assessment(Proposal):
    """Assessment of what can go wrong with something, as some people saw it on a day.

    Made as a draft, proposed to the committee, and approved by a decision: from then on it and
    its scenarios never change (0002_freeze), but for `in_force_to`, the day a newer one of the
    same thing took its place.
    """

    PAST = Past(Proposal.PAST.labels)  # whoever reads it reads drafts of it

    class Scope(models.TextChoices):
        ASSET = "asset", _("A system, data set or archive")
        ASSETS = "assets", _("A group of systems, data sets or archives")
        PROCESS = "process", _("A process")
        AREA = "area", _("An area")
        ORGANISATION = "organisation", _("The whole organisation")

    scope = models.CharField(_("what is assessed"), max_length=15, choices=Scope.choices)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    assets = models.ManyToManyField(Asset, blank=True, related_name="assessments")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    process = models.CharField(_("process"), max_length=TITLE_LENGTH, blank=True)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="assessments")
    with_society = models.BooleanField(_("also weigh society and authenticity"), default=False)
    assessed_on = models.DateField(_("assessed on"))
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    participants = models.ManyToManyField(Person, blank=True, related_name="joined_assessments")
    others = models.CharField(_("others who took part"), max_length=LINE_LENGTH, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        verbose_name = _("risk assessment")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="approved", in_force_from__isnull=False)
                | (~models.Q(state="approved") & models.Q(in_force_from=None, in_force_to=None)),
                name="approved_assessment_is_in_force_from_a_day",
            ),
        ]
        indexes = [models.Index(fields=["in_force_to", "in_force_from"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessment", args=[self.pk])

    def can_be_edited_by(self, person: Person) -> bool:
        """Return whether `person` may write in it: while a draft, those who write in it at all."""
        return self.is_draft and self.is_written_by(person)

    def is_written_by(self, person: Person) -> bool:
        """Return whether `person` writes in its drafts: coordinators, who makes it, and who has a
        role in all it is about."""
        return person.is_coordinator or person.pk == self.assessor_id or self.is_own_of(person)

    def assets_for(self, person: Person) -> list[Asset]:
        """Return the assets it is about, knowing whether `person` has a role in each (one query).

        An assessment of anything else is about none.
        """
        if self.scope not in {self.Scope.ASSET, self.Scope.ASSETS}:
            return []
        return list(self.assets.asked_for_by(person).order_by("name", "pk"))

    def is_own_of(self, person: Person, assets: Sequence[Asset] | None = None) -> bool:
        """Return whether `person` has a role today in every asset it is about.

        `assets` are assets_for, where they have been asked for already.
        """
        about = self.assets_for(person) if assets is None else assets
        return bool(about) and all(one.has_owner(person) for one in about)

    def can_be_dropped_by(self, person: Person) -> bool:
        """Return whether `person` may give it up: who made the draft, and coordinators."""
        return self.is_draft and (person.is_coordinator or person.pk == self.created_by_id)

    def can_be_taken_back_by(self, person: Person) -> bool:
        """Return whether `person` may make a draft of what was proposed and not yet decided."""
        return self.state == self.State.PROPOSED and person.is_coordinator

    def can_be_proposed_by(self, person: Person) -> bool:
        """Return whether `person` may put it before the committee."""
        return self.is_draft and person.is_coordinator

    @staticmethod
    def can_be_made_by(person: Person) -> bool:
        """Return whether `person` may begin one of anything; owners may of their own assets."""
        return person.is_coordinator


class Treatment(models.TextChoices):
    """Treatment chosen for a risk."""

    NONE = "", _("Not decided")
    ACCEPT = "accept", _("Accept")
    AVOID = "avoid", _("Avoid")
    SHARE = "share", _("Share")
    MITIGATE = "mitigate", _("Mitigate")


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, person: Person) -> ScenarioQuerySet:
        """Return those of the assessments `person` may read."""
        if reads_whole_register(person):
            return self
        return self.filter(assessment__in=Assessment.objects.visible_to(person).values("pk"))

    def in_force(self) -> ScenarioQuerySet:
        """Return those of today's picture."""
        return self.filter(is_in_force=True)

    def in_force_on(self, day: date) -> ScenarioQuerySet:
        """Return those of the picture of a day."""
        return self.filter(assessment__in=Assessment.objects.in_force_on(day).values("pk"))


class Scenario(models.Model):
    """A risk: something that can happen to what is assessed, how likely and how bad.

    The consequences are steps of the scale by dimension, None where it does not matter;
    `consequence` is the greatest of them, `rank` the band of the cell (kept by the actions),
    and the residual ones what is left once the treatment works. `lineage` stays the same from
    one assessment to the next, so that a risk can be followed. `is_in_force` is kept by the
    actions, so that lists count without asking what replaced what.
    """

    PAST = Past(
        {
            "owner": _("owner"),
            "consequence": _("consequence"),
            "residual_likelihood": _("likelihood after treatment"),
            "residual_consequence": _("consequence after treatment"),
        }
    )

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scenarios")
    lineage = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    threat = models.ForeignKey(Threat, models.PROTECT, null=True, related_name="scenarios")
    group = models.CharField(max_length=15)  # the threat's, kept so that lists need no join
    title = models.CharField(_("what can happen"), max_length=TITLE_LENGTH)
    description = models.TextField(_("how, and what it would mean"), blank=True)
    measures = models.TextField(_("existing measures"), blank=True)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), null=True)
    confidentiality_person = models.PositiveSmallIntegerField(null=True)
    integrity_person = models.PositiveSmallIntegerField(null=True)
    availability_person = models.PositiveSmallIntegerField(null=True)
    confidentiality_organisation = models.PositiveSmallIntegerField(null=True)
    integrity_organisation = models.PositiveSmallIntegerField(null=True)
    availability_organisation = models.PositiveSmallIntegerField(null=True)
    society = models.PositiveSmallIntegerField(null=True)
    authenticity = models.PositiveSmallIntegerField(null=True)
    consequence = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    treatment = models.CharField(
        _("treatment"), max_length=10, choices=Treatment.choices, blank=True
    )
    treatment_note = models.TextField(_("what is to be done"), blank=True)
    residual_likelihood = models.PositiveSmallIntegerField(null=True)
    residual_consequence = models.PositiveSmallIntegerField(null=True)
    residual_rank = models.PositiveSmallIntegerField(null=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="owned_risks")
    is_in_force = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)
    # Kept by the database itself, so that lists of fifty thousand are searched and sorted fast.
    search: Any = models.GeneratedField(
        expression=searched("title", "description", "measures", "treatment_note"),
        output_field=models.TextField(),
        db_persist=True,
    )
    title_order: Any = models.GeneratedField(
        expression=danish_order("title"), output_field=models.TextField(), db_persist=True
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("risk")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "lineage"], name="one_scenario_of_a_lineage"
            ),
        ]
        indexes = [
            models.Index(
                fields=["is_in_force", "-rank", "-consequence", "-likelihood", "title_order"],
                name="risks_by_how_great_they_are",
            ),
            models.Index(
                fields=["is_in_force", "likelihood", "consequence", "title_order"],
                name="risks_of_a_cell",
            ),
            models.Index(fields=["is_in_force", "residual_likelihood", "residual_consequence"]),
            # Lists and counts find all they ask for in these two.
            models.Index(
                fields=[
                    *("lineage", "is_in_force", "assessment", "rank", "group"),
                    *("consequence", "likelihood"),
                ],
                name="risks_of_a_lineage",
            ),
            models.Index(
                fields=[
                    *("is_in_force", "assessment", "owner", "treatment", "group", "rank"),
                    *("consequence", "likelihood", "residual_rank", "residual_consequence"),
                    *("residual_likelihood", "lineage"),
                ],
                name="risks_told_apart",
            ),
            models.Index(fields=["is_in_force"], name="risks_in_the_order_written"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risk", args=[self.pk])

    @property
    def is_scored(self) -> bool:
        return self.rank is not None


class ImportedAssessment(models.Model):
    """The assessment that a sheet of risks became."""

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="imported")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="imports")

    def __str__(self) -> str:
        return f"{self.run} {self.assessment}"
