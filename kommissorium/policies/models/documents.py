"""The documents of the municipality's security policy, in a tree, and what holds for each level."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.evidence.past import Past
from kommissorium.policies.models.kinds import ABOVE, USUAL, Body, Level

if TYPE_CHECKING:
    from kommissorium.policies.models.versions import Version


class LevelSettings(models.Model):
    """Default approver and review interval for the documents of a level."""

    level = models.CharField(_("level"), max_length=10, choices=Level, unique=True)
    approval = models.CharField(_("approved by"), max_length=20, choices=Body)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"))
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rule of a level")

    def __str__(self) -> str:
        return self.get_level_display()

    @classmethod
    def of(cls, level: str) -> LevelSettings:
        """Return the rule of a level: as it was set, else as it is usual (not saved)."""
        approval, months = USUAL[Level(level)]
        usual = cls(level=level, approval=approval, review_months=months)
        return cls.objects.filter(level=level).first() or usual


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> DocumentQuerySet:
        """Return all to whoever reads registers; to others what took effect, what they own and what
        they were asked to comment on or to approve."""
        if reads_whole_register(person):
            return self
        in_force = models.Q(versions__state="approved", versions__in_force_from__isnull=False)
        asked = models.Q(versions__reviewers__person=person)
        theirs = models.Q(owner=person) | models.Q(versions__approver=person)
        rows = Document.objects.filter(in_force | asked | theirs)
        return self.filter(pk__in=rows.values("pk"))

    def in_use(self) -> DocumentQuerySet:
        return self.filter(is_retired=False)


class Document(models.Model):
    """One document: what it is for, who answers for it and who approves it. Its texts are versions.

    `is_measure` says that the management body approves it as a measure (NIS 2-loven § 7).
    `audience` is whom it is for, in words; `tags` are clauses of the mandate and of standards.
    """

    PAST = Past({"is_retired": _("out of use")})

    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("written under"),
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="policies", verbose_name=_("owner")
    )
    audience = models.CharField(_("whom it is for"), max_length=200, blank=True)
    approval = models.CharField(_("approved by"), max_length=20, choices=Body)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"))
    is_measure = models.BooleanField(
        _("a measure that the management body approves (NIS 2 Act § 7)"), default=False
    )
    tags = models.CharField(
        _("requirements"),
        max_length=300,
        blank=True,
        help_text=_("Clauses and controls it meets, such as ISO 27002 5.1, with commas between."),
    )
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.pk])

    def version_on(self, day: date) -> Version | None:
        """Return the version in force on the day; None for none."""
        found: Version | None = self.versions.in_force_on(day).first()
        return found

    @property
    def is_above(self) -> bool:
        """Return whether a body above the committee approves it."""
        return self.approval in ABOVE

    @property
    def is_owners(self) -> bool:
        """Return whether its owner approves it."""
        return self.approval == Body.OWNER

    @property
    def body(self) -> str:
        """Return who approves it, as it stands within a sentence."""
        shown = str(Body(self.approval).label)
        return shown[:1].lower() + shown[1:]

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        """Return whether `person` may add documents and say who approves them."""
        return person.is_coordinator

    def can_be_written_by(self, person: Person) -> bool:
        """Return whether `person` may write its drafts: its owner, and coordinators."""
        return person.is_coordinator or person.pk == self.owner_id
