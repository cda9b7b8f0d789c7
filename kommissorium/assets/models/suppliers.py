"""Suppliers, their data processing agreements, and the oversight of them."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models.areas import reads_whole_register
from kommissorium.core.evidence.models import Past
from kommissorium.core.files.models import StoredFile

NAME_LENGTH, TEXT_LENGTH, URL_LENGTH = 200, 5000, 2000


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, person: Person) -> SupplierQuerySet:
        """Return all for readers of the whole register, else those of the assets `person` may read.

        Whoever is responsible for the oversight of one reads that one too.
        """
        if reads_whole_register(person):
            return self
        all_of = Supplier.objects.order_by()
        owned = all_of.filter(assets__ownerships__person=person, assets__ownerships__to_date=None)
        headed = all_of.filter(assets__area__head=person)
        overseen = all_of.filter(agreements__responsible=person, agreements__ended_on=None)
        keys = owned.values("pk").union(headed.values("pk"), overseen.values("pk"))
        return self.filter(pk__in=keys)

    def in_use(self) -> SupplierQuerySet:
        return self.filter(closed_on=None)


class Supplier(models.Model):
    """A supplier or operator of systems. `cvr` is eight digits of the business register, or ""."""

    PAST = Past({"closed_on": _("closed on")})

    name = models.CharField(_("name"), max_length=NAME_LENGTH, unique=True)
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    contact = models.CharField(_("contact"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    closed_on = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("supplier")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("supplier", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add, change and end suppliers and agreements."""
        return person.is_coordinator


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person) -> AgreementQuerySet:
        """Return those of the suppliers `person` may read."""
        if reads_whole_register(person):
            return self
        return self.filter(supplier__in=Supplier.objects.visible_to(person))

    def in_force(self) -> AgreementQuerySet:
        return self.filter(ended_on=None)

    def overdue(self, day: date) -> AgreementQuerySet:
        """Return those in force whose oversight should have been done before the day."""
        return self.in_force().filter(next_oversight__lt=day)


class Agreement(models.Model):
    """A data processing agreement with a supplier (GDPR article 28), and the oversight agreed.

    The oversight recurs every `oversight_months`; 0 means none was agreed. `next_oversight` is
    the day it is to be done by.
    """

    PAST = Past({"responsible": _("responsible"), "ended_on": _("ended on")})

    class Model(models.TextChoices):
        ISAE_3000 = "isae_3000", _("ISAE 3000 report")
        ISAE_3402 = "isae_3402", _("ISAE 3402 report")
        OWN_CONTROL = "own_control", _("The supplier's own control")
        WRITTEN = "written", _("Written questions")
        VISIT = "visit", _("Visit")
        SHARED = "shared", _("Shared oversight with other municipalities")
        OTHER = "other", _("Other")

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="agreements")
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    url = models.CharField(_("link"), max_length=URL_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    oversight_model = models.CharField(
        _("model of oversight"), max_length=20, choices=Model.choices, blank=True
    )
    oversight_months = models.PositiveSmallIntegerField(
        _("months between oversight"),
        default=12,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    next_oversight = models.DateField(_("next oversight"), null=True, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="overseen_agreements"
    )
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=1000, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("data processing agreement")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    def oversight_can_be_done_by(self, person: Person) -> bool:
        """Return whether `person` may write the conclusion of an oversight."""
        is_theirs = person.is_coordinator or person.pk == self.responsible_id
        return self.ended_on is None and is_theirs


class Oversight(models.Model):
    """An oversight that was carried out. Never changes (0002_freeze)."""

    class Result(models.TextChoices):
        NO_FAULT = "no_fault", _("Nothing to remark")
        MINOR = "minor", _("Minor remarks")
        CRITICAL = "critical", _("Critical remarks")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="oversights")
    model = models.CharField(_("model"), max_length=20, choices=Agreement.Model.choices)
    done_on = models.DateField(_("done"))
    due = models.DateField(null=True)  # the day it was to be done by
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    conclusion = models.TextField(_("conclusion"))
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.done_on}"
