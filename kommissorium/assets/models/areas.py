"""The areas, how the registers are kept and who reads them, and how complete they were."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast, Concat, Lower, Replace
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event
from kommissorium.measures.shares import share


def reads_whole_register(person: Person) -> bool:
    """Return whether `person` may read all assets, their suppliers and how complete they are.

    Coordinators, auditors, members of the executive board, and whoever sits in a committee today,
    or is a deputy there.
    """
    return Committee.are_followed_by(person)


# The letters Danish names have beyond a to z, whose case SQLite does not fold.
LETTERS = {"Æ": "æ", "Ø": "ø", "Å": "å", "Ä": "ä", "Ö": "ö", "Ü": "ü", "É": "é"}


def searched(*fields: str) -> models.Expression:
    """Return the text that is searched for words, in lower case on every database."""
    parts: list[models.Expression] = []
    for field in fields:
        parts += [Cast(field, models.TextField()), _text(" ")]
    text: models.Expression = Lower(Concat(*parts))
    for capital, small in LETTERS.items():
        text = Replace(text, _text(capital), _text(small))
    return text


def _text(value: str) -> models.Value:
    return models.Value(value, output_field=models.TextField())


def matches(word: str) -> models.Q:
    """Return the condition that a word is in what is searched; letter case does not count."""
    return models.Q(search__contains=word.lower())


NAME_LENGTH = 120


class AreaQuerySet(models.QuerySet["Area"]):
    def in_use(self) -> AreaQuerySet:
        """Return the areas still in use."""
        return self.filter(closed_on=None)


class Area(models.Model):
    """A part of the organisation that answers for assets. A closed one stays in the past."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH, unique=True)
    head = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="headed_areas"
    )
    closed_on = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("area")

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add, rename and close areas."""
        return person.is_coordinator


class RegisterSettings(models.Model):
    """Settings of the registers. One row; without it the defaults hold.

    `committee` is the one in whose year wheel reviews, oversight and attestation stand; none
    means the oldest committee. `many_assets` is from how many assets an owner owns too many.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, null=True, blank=True)
    many_assets = models.PositiveSmallIntegerField(
        _("an owner has many from"),
        default=25,
        validators=[MinValueValidator(2), MaxValueValidator(1000)],
    )
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_register_settings"),
        ]

    def __str__(self) -> str:
        return "registers"

    def get_absolute_url(self) -> str:
        return reverse("register_settings")

    @classmethod
    def current(cls) -> RegisterSettings:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls.objects.select_related("committee").first() or cls(pk=1)

    @property
    def wheel_committee(self) -> Committee | None:
        """Return the committee whose year wheel has the registers' dates; None without any."""
        return self.committee or Committee.objects.order_by("pk").first()

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        return person.is_coordinator


class Completeness(models.Model):
    """Completeness of the registers at the end of a day. Never changes (0002_freeze).

    One row a day for the whole (`area` None and `is_whole`), one for each area, and one for
    what has no area.
    """

    UNKEPT = "never changes, and its numbers stand in an event"

    day = models.DateField()
    is_whole = models.BooleanField(default=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="completeness")
    systems = models.PositiveIntegerField(default=0)
    data_sets = models.PositiveIntegerField(default=0)
    archives = models.PositiveIntegerField(default=0)
    systems_owned = models.PositiveIntegerField(default=0)
    data_sets_owned = models.PositiveIntegerField(default=0)
    archives_owned = models.PositiveIntegerField(default=0)
    # Systems that need a data owner beside their own, and those of them that have one.
    data_systems = models.PositiveIntegerField(default=0)
    data_systems_owned = models.PositiveIntegerField(default=0)
    unclassified = models.PositiveIntegerField(default=0)
    required = models.PositiveIntegerField(default=0)
    current = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    owners = models.PositiveIntegerField(default=0)
    owners_read = models.PositiveIntegerField(default=0)
    # Documents that an asset needs none of, which `current` held along while this was None; and
    # those of them that a committee decided on.
    waived = models.PositiveIntegerField(null=True)
    waived_decided = models.PositiveIntegerField(null=True)
    # Assets whose owner has confirmed it within twelve months; of the others, the most that one
    # person was made the owner of on one day.
    confirmed = models.PositiveIntegerField(null=True)
    alike = models.PositiveIntegerField(null=True)
    # The event of the whole's row carries the figures into the chain.
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(is_whole=True), name="one_whole_of_a_day"
            ),
            models.UniqueConstraint(
                fields=["day", "area"],
                condition=models.Q(area__isnull=False),
                name="one_figure_of_an_area",
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(is_whole=False, area=None),
                name="one_figure_without_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.area_id or ''}"

    @property
    def assets(self) -> int:
        return self.systems + self.data_sets + self.archives

    @property
    def owned(self) -> int:
        return self.systems_owned + self.data_sets_owned + self.archives_owned

    @property
    def without_owner(self) -> int:
        return self.assets - self.owned

    @property
    def without_data_owner(self) -> int:
        return self.data_systems - self.data_systems_owned

    @property
    def missing(self) -> int:
        """Return the number of documents that are not there at all."""
        return self.required - self.current - self.expired - (self.waived or 0)

    @property
    def owned_percent(self) -> int | None:
        """Return the percentage with an owner, rounded down; None for no assets."""
        return share(self.owned, self.assets) if self.assets else None

    @property
    def current_percent(self) -> int | None:
        """Return the percentage of required documents that are current, rounded down."""
        return share(self.current, self.required) if self.required else None

    @staticmethod
    def newest(day: date) -> Completeness | None:
        """Return the figures of the whole that were known when the day ended."""
        rows = Completeness.objects.filter(is_whole=True, day__lte=day).select_related("event")
        return rows.order_by("-day").first()
