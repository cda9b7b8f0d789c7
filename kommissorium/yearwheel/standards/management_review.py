"""Agenda items that serve the management review of ISO 27001, 9.3.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.committees.measures import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Input:
    """Claim that the item with the measure covers a number, and the reason for it."""

    number: str
    measure: Measure
    why: StrPromise


INPUTS: Final[tuple[Input, ...]] = (
    Input(
        "9.3.2 a",
        Measure.AGENDA_ONGOING,
        _("The tasks that earlier decisions gave are gone through, done and open."),
    ),
    Input(
        "9.3.2 d",
        Measure.AGENDA_INCIDENTS,
        _("Incidents show where the measures failed."),
    ),
    Input(
        "9.3.2 d",
        Measure.AGENDA_YEAR_WHEEL,
        _("Checks, audits and goals come with their results and faults."),
    ),
    Input(
        "9.3.2 e",
        Measure.EXECUTIVE_REPORTING,
        _("Answers from the executive board come back to the committee."),
    ),
    Input(
        "9.3.2 g",
        Measure.AGENDA_COMING_TASKS,
        _("The tasks of the coming quarter are chosen: what is to be better."),
    ),
)
