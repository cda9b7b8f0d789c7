"""Findings on a clause on a date: a state, a sentence, the evidence and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.meetings.year_plan import add_months

QUARTER: Final = 3  # months
SOON: Final = timedelta(days=30)  # what lapses within these days is due soon

# What is found of a clause; the past may reach beyond the day that is asked, and must not tell.
type Check[P] = Callable[[Clause, P, Question], Finding]


@dataclass(frozen=True, slots=True)
class Question:
    """Question to a check: the state `on` a day, by what was recorded when the day `known` ended.

    As it was known then, both are the same day; as we know it today, `known` is today. `since`
    is when the clause began to be measured. `committee` is the key of the one whose mandate is
    asked about: it did not decide what another one did.
    """

    on: date
    known: date
    since: date
    committee: int


class State(models.TextChoices):
    """State of a clause. Each means one thing, and the same wherever it is shown."""

    FULFILLED = "fulfilled", gettext_lazy("Fulfilled")
    DUE_SOON = "due_soon", gettext_lazy("Due soon")
    NOT_FULFILLED = "not_fulfilled", gettext_lazy("Not fulfilled")
    NOT_YET_DUE = "not_yet_due", gettext_lazy("Not yet due")  # the first period is running
    NO_OCCASION = "no_occasion", gettext_lazy("No occasion")  # nothing happened that it asks about
    OPEN_ROW = "open_row", gettext_lazy("Open row")  # the mandate names nobody for it
    UNMEASURED = "unmeasured", gettext_lazy("Not measured")  # by nothing, or by nothing of that day


@dataclass(frozen=True, slots=True)
class Noted:
    """The event by which the chain knows of a fact: its number, the day it was written, its hash.

    `by` is the pseudonym of whoever wrote it; "" for the program.
    """

    seq: int
    on: date
    hash: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Reference to the source of a statement: a row, a record or an event.

    `label` names nobody and nothing that is closed. `reference` is how the chain names the
    object, kind and key. Either `record` is the key of a frozen record and `fingerprint` the
    hash of its content, or `event` is a number in the chain and `fingerprint` that event's hash.
    `on` is the day it tells of; `noted_on`, where it differs, the day it was written.
    """

    label: str
    link: str
    reference: str = ""
    record: int | None = None
    event: int | None = None
    fingerprint: str = ""
    on: date | None = None
    noted_on: date | None = None
    is_closed: bool = False  # only those whom the committee names can open it


@dataclass(frozen=True, slots=True)
class Step:
    """Next step for a clause that is not fulfilled: a button.

    All steps are for those who prepare the committee's meetings.
    """

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Finding of a check. `sentence` is plain words in the active language."""

    state: State
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    step: Step | None = None


def fulfilled(sentence: str, *evidence: Evidence) -> Finding:
    return Finding(State.FULFILLED, sentence, evidence)


def due_soon(sentence: str, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.DUE_SOON, sentence, evidence, step)


def not_fulfilled(sentence: str, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.NOT_FULFILLED, sentence, evidence, step)


def unmeasured(sentence: str, *evidence: Evidence) -> Finding:
    return Finding(State.UNMEASURED, sentence, evidence)


def not_yet_due(sentence: str, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.NOT_YET_DUE, sentence, evidence, step)


def no_occasion(sentence: str, *evidence: Evidence) -> Finding:
    return Finding(State.NO_OCCASION, sentence, evidence)


def unless_first_period(missing: Finding, asked: Question, months: int) -> Finding:
    """Return what is found missing, or that it is not yet due: in the first months of measuring.

    In the last thirty days of them it is due soon.
    """
    due = add_months(asked.since, months)
    if asked.on >= due:
        return missing
    lead = _("It is to be there by %(day)s: it is measured since %(since)s.")
    text = lead % {"day": day_in_words(due), "since": day_in_words(asked.since)}
    state = State.DUE_SOON if asked.on + SOON >= due else State.NOT_YET_DUE
    return Finding(state, f"{missing.sentence} {text}", missing.evidence, missing.step)


def combined(parts: Sequence[Finding]) -> Finding:
    """Return one finding for a clause that asks for several things, each fulfilled or not.

    It says all that is said of the parts; the first of those that stand worst gives state and step.
    """
    worst = min(parts, key=lambda part: _WORST_FIRST.index(part.state))
    text = " ".join(part.sentence for part in parts if part.sentence)
    evidence = tuple(one for part in parts for one in part.evidence)
    return Finding(worst.state, text, evidence, worst.step)


_WORST_FIRST: Final = (
    *(State.NOT_FULFILLED, State.DUE_SOON, State.UNMEASURED, State.NOT_YET_DUE),
    *(State.OPEN_ROW, State.NO_OCCASION, State.FULFILLED),
)


def late_or_soon[T](
    late: Sequence[T],
    soon: Sequence[T],
    words: tuple[Any, Any],
    evidence: Callable[[T], Evidence],
    step: Step,
) -> Finding | None:
    """Return what is late, else what soon is, told by how many it is; None where neither is.

    `words` are for each a lazy plural (ngettext_lazy by `number`).
    """
    for rows, text, found in ((late, words[0], not_fulfilled), (soon, words[1], due_soon)):
        if rows:
            said = str(text % {"number": len(rows)})
            return found(said, *map(evidence, rows), step=step)
    return None


def event_evidence(
    label: str, link: str, reference: str, noted: Noted | None, on: date | None
) -> Evidence:
    """Return what an event tells as evidence; without the event where the chain has none."""
    return Evidence(
        label=label,
        link=link,
        reference=reference,
        event=noted.seq if noted else None,
        fingerprint=noted.hash if noted else "",
        on=on,
        noted_on=noted.on if noted else None,
    )


def within_a_year(text: str, since: date, on: date, evidence: Evidence, step: Step) -> Finding:
    """Return what is found of something to be done each year, last done `since`; `text` says so."""
    if since < year_before(on):
        late = _("That is more than twelve months ago.")
        return not_fulfilled(f"{text} {late}", evidence, step=step)
    if since < year_before(on + SOON):
        soon = _("Within a month it is more than twelve months ago.")
        return due_soon(f"{text} {soon}", evidence, step=step)
    return fulfilled(text, evidence)


def year_before(on: date, months: int = 12) -> date:
    """Return the first day of the twelve months that end on the day, or of other `months`; a
    29 February is one day."""
    following = on + timedelta(days=1)
    begins = add_months(following, -months)
    return begins if begins.day == following.day else begins + timedelta(days=1)
