"""The catalogue of threats that scenarios are chosen from."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.risks.models.built_in import BUILT_IN

NAME_LENGTH, TEXT_LENGTH = 200, 2000


class Group(models.TextChoices):
    """Origin of a threat; also the categories a risk level can be set for."""

    CYBER = "cyber", _("Cyber attacks")
    PEOPLE = "people", _("People and mistakes")
    MEASURES = "measures", _("Measures that fail")
    SUPPLIER = "supplier", _("Suppliers")
    SYSTEM = "system", _("Systems that fail")
    PHYSICAL = "physical", _("Physical events")
    OPERATIONS = "operations", _("Operations and organisation")
    NETWORK = "network", _("Clients and networks")


class ThreatQuerySet(models.QuerySet["Threat"]):
    def in_use(self) -> ThreatQuerySet:
        """Return those that can be chosen."""
        return self.filter(is_retired=False)

    def for_kinds(self, kinds: Iterable[str]) -> ThreatQuerySet:
        """Return those that can hit any of these kinds of asset; all for no kinds."""
        found = models.Q(kinds="") if (wanted := list(kinds)) else models.Q()
        for kind in wanted:
            found |= models.Q(kinds__contains=f",{kind},")
        return self.filter(found)


class Threat(models.Model):
    """Something that can happen. A built-in one has a `code`; while its `name` or `text` is ""
    the built-in words stand, in the reader's language.

    `kinds` holds the kinds of asset it can hit between commas, ",system,archive,"; "" is all.
    """

    code = models.CharField(max_length=30, blank=True)
    group = models.CharField(_("group"), max_length=15, choices=Group.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    text = models.TextField(_("how it can happen"), blank=True)
    kinds = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = ThreatQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "pk"]
        verbose_name = _("threat")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="one_threat_of_a_code"
            ),
            models.CheckConstraint(condition=~models.Q(name="", code=""), name="threat_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return its name in the active language."""
        return self.name or str(BUILT_IN[self.code].name)

    @property
    def told(self) -> str:
        """Return how it can happen, in the active language."""
        return self.text or (str(BUILT_IN[self.code].text) if self.code in BUILT_IN else "")

    @property
    def kind_codes(self) -> list[str]:
        """Return the kinds of asset it can hit; none for all."""
        return [kind for kind in self.kinds.split(",") if kind]

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add, change and retire threats."""
        return person.is_coordinator
