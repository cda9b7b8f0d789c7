"""ISO 27001:2022, clauses 4 to 10, in our own words, and the items of its management review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.committees.measures import Measure
from kommissorium.yearwheel.standards.model import Chapter, Requirement, Standard

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


ISO_27001: Final = Standard(
    code="iso27001",
    short="ISO 27001",
    name=_("ISO 27001:2022"),
    about=_("What the management system for information security must contain."),
    chapters=(
        Chapter(
            _("The surroundings"),
            (
                Requirement(
                    "4.1", _("What around and inside the municipality matters to security")
                ),
                Requirement("4.2", _("Who expects something, and which of it we must meet")),
                Requirement("4.3", _("What the management system covers, written down")),
                Requirement("4.4", _("The management system is there and is kept going")),
            ),
        ),
        Chapter(
            _("The management's part"),
            (
                Requirement("5.1", _("The management takes the lead and gives the means")),
                Requirement("5.2", _("There is a security policy, and people know it")),
                Requirement("5.3", _("Who does what and who may decide is settled")),
            ),
        ),
        Chapter(
            _("Planning"),
            (
                Requirement(
                    "6.1.1", _("Risks to the management system, and chances for it, are met")
                ),
                Requirement("6.1.2", _("How we assess risks, so that results can be compared")),
                Requirement("6.1.3", _("How we treat risks, and which controls we chose and why")),
                Requirement(
                    "6.2", _("Goals for security that can be followed, and the way to them")
                ),
                Requirement("6.3", _("The management system is changed in an orderly way")),
            ),
        ),
        Chapter(
            _("Support"),
            (
                Requirement("7.1", _("Money, people and tools are there")),
                Requirement(
                    "7.2", _("People can do what security asks of them, and we can show it")
                ),
                Requirement("7.3", _("People know the policy and their own part in it")),
                Requirement("7.4", _("What is told to whom, when and how is settled")),
                Requirement("7.5.1", _("The documents that are demanded or needed exist")),
                Requirement("7.5.2", _("Documents are named, checked and approved alike")),
                Requirement(
                    "7.5.3", _("Documents can be found, and are protected and cleared out")
                ),
            ),
        ),
        Chapter(
            _("The daily work"),
            (
                Requirement("8.1", _("What was planned is carried out, also by suppliers")),
                Requirement("8.2", _("Risks are assessed at fixed times and after changes")),
                Requirement("8.3", _("The plan for treating risks is carried out")),
            ),
        ),
        Chapter(
            _("Looking at the results"),
            (
                Requirement("9.1", _("What we measure, when, and what the figures tell")),
                Requirement("9.2.1", _("Internal audits are held at planned times")),
                Requirement(
                    "9.2.2", _("The audits follow a programme, and the auditors are impartial")
                ),
                Requirement("9.3.1", _("The top management looks at it all at planned times")),
                Requirement("9.3.2 a", _("The review: what came of what was decided last time")),
                Requirement("9.3.2 b", _("The review: what has changed around and inside us")),
                Requirement("9.3.2 c", _("The review: what others newly need and expect of us")),
                Requirement(
                    "9.3.2 d",
                    _("The review: how it goes – faults, measurements, audits and goals"),
                ),
                Requirement("9.3.2 e", _("The review: what those concerned tell us")),
                Requirement("9.3.2 f", _("The review: the risks, and how far their treatment is")),
                Requirement("9.3.2 g", _("The review: what could be done better")),
                Requirement("9.3.3", _("What the review decided is written down")),
            ),
        ),
        Chapter(
            _("Getting better"),
            (
                Requirement("10.1", _("The management system becomes better all the time")),
                Requirement("10.2", _("Faults are put right, and so is what caused them")),
            ),
        ),
    ),
)


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
