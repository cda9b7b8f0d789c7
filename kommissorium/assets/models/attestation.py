"""Attestation: once a year each owner confirms or corrects the facts about what they own."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models.assets import Asset, Ownership, OwnershipQuerySet
from kommissorium.assets.models.kinds import Role
from kommissorium.core.evidence.models import Record

TITLE_LENGTH, WORD_LENGTH = 120, 1000


class Round(models.Model):
    """A round in which all owners are asked. Closed, it is a frozen record (0002_freeze).

    `asked_count` and `answered_count` are set when it is closed: how many owners had something
    to answer for, and how many of them had answered for all of it.
    """

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due = models.DateField(_("answers by"))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    # True while it is open and None after: so the database holds that one is open at a time.
    open_mark = models.BooleanField(null=True, default=True, unique=True)
    asked_count = models.PositiveIntegerField(null=True)
    answered_count = models.PositiveIntegerField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("attestation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, open_mark=True)
                | models.Q(closed_at__isnull=False, open_mark=None),
                name="open_round_is_marked",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attestation_round", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @staticmethod
    def can_be_run_by(person: Person) -> bool:
        """Return whether `person` may ask the owners, settle their answers and close a round."""
        return person.is_coordinator

    @staticmethod
    def current() -> Round | None:
        """Return the open round, if any."""
        return Round.objects.filter(closed_at=None).first()

    def unasked(self) -> OwnershipQuerySet:
        """Return today's roles that nobody has been asked about in this round."""
        asked = Statement.objects.filter(
            asked__round=self,
            asked__person=OuterRef("person"),
            asset=OuterRef("asset"),
            role=OuterRef("role"),
        )
        return Ownership.objects.current().filter(~Exists(asked), asset__ended_on=None)

    def number_wanting(self) -> int:
        """Return the number of answers that ask the coordinator for something not yet done."""
        waiting = Statement.objects.filter(asked__round=self).wanting().order_by()
        # What a person says of an asset is one answer, however many roles they have in it.
        return waiting.values("asked", "asset").distinct().count()

    def is_late_on(self, day: date) -> bool:
        """Return whether answers were due before the day and it is still open."""
        return self.is_open and self.due < day


class Attested(NamedTuple):
    """The newest closed round: how many owners were asked, how many had answered."""

    round: Round
    asked: int
    answered: int


def attested(day: date) -> Attested | None:
    """Return the newest round that was closed when the day ended; None before the first."""
    closed = Round.objects.filter(closed_at__date__lte=day).select_related("record")
    found = closed.order_by("-closed_at").first()
    if found is None:
        return None
    return Attested(found, found.asked_count or 0, found.answered_count or 0)


class AskedQuerySet(models.QuerySet["Asked"]):
    def waiting(self) -> AskedQuerySet:
        """Return those of the open round that have answers to give."""
        own = Statement.objects.filter(asked=OuterRef("pk")).unanswered()
        return self.filter(Exists(own), round__closed_at=None)

    def with_progress(self) -> AskedQuerySet:
        """Add `total` and `left`: the number of assets to answer for, and how many of them
        are not answered.
        """
        own = Statement.objects.filter(asked=OuterRef("pk"))
        figures = {
            "total": _assets(own.standing()),
            "left": _assets(own.unanswered()),
        }
        return self.annotate(**figures)


def _assets(statements: models.QuerySet[Any]) -> Coalesce:
    """Return the number of assets the statements of a person are about."""
    counted = statements.order_by().values("asked").annotate(n=Count("asset", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


class Asked(models.Model):
    """An owner who was asked in a round. `answered_at` is when the last asset was answered.

    `reminded_at` is when the coordinator last asked again.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attestations")
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    # Only on those fetched by with_progress().
    total: int
    left: int

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_request_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def standing(self) -> StatementQuerySet:
        """Return those answered, and those still to be answered: nobody who has handed a role
        over, and nothing that has left the register, is asked about any more.
        """
        return self.filter(~Q(answer="") | still_owned())

    def unanswered(self) -> StatementQuerySet:
        """Return those still to be answered."""
        return self.filter(still_owned(), answer="")

    def wanting(self) -> StatementQuerySet:
        """Return the answers that ask the coordinator for something not yet done."""
        return self.filter(answer__in=WANTING, settled_at=None)


def still_owned() -> Q:
    """Return the condition that the asset is in the register and the role is the person's."""
    held = Ownership.objects.current().filter(
        asset=OuterRef("asset"), role=OuterRef("role"), person=OuterRef("asked__person")
    )
    return Q(Exists(held)) & Q(asset__ended_on=None)


class Statement(models.Model):
    """One role in an asset an owner was asked about, and the answer.

    `settled_at` is when the coordinator had acted on an answer that asked for it.
    `asset_version` is the edit version of the asset that the owner saw when answering.
    """

    class Answer(models.TextChoices):
        NONE = "", _("Not answered")
        CORRECT = "correct", pgettext_lazy("answer of an owner", "Correct")
        CHANGE = "change", _("Something is to be corrected")
        NOT_MINE = "not_mine", _("Not mine any more")

    asked = models.ForeignKey(Asked, models.PROTECT, related_name="statements")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="statements")
    role = models.CharField(max_length=15, choices=Role.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    note = models.CharField(max_length=WORD_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settlement = models.CharField(max_length=WORD_LENGTH, blank=True)
    asset_version = models.PositiveIntegerField(null=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["asset__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked", "asset", "role"], name="one_statement_of_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.answer}"

    @property
    def wants_action(self) -> bool:
        """Return whether the coordinator has something to do about it."""
        return self.answer in WANTING and not self.settled_at


# The answers that ask the coordinator for something.
WANTING = (Statement.Answer.CHANGE, Statement.Answer.NOT_MINE)
