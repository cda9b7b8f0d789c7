"""The documents owners must have: what is demanded, what there is, and how long it holds."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models.areas import reads_whole_register
from kommissorium.assets.models.assets import Asset
from kommissorium.assets.models.kinds import BUILT_IN, Kind, Lifecycle, PersonalData
from kommissorium.core.files.models import StoredFile
from kommissorium.yearwheel.cadence import nominal

NAME_LENGTH, URL_LENGTH, WORD_LENGTH = 200, 2000, 1000
SOON = 30  # days before a document expires
ASKS_NOTHING = (Lifecycle.PLANNED, Lifecycle.OUT_OF_USE)


class DocumentType(models.Model):
    """A kind of document that can be demanded. A new one holds for `review_months` (0: for ever).

    A built-in kind has a `code`; while its `name` or `guidance` is "" the built-in words stand.
    """

    code = models.CharField(max_length=30, blank=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    guidance = models.TextField(_("what it should tell"), blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("to be reviewed after"), default=12, validators=[MaxValueValidator(120)]
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("kind of document")
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=~models.Q(name=""), name="one_document_type_of_a_name"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="one_document_type_of_a_code"
            ),
            models.CheckConstraint(
                condition=~models.Q(name="", code=""), name="document_type_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return its name in the active language."""
        return self.name or str(BUILT_IN[self.code].name)

    @property
    def told(self) -> str:
        """Return what such a document should tell, in the active language."""
        return self.guidance or (str(BUILT_IN[self.code].guidance) if self.code in BUILT_IN else "")

    def review_after(self, day: date) -> date | None:
        """Return the review date of a document written on the day; None for never."""
        return nominal(day, self.review_months, 1) if self.review_months else None

    @property
    def facts(self) -> dict[str, str]:
        """Return the facts for the chain: enough to name it in any language later."""
        return {"code": self.code, "name": self.name}

    @property
    def built_in_words(self) -> dict[str, str]:
        """Return a built-in kind's name and guidance, in the active language; {} for others."""
        if self.code not in BUILT_IN:
            return {}
        words = BUILT_IN[self.code]
        return {"name": str(words.name), "guidance": str(words.guidance)}

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may change what is demanded."""
        return person.is_coordinator


class Demand(models.Model):
    """A cell of the matrix: assets like this must have such a document.

    `criticality` "" stands for every criticality, and `personal_data` says for which holders
    of personal data it is: any asset, those that hold personal data, or those that hold
    sensitive or criminal data.
    """

    class Data(models.TextChoices):
        ANY = "any", _("Whatever data it holds")
        PERSONAL = "personal", _("Only with personal data")
        SENSITIVE = "sensitive", _("Only with sensitive personal data")

    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="demands")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    criticality = models.CharField(max_length=10, blank=True)
    data = models.CharField(max_length=10, choices=Data.choices)

    class Meta:
        ordering = ["type__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "kind", "criticality"], name="one_demand_of_a_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.kind} {self.criticality} {self.data}"

    def speaks_of(self, kind: str, criticality: str, personal_data: str) -> bool:
        """Return whether it applies to an asset like this."""
        if self.kind != kind or self.criticality not in ("", criticality):
            return False
        held = set(filter(None, personal_data.split(",")))
        if self.data == self.Data.SENSITIVE:
            return bool(held & {PersonalData.SENSITIVE, PersonalData.CRIMINAL})
        if self.data == self.Data.PERSONAL:
            return bool(held - {PersonalData.NONE})
        return True


class AssetDocumentQuerySet(models.QuerySet["AssetDocument"]):
    def visible_to(self, person: Person) -> AssetDocumentQuerySet:
        """Return those of the assets `person` may read; removed ones only for their keepers."""
        read = Asset.objects.visible_to(person).values("pk")
        found = self if reads_whole_register(person) else self.filter(asset__in=read)
        sees_removed = person.is_coordinator or person.is_auditor
        return found if sees_removed else found.live()

    def live(self) -> AssetDocumentQuerySet:
        """Return those that were not taken away."""
        return self.filter(removed_at=None)


class AssetDocument(models.Model):
    """A document of an asset: a file, an address, or a row of another register.

    What it is never changes (0002_freeze). `review_by` is the last day it counts as current;
    None means for ever. A newer one of its kind replaces it; `removed_at` is when it was taken
    away. Another register takes away itself what it gave (`by_register`).
    """

    class Source(models.TextChoices):
        FILE = "file", _("File")
        LINK = "link", _("Link")
        ROW = "row", _("Page of this program")

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="documents")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="documents")
    source = models.CharField(max_length=10, choices=Source.choices)
    label = models.CharField(max_length=NAME_LENGTH)
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    dated_on = models.DateField()
    review_by = models.DateField(null=True)
    by_register = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = AssetDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="file", file__isnull=False)
                | (models.Q(source__in=["link", "row"], file=None) & ~models.Q(url="")),
                name="document_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def address(self) -> str:
        """Return the address at which it can be seen."""
        return reverse("asset_document", args=[self.pk]) if self.file_id else self.url


class RequiredQuerySet(models.QuerySet["Required"]):
    def current(self, day: date) -> RequiredQuerySet:
        """Return those for which a document holds on the day: a waived one is none in force."""
        held = models.Q(document__isnull=False) & (
            models.Q(review_by=None) | models.Q(review_by__gte=day)
        )
        return self.filter(held, waived_at=None)

    def waived(self) -> RequiredQuerySet:
        """Return those that an asset needs none of, as somebody has noted."""
        return self.filter(waived_at__isnull=False)

    def undecided(self, until: datetime) -> RequiredQuerySet:
        """Return those of assets in use that were waived after what a committee decided on last."""
        return self.waived().filter(asset__ended_on=None, waived_at__gt=until)

    def expired(self, day: date) -> RequiredQuerySet:
        return self.filter(document__isnull=False, review_by__lt=day, waived_at=None)

    def missing(self) -> RequiredQuerySet:
        return self.filter(document=None, waived_at=None)


class Required(models.Model):
    """A required document: the kind an asset must have by today's matrix, and the one it has.

    Kept by the actions whenever the asset, the matrix or its documents change, so that lists
    and figures are counted in SQL. `review_by` is the document's. A waiver says why this asset
    needs none.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="required")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="required")
    document = models.ForeignKey(AssetDocument, models.PROTECT, null=True, related_name="+")
    review_by = models.DateField(null=True)
    waived_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    waived_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)

    objects = RequiredQuerySet.as_manager()

    class Meta:
        ordering = ["type__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "type"], name="one_required_of_a_type"),
        ]
        indexes = [
            models.Index(fields=["review_by"]),
            # For the lists of assets that lack documents or have expired ones.
            models.Index(
                fields=["asset"],
                condition=models.Q(document=None, waived_at=None),
                name="required_missing",
            ),
            models.Index(
                fields=["asset", "review_by"],
                condition=models.Q(document__isnull=False, waived_at=None),
                name="required_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.type_id}"

    def can_be_waived_by(self, person: Person) -> bool:
        """Return whether `person` may say that this asset needs none, and demand it again."""
        return self.asset.ended_on is None and person.is_coordinator

    def state_on(self, day: date) -> str:
        """Return "waived", "missing", "expired", "soon" or "current"."""
        if self.waived_at:
            return "waived"
        if self.document_id is None:
            return "missing"
        if self.review_by is None:
            return "current"
        left = (self.review_by - day).days
        if left < 0:
            return "expired"
        return "soon" if left <= SOON else "current"
