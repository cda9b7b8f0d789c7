"""What an item has beside its text: the draft composed for it, its discussion, decision, dissents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.meetings.models.agenda import AgendaItem
from kommissorium.meetings.models.attendance import Attendance


class Outcome(models.TextChoices):
    """Outcome of an item that asked for a decision."""

    APPROVED = "approved", _("Approved")
    WITH_CHANGES = "with_changes", _("Approved with changes")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Deferred")
    NOTED = "noted", _("Taken note")


APPROVING = (Outcome.APPROVED, Outcome.WITH_CHANGES)
WEIGHED = (*APPROVING, Outcome.REJECTED)  # there is nothing to weigh in what decides nothing


class Weighing(models.Model):
    """Weighing of security, usability, economy and proportion to the threat in a decision.

    Each has a chip and a text (the mandate's demand of a whole view, R3).
    """

    class Security(models.TextChoices):
        STRONGER = "stronger", pgettext_lazy("security", "Stronger")
        UNCHANGED = "unchanged", pgettext_lazy("security", "Unchanged")
        WEAKER = "weaker", pgettext_lazy("security", "Weaker")

    class Usability(models.TextChoices):
        EASIER = "easier", pgettext_lazy("usability", "Easier")
        UNCHANGED = "unchanged", pgettext_lazy("usability", "Unchanged")
        HARDER = "harder", pgettext_lazy("usability", "Harder")

    class Economy(models.TextChoices):
        SAVES = "saves", pgettext_lazy("economy", "Saves money")
        NEUTRAL = "neutral", pgettext_lazy("economy", "Costs nothing more")
        COSTS = "costs", pgettext_lazy("economy", "Costs money")

    class Proportion(models.TextChoices):
        FITTING = "fitting", pgettext_lazy("proportion", "In proportion to the threat")
        MORE = "more", pgettext_lazy("proportion", "More than the threat demands")
        LESS = "less", pgettext_lazy("proportion", "Less than the threat demands")

    security = models.CharField(_("Security"), max_length=10, choices=Security.choices, blank=True)
    security_text = models.CharField(max_length=500, blank=True)
    usability = models.CharField(
        _("Usability"), max_length=10, choices=Usability.choices, blank=True
    )
    usability_text = models.CharField(max_length=500, blank=True)
    economy = models.CharField(_("Economy"), max_length=10, choices=Economy.choices, blank=True)
    economy_text = models.CharField(max_length=500, blank=True)
    proportion = models.CharField(
        _("Proportion to the threat"), max_length=10, choices=Proportion.choices, blank=True
    )
    proportion_text = models.CharField(max_length=500, blank=True)

    ASPECTS = ("security", "usability", "economy", "proportion")
    # What costs, risks or restricts, by the aspect that says so: approved, it asks for a reason.
    HEAVY: ClassVar[dict[str, str]] = {
        "security": "weaker",
        "usability": "harder",
        "economy": "costs",
    }

    class Meta:
        abstract = True

    @classmethod
    def aspect(cls, name: str) -> models.CharField[str, str]:
        """Return the field of one of the four aspects, with its label and its choices."""
        field: models.CharField[str, str] = cls._meta.get_field(name)  # type: ignore[assignment]
        return field

    @property
    def is_weighed(self) -> bool:
        """Return whether all four were considered: each has its chip."""
        return all(getattr(self, aspect) for aspect in self.ASPECTS)

    def unweighed(self, outcome: str) -> list[str]:
        """Return the aspects that lack their chip, or their reason, for such an outcome."""
        return [aspect for aspect in self.ASPECTS if not self._is_settled(aspect, outcome)]

    def _is_settled(self, aspect: str, outcome: str) -> bool:
        chip, reason = getattr(self, aspect), getattr(self, f"{aspect}_text").strip()
        is_heavy = outcome in APPROVING and self.HEAVY.get(aspect) == chip
        return bool(chip) and bool(reason or not is_heavy)

    def weighing(self) -> dict[str, str]:
        """Return the eight fields by name."""
        names = [name for aspect in self.ASPECTS for name in (aspect, f"{aspect}_text")]
        return {name: getattr(self, name) for name in names}


class Proceedings(Weighing):
    """Record of an item at the meeting, editable until the minutes are approved.

    Saved field by field as typed. `versions` counts the saves of each field, so that two who
    write in the same field never overwrite each other, and in different ones never meet.
    """

    TEXTS = ("discussion", "decision")  # rich text
    ANSWERS = ("outcome", "not_discussed", "nothing_new")  # an item has one of them at most
    FIELDS = (
        "discussion",
        "decision",
        "outcome",
        "not_discussed",
        "nothing_new",
        *(name for aspect in Weighing.ASPECTS for name in (aspect, f"{aspect}_text")),
    )

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="proceedings")
    discussion = models.TextField(_("discussion"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    not_discussed = models.BooleanField(_("not discussed"), default=False)
    nothing_new = models.BooleanField(_("nothing new"), default=False)
    versions = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "proceedings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(not_discussed=False, nothing_new=False)
                | models.Q(outcome="", not_discussed=False)
                | models.Q(outcome="", nothing_new=False),
                name="one_answer_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"proceedings of {self.item_id}"

    def version_of(self, field: str) -> int:
        """Return how many times the field was saved; 0 when never."""
        return int(self.versions.get(field, 0))

    def value_of(self, field: str) -> Any:
        return getattr(self, field)

    @property
    def has_answer(self) -> bool:
        """Return whether it says what came of the item, were it that nothing was new."""
        return any(self.value_of(name) for name in self.ANSWERS)

    @property
    def is_unfinished(self) -> bool:
        """Return whether the item itself comes again: not discussed, or deferred."""
        return self.not_discussed or self.outcome == Outcome.DEFERRED

    @property
    def is_decided(self) -> bool:
        """Return whether the committee decided something, more than to take note."""
        return self.outcome not in ("", Outcome.NOTED)

    @property
    def is_written(self) -> bool:
        return bool(self.discussion or self.decision) or self.has_answer


class Dissent(models.Model):
    """Dissent of a member from a decision, or a reservation of their position."""

    class Kind(models.TextChoices):
        DISSENT = "dissent", _("Dissent")
        RESERVATION = "reservation", _("Reservation")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="dissents")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="dissents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField(_("reason"), max_length=2000)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="one_dissent_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.attendance_id} on {self.item_id}"


class ItemDraft(models.Model):
    """The newest draft of an item's texts, and the draft that its texts come from.

    `taken_*` went into the item, or was seen by whoever kept their own text instead. As long as the
    item says the same, nobody has edited it; as long as the draft says the same, it has nothing
    new. `sentences` are those of the presentation, `points` what the committee is recommended to
    do, `sources` pairs of a label and an address.
    """

    UNKEPT = "a proposal of the program, made anew again and again"

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="draft")
    presentation = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    sentences = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    taken_presentation = models.TextField(blank=True)
    taken_recommendation = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft of {self.item_id}"

    @property
    def is_edited(self) -> bool:
        """Return whether a person has changed what the draft put into the item."""
        taken = (self.taken_presentation, self.taken_recommendation)
        return (self.item.presentation, self.item.recommendation) != taken

    @property
    def has_news(self) -> bool:
        """Return whether the draft says something else than the one the item's texts come from."""
        taken = (self.taken_presentation, self.taken_recommendation)
        return (self.presentation, self.recommendation) != taken

    @property
    def marked_sentences(self) -> list[tuple[str, bool]]:
        """Return the sentences, each with whether the draft before did not have it."""
        return [(one, escape(one) not in self.taken_presentation) for one in self.sentences]

    @property
    def marked_points(self) -> list[tuple[str, bool]]:
        """Return what is recommended, each with whether the draft before did not have it."""
        return [(one, escape(one) not in self.taken_recommendation) for one in self.points]
