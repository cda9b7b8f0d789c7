"""What is said of a clause on a date: a state, a sentence, the evidence and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Clause


class State(models.TextChoices):
    """How a clause stands. What nothing measures yet is never called fulfilled."""

    FULFILLED = "fulfilled", _("Fulfilled")
    DUE_SOON = "due_soon", _("Due soon")
    NOT_FULFILLED = "not_fulfilled", _("Not fulfilled")
    UNMEASURED = "unmeasured", _("Cannot be measured yet")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement can be looked up: a row, a record or an event.

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
    """What to do next about a clause that is not fulfilled: a button.

    All steps are for those who prepare the committee's meetings.
    """

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `sentence` is plain words in the active language."""

    state: State
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A clause and what was found of it on the date."""

    clause: Clause
    on: date
    finding: Finding

    @property
    def state(self) -> State:
        return self.finding.state


def fulfilled(sentence: str, *evidence: Evidence) -> Finding:
    return Finding(State.FULFILLED, sentence, evidence)


def due_soon(sentence: str, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.DUE_SOON, sentence, evidence, step)


def not_fulfilled(sentence: str, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.NOT_FULFILLED, sentence, evidence, step)


def unmeasured(sentence: str, *evidence: Evidence) -> Finding:
    return Finding(State.UNMEASURED, sentence, evidence)
