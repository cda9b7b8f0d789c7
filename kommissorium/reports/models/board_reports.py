"""The report to the executive board, and what is known of its way: sent, received, treated."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.reports.models.periodic_reports import PeriodicReport, PeriodicReportQuerySet
from kommissorium.reports.models.written_parts import WrittenPart

LINE_LENGTH: Final = 200
ASKS: Final = "asks"  # what needs a decision or money


class BoardReportQuerySet(PeriodicReportQuerySet["BoardReport"]):
    """Questions about the reports to the executive board."""

    def with_way(self) -> BoardReportQuerySet:
        """Return them with what pages say of them: committee, decision and notes."""
        rows = self.select_related("of", "decision")
        notes = models.Prefetch("notes", BoardNote.objects.select_related("by"))
        return rows.prefetch_related(notes, "requests__answers__person")


class BoardReport(PeriodicReport):
    """The report of a quarter to the executive board."""

    of = models.ForeignKey(Committee, models.PROTECT, related_name="board_reports")

    objects = BoardReportQuerySet.as_manager()

    class Meta(PeriodicReport.Meta):
        verbose_name = _("report to the executive board")
        constraints = [
            models.UniqueConstraint(
                fields=["of", "year", "number"],
                condition=~models.Q(state="dropped"),
                name="one_board_report_of_a_quarter",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("board_report", args=[self.pk])

    def shows_whole_to(self, person: Person) -> bool:
        """Return whether `person` reads what is closed: it is written to the executive board."""
        return BoardNote.can_be_answered_by(person) or super().shows_whole_to(person)

    @cached_property
    def way(self) -> list[BoardNote]:
        """Return what is noted of its way and stands, in the order it happened."""
        notes = [one for one in self.notes.all() if one.kind != BoardNote.Kind.COMMENT]
        corrected = {one.corrects_id for one in notes}
        standing = [one for one in notes if one.pk not in corrected and not one.is_taken_back]
        order = list(BoardNote.Kind)
        return sorted(standing, key=lambda one: (order.index(one.kind), one.on, one.pk))  # type: ignore[arg-type]

    @property
    def comments(self) -> list[BoardNote]:
        return [one for one in self.notes.all() if one.kind == BoardNote.Kind.COMMENT]

    @property
    def sent(self) -> BoardNote | None:
        return self._first(BoardNote.Kind.SENT)

    @property
    def received(self) -> BoardNote | None:
        return self._first(BoardNote.Kind.RECEIVED)

    @property
    def treated(self) -> BoardNote | None:
        return self._first(BoardNote.Kind.TREATED)

    @property
    def stage(self) -> str:
        """Return how far it is, in a word or two."""
        note = self.treated or self.received or self.sent
        return str(note.get_kind_display() if note else self.get_state_display())

    def is_received_by(self, person: Person) -> bool:
        """Return whether `person` has confirmed that it was received."""
        mine = (one for one in self.way if one.kind == BoardNote.Kind.RECEIVED)
        return any(one.person_id == person.pk for one in mine)

    def decided_on(self) -> date | None:
        return timezone.localdate(self.decision.decided_at) if self.decision else None

    def _first(self, kind: str) -> BoardNote | None:
        return next((one for one in self.way if one.kind == kind), None)


class BoardReportPart(WrittenPart):
    """A part of a report to the executive board."""

    parent = "report"
    by_hand = (ASKS, "incidents")

    report = models.ForeignKey(BoardReport, models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("part of a report to the executive board")
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="part_of_a_board_report_once"),
        ]


class BoardNote(models.Model):
    """Something that happened to a report after it was approved, or a comment on it.

    Nothing is written over: what was noted wrongly is `corrected_by` a row with the reason, which
    says it anew or that it did not happen (`is_taken_back`). `how` is how it was sent, or who
    received it; `person` is the member of the executive board who confirmed it by a click.
    """

    class Kind(models.TextChoices):
        """Events in the life of a report, in the order in which they happen."""

        SENT = "sent", _("Sent")
        RECEIVED = "received", _("Received")
        TREATED = "treated", _("Treated")
        COMMENT = "comment", _("Comment")

    class Outcome(models.TextChoices):
        """Outcome of the executive board's treatment of it at its meeting."""

        NOTED = "noted", _("Taken to note")
        DECIDED = "decided", _("Decided")
        SENT_BACK = "sent_back", _("Sent back")

    report = models.ForeignKey(BoardReport, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    how = models.CharField(max_length=LINE_LENGTH, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    case_number = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    text = models.TextField(blank=True)
    because = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_taken_back = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("note on a report to the executive board")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    @property
    def is_sent_back(self) -> bool:
        return self.outcome == self.Outcome.SENT_BACK

    @staticmethod
    def can_be_written_by(person: Person) -> bool:
        """Return whether `person` notes what happened to reports: coordinators."""
        return person.is_coordinator

    @staticmethod
    def can_be_answered_by(person: Person) -> bool:
        """Return whether `person` confirms receipt and comments: the executive board."""
        return person.is_executive
