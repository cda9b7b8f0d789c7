"""What a report asks the executive board for, and the board's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import kroner
from kommissorium.reports.models.board_reports import BoardReport

MOST_REQUESTS: Final = 3
SENTENCE: Final = 240  # letters of a request, and of what happens otherwise


class BoardRequest(models.Model):
    """One thing that a report asks the executive board for: a sentence, kroner, and what else.

    `kroner` is whole kroner, None where it costs nothing. It is frozen with its report.
    """

    report = models.ForeignKey(BoardReport, models.CASCADE, related_name="requests")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=SENTENCE)
    kroner = models.PositiveBigIntegerField(null=True)
    otherwise = models.CharField(max_length=SENTENCE)

    class Meta:
        ordering = ["place"]
        verbose_name = gettext_lazy("request to the executive board")
        constraints = [
            models.UniqueConstraint(fields=["report", "place"], name="request_of_a_report_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def data(self) -> dict[str, Any]:
        """Return it as the record of its report keeps it."""
        names = ("text", "kroner", "otherwise")
        return {name: getattr(self, name) for name in names}

    @cached_property
    def said(self) -> list[BoardAnswer]:
        """Return the board's answers, the oldest first."""
        return list(self.answers.all())

    @property
    def answer(self) -> BoardAnswer | None:
        """Return the board's last word; None where it has said nothing."""
        return self.said[-1] if self.said else None

    @property
    def is_open(self) -> bool:
        """Return whether the board has yet to say yes or no."""
        return self.answer is None or self.answer.answer == BoardAnswer.Answer.ASKED


class BoardAnswer(models.Model):
    """Answer of the executive board to a request, given by one of it. Never changes."""

    class Answer(models.TextChoices):
        """What the board can say to a request; a question leaves it open."""

        APPROVED = "approved", gettext_lazy("Approved")
        REFUSED = "refused", gettext_lazy("Refused")
        ASKED = "asked", gettext_lazy("Question")

    request = models.ForeignKey(BoardRequest, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    text = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("answer of the executive board")

    def __str__(self) -> str:
        return str(self.get_answer_display())


def line_of(one: Mapping[str, Any]) -> str:
    """Return a request as one line of text: what is asked for, kroner, and what happens otherwise."""
    cost = "" if one["kroner"] is None else kroner(one["kroner"])
    told = f"{one['text']} ({cost})" if cost and cost not in one["text"] else one["text"]
    return f"{told} {one['otherwise']}"


def lines_of(requests: Sequence[Mapping[str, Any]]) -> str:
    """Return requests as the text of the part that tells of them."""
    return "\n".join(f"{place}. {line_of(one)}" for place, one in enumerate(requests, start=1))
