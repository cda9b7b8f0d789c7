"""Assets: IT systems, data sets and physical archives. One table, so that one list shows all."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order, held_on
from kommissorium.assets.models.areas import Area, reads_whole_register, searched
from kommissorium.assets.models.kinds import (
    WANTED_ROLES,
    Answer,
    Criticality,
    Hosting,
    Kind,
    Level,
    Lifecycle,
    PersonalData,
    Preservation,
    Role,
)
from kommissorium.assets.models.suppliers import Agreement, Supplier
from kommissorium.core.evidence.models import Past

NAME_LENGTH, LINE_LENGTH, TEXT_LENGTH, URL_LENGTH = 200, 200, 5000, 2000
MOST_HOURS = 8760  # a year


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, person: Person) -> AssetQuerySet:
        """Return all for readers of the register, else one's own and those of areas one heads."""
        if reads_whole_register(person):
            return self
        own = models.Q(pk__in=person.ownerships.filter(to_date=None).values("asset"))
        headed = Area.objects.filter(head=person).values("pk")  # no join: both are searched by key
        return self.filter(own | models.Q(area__in=headed))

    def owned_by(self, person: Person) -> AssetQuerySet:
        """Return those in which `person` has a role today."""
        return self.filter(pk__in=person.ownerships.filter(to_date=None).values("asset"))

    def asked_for_by(self, person: Person) -> AssetQuerySet:
        """Return them with whether `person` has a role in each, as has_owner then answers."""
        held = Ownership.objects.filter(asset=models.OuterRef("pk"), person=person, to_date=None)
        return self.annotate(asked_for=models.Value(person.pk), is_own=models.Exists(held))

    def on(self, day: date) -> AssetQuerySet:
        """Return those that were in the register on the day and had not left it."""
        begun = models.Q(registered_on__lte=day)
        return self.filter(begun & (models.Q(ended_on=None) | models.Q(ended_on__gt=day)))

    def in_register(self) -> AssetQuerySet:
        """Return those that have not been taken out of use."""
        return self.filter(ended_on=None)


class Asset(models.Model):
    """A system, a data set or a physical archive. Fields that do not fit its kind stay empty.

    `personal_data` holds the codes between commas, ",ordinary,cpr,", so that each can be looked
    for; "" means nobody has said. `mtd`, `rto` and `rpo` are hours. The levels are 1 to 4.
    `bound_until` is how long the contract cannot be ended. `uuid` and `local_id` are what other
    registers call it: an import finds it by them.
    """

    PAST = Past({"ended_because": _("why it ended")})

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    alias = models.CharField(_("also called"), max_length=LINE_LENGTH, blank=True)
    local_id = models.CharField(_("local ID"), max_length=60, blank=True)
    uuid = models.UUIDField(_("UUID"), null=True, blank=True)
    purpose = models.TextField(_("what it is used for"), blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name=_("area")
    )
    used_by = models.ManyToManyField(Area, blank=True, related_name="used_assets")
    criticality = models.CharField(
        _("criticality"), max_length=10, choices=Criticality.choices, blank=True
    )
    confidentiality = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, null=True, blank=True
    )
    integrity = models.PositiveSmallIntegerField(
        _("integrity"), choices=Level.choices, null=True, blank=True
    )
    availability = models.PositiveSmallIntegerField(
        _("availability"), choices=Level.choices, null=True, blank=True
    )
    mtd = models.PositiveIntegerField(
        _("longest tolerable downtime"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    rto = models.PositiveIntegerField(
        _("to be running again within"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    rpo = models.PositiveIntegerField(
        _("data that may be lost"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_HOURS)],
    )
    personal_data = models.CharField(_("personal data"), max_length=60, blank=True)
    kle = models.CharField(_("KLE number"), max_length=8, blank=True)
    processing_record = models.CharField(
        _("record of processing activities"), max_length=URL_LENGTH, blank=True
    )
    lifecycle = models.CharField(
        _("lifecycle"), max_length=15, choices=Lifecycle.choices, blank=True
    )
    retention = models.CharField(_("kept for"), max_length=LINE_LENGTH, blank=True)
    preservation = models.CharField(
        _("preservation"), max_length=10, choices=Preservation.choices, blank=True
    )
    # Systems
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("supplier"),
    )
    agreements = models.ManyToManyField(Agreement, blank=True, related_name="assets")
    hosting = models.CharField(_("run by"), max_length=10, choices=Hosting.choices, blank=True)
    operator = models.CharField(_("responsible for operations"), max_length=LINE_LENGTH, blank=True)
    contract = models.CharField(_("contract"), max_length=URL_LENGTH, blank=True)
    contract_ends = models.DateField(_("contract expires"), null=True, blank=True)
    bound_until = models.DateField(_("contract binds until"), null=True, blank=True)
    uses_ai = models.CharField(
        _("uses artificial intelligence"), max_length=3, choices=Answer.choices, blank=True
    )
    is_accessible = models.CharField(
        _("meets the rules on web accessibility"), max_length=3, choices=Answer.choices, blank=True
    )
    # Archives
    place = models.CharField(_("place"), max_length=LINE_LENGTH, blank=True)
    contents = models.TextField(_("contents"), blank=True)
    access = models.TextField(_("access and keys"), blank=True)
    protection = models.TextField(_("protection against fire and water"), blank=True)
    keeper = models.CharField(_("keeper"), max_length=LINE_LENGTH, blank=True)

    registered_on = models.DateField(_("in the register since"))
    ended_on = models.DateField(_("taken out of the register"), null=True)
    ended_because = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    edit_version = models.PositiveIntegerField(default=1)
    # Kept by the database itself, so that lists of twenty thousand are searched and sorted fast.
    search: Any = models.GeneratedField(
        expression=searched("name", "alias", "local_id", "purpose", "place", "contents"),
        output_field=models.TextField(),
        db_persist=True,
    )
    name_order: Any = models.GeneratedField(
        expression=danish_order("name"), output_field=models.TextField(), db_persist=True
    )

    objects = AssetQuerySet.as_manager()

    # The fields only one kind has; all others belong to every kind.
    SYSTEM_FIELDS: ClassVar = (
        "supplier",
        "hosting",
        "operator",
        "contract",
        "contract_ends",
        "bound_until",
        "uses_ai",
        "is_accessible",
    )
    ARCHIVE_FIELDS: ClassVar = ("place", "contents", "access", "protection", "keeper")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("asset")
        constraints = [
            models.UniqueConstraint(
                fields=["uuid"], condition=models.Q(uuid__isnull=False), name="one_asset_of_a_uuid"
            ),
            models.UniqueConstraint(
                fields=["kind", "local_id"],
                condition=~models.Q(local_id=""),
                name="one_asset_of_a_local_id",
            ),
        ]
        indexes = [
            models.Index(fields=["ended_on", "kind", "name"]),
            models.Index(fields=["ended_on", "name"]),
            models.Index(fields=["ended_on", "name_order"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    @property
    def personal_data_kinds(self) -> list[str]:
        """Return the codes of PersonalData it holds; none where nobody has filled them in."""
        return [code for code in self.personal_data.split(",") if code]

    @property
    def holds_personal_data(self) -> bool:
        """Return whether it is known to hold personal data."""
        return bool(set(self.personal_data_kinds) - {PersonalData.NONE})

    @property
    def wanted_roles(self) -> tuple[str, ...]:
        """Return the roles that must be held in it for it to count as owned."""
        return WANTED_ROLES[self.kind]

    @staticmethod
    def can_be_added_by(person: Person) -> bool:
        """Return whether `person` may add assets, import them and take them out."""
        return person.is_coordinator

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may change it: the coordinator, and those with a role in it."""
        return self.ended_on is None and (person.is_coordinator or self.has_owner(person))

    def has_owner(self, person: Person) -> bool:
        """Return whether `person` has a role in it today."""
        if getattr(self, "asked_for", None) == person.pk:
            own: bool = self.is_own  # type: ignore[attr-defined]
            return own
        return self.ownerships.filter(person=person, to_date=None).exists()


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def on(self, day: date) -> OwnershipQuerySet:
        """Return those in force on the day."""
        return self.filter(held_on(day))

    def current(self) -> OwnershipQuerySet:
        """Return those that have no end."""
        return self.filter(to_date=None)


class Ownership(models.Model):
    """A person's role in an asset, from one date to another (both included).

    One person has a role at a time. An ended row never changes (0002_freeze).
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="ownerships")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="ownerships")
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "role"],
                condition=models.Q(to_date=None),
                name="one_open_ownership_of_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(to_date=None) | models.Q(to_date__gte=models.F("from_date")),
                name="ownership_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["person", "to_date"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.asset_id}"


def critical_systems(most: int = 8) -> str:
    """Return the names of the systems that society, then business depends on; "" for none."""
    critical = (Criticality.SOCIETY, Criticality.BUSINESS)
    rows = Asset.objects.in_register().filter(kind=Kind.SYSTEM, criticality__in=critical)
    return ", ".join(rows.order_by("-criticality", "name").values_list("name", flat=True)[:most])
