"""What the chair decided between meetings, in rules that ask the committee: minutes must confirm it.

Until a meeting took it up, by a decision in minutes that were sent out, it is due soon at best. What
the committee rejected is none. Policies and plans count at once where the mandate lets the chair
approve them (R11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kommissorium.measures.codes import CONFIRMING, REJECTED
from kommissorium.measures.counted import Tailed, enumerated
from kommissorium.measures.findings import (
    Answered,
    Finding,
    Question,
    State,
    Step,
    combined,
    due_soon,
    not_fulfilled,
)
from kommissorium.measures.past import DecidedBy
from kommissorium.measures.said import Said, Words, _, day, link

HOLDING: Final = (State.FULFILLED, State.DUE_SOON)
NOT_TAKEN_UP: Final = _(", not dealt with by the committee")
REJECTED_BY: Final = _(", rejected by the committee")


def answer_to(by: DecidedBy, asked: Question) -> Answered | None:
    """Return the last answer in minutes to what the chair decided alone, as far as it is known."""
    decision = asked.chairs.get(by.number)
    answers = decision.answers if decision else ()
    known = [one for one in answers if one.on <= asked.on and one.written_on <= asked.known]
    settled = [one for one in known if one.outcome in (*CONFIRMING, REJECTED)]
    return settled[-1] if settled else None


def is_alone(by: DecidedBy, asked: Question, *, may: bool = False) -> bool:
    """Return whether the chair decided it, and no meeting took it up; `may` for policies and plans."""
    if not by.is_chairs or (may and asked.chair_may):
        return False
    answer = answer_to(by, asked)
    return answer is None or answer.outcome not in CONFIRMING


def is_rejected(by: DecidedBy, asked: Question) -> bool:
    """Return whether the committee rejected what its chair had decided."""
    answer = answer_to(by, asked)
    return by.is_chairs and answer is not None and answer.outcome == REJECTED


def said_by(
    by: DecidedBy, asked: Question, committee: Said, chair: Said, values: Mapping[str, Any]
) -> Words:
    """Return the sentence of who decided it; of the chair's, what the committee made of it too."""
    if not by.is_chairs:
        return committee % values
    answer = answer_to(by, asked)
    if answer is None:
        return Tailed(chair % values, NOT_TAKEN_UP)
    if answer.outcome == REJECTED:
        return Tailed(chair % values, REJECTED_BY)
    tail = _(", dealt with by the committee on %(day)s")
    return Tailed(chair % values, tail % {"day": day(answer.on)})


def by_committee(found: Finding, by: DecidedBy, asked: Question, *, may: bool = False) -> Finding:
    """Return what is found of something a committee is to decide on: less where its chair did."""
    if found.state not in HOLDING:
        return found
    if is_rejected(by, asked):
        return replace(found, state=State.NOT_FULFILLED, step=found.step or _step(by, asked))
    if found.state == State.FULFILLED and is_alone(by, asked, may=may):
        return replace(found, state=State.DUE_SOON, step=_step(by, asked) or found.step)
    return found


def unless_alone(
    found: Finding,
    rows: Sequence[tuple[DecidedBy, Words]],
    asked: Question,
    text: Said,
    *,
    may: bool = False,
) -> Finding:
    """Return what is found, and of which of these, named beside who decided, the chair decided alone.

    `text` says that the chair decided on the `names`.
    """
    rejected = [row for row in rows if is_rejected(row[0], asked)]
    alone = [row for row in rows if row not in rejected and is_alone(row[0], asked, may=may)]
    parts = [found]
    for some, tail, make in (
        (rejected, REJECTED_BY, not_fulfilled),
        (alone, NOT_TAKEN_UP, due_soon),
    ):
        if some:
            names = enumerated([name for _by, name in some])
            step = _step(some[0][0], asked) or found.step
            parts.append(make(Tailed(text % {"names": names}, tail), step=step))
    return combined(parts)


def _step(by: DecidedBy, asked: Question) -> Step | None:
    decision = asked.chairs.get(by.number)
    label = _("See the chair's decision")
    return Step(label, link("decision", decision.key)) if decision else None
