"""Clauses of the committee's own wording, measured by the duties tied to them or by nothing."""

from __future__ import annotations

from collections.abc import Sequence

from kommissorium.measures.clauses import Clause, saying
from kommissorium.measures.codes import CRITICAL, MINOR
from kommissorium.measures.days import SOON
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Question,
    State,
    Step,
    combined,
    due_soon,
    fulfilled,
    no_occasion,
    not_fulfilled,
    not_yet_due,
    unmeasured,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import WHEEL, reads
from kommissorium.measures.said import Words, _, day, joined, link
from kommissorium.measures.tasks import WheelFact


@reads(WHEEL)
def own_wording(clause: Clause, history: History, asked: Question) -> Finding:
    """Report how the duties tied to the clause were done; nothing is measured where none is."""
    said = saying(clause)
    made = [one for one in history.wheel if one.says == said and one.made_on <= asked.known]
    known = [one for one in made if one.is_of_a_duty_on(asked.on)]
    if not known and any(one.says == said and one.is_there(asked) for one in history.tied):
        return no_occasion(_("Measured by the year wheel: it has not happened yet."))
    if not known:
        text = _(
            "This is the committee's own wording. It is measured when a duty of the year "
            "wheel is tied to it."
        )
        address = link("duty_add", history.committee, end=f"?clause={clause.pk}")
        return Finding(State.UNMEASURED, text, (), Step(_("Tie a duty to it"), address))
    duties = dict.fromkeys(one.duty for one in known)
    found = [_duty([one for one in known if one.duty == duty], asked) for duty in duties]
    lead = _("Measured by the year wheel:")
    whole = combined(found)
    return Finding(whole.state, joined(lead, whole.sentence), whole.evidence, whole.step)


def _duty(facts: Sequence[WheelFact], asked: Question) -> Finding:
    """Report the last time the duty was due, and the next one.

    What was put off far beyond the day it was first due is not done by that.
    """
    due = [one for one in facts if one.due_as_known(asked.known) < asked.on]
    ended = [one for one in facts if one.had_ended_by(min(asked.on, asked.known))]
    late = [one for one in due if one not in ended]
    values: dict[str, Words] = {"title": facts[0].title}
    if late:
        values["day"] = day(late[0].due_as_known(asked.known))
        text = _("“%(title)s” was to be done by %(day)s.")
        return not_fulfilled(text % values, *_evidence(late[0], asked), step=_open(late[0]))
    coming = [one for one in facts if one not in ended]
    if away := [one for one in coming if one.is_put_off(asked)]:
        values["day"] = day(away[0].due_as_known(asked.known))
        text = _("“%(title)s” is not done, and was put off to %(day)s.")
        return not_fulfilled(text % values, *_evidence(away[0], asked), step=_open(away[0]))
    next_due = min((one.due_as_known(asked.known) for one in coming), default=None)
    if not ended:
        values["day"] = day(next_due)
        text = _("“%(title)s” is to be done for the first time by %(day)s.")
        return not_yet_due(text % values, *_evidence(coming[0], asked))
    return _last_time(max(ended, key=lambda one: (one.ended_on, one.key)), coming, asked)


def _last_time(last: WheelFact, coming: Sequence[WheelFact], asked: Question) -> Finding:
    values: dict[str, Words] = {"title": last.title, "day": day(last.ended_on)}
    if last.is_skipped:
        skipped = _("“%(title)s” was skipped on %(day)s.")
        return not_fulfilled(skipped % values, *_evidence(last, asked), step=_open(last))
    text: Words = _("“%(title)s” was done on %(day)s.") % values
    if last.result == CRITICAL:
        more = _("Critical faults were found.")
        return not_fulfilled(joined(text, more), *_evidence(last, asked), step=_open(last))
    if last.result == MINOR:
        text = joined(text, _("Minor faults were found."))
    soon = [one for one in coming if one.due_as_known(asked.known) <= asked.on + SOON]
    if soon:
        more = _("It is to be done again by %(day)s.")
        again = more % {"day": day(soon[0].due_as_known(asked.known))}
        return due_soon(joined(text, again), *_evidence(last, asked), step=_open(soon[0]))
    return fulfilled(text, *_evidence(last, asked))


def _open(fact: WheelFact) -> Step:
    return Step(_("Open it in the year wheel"), fact.link)


def _evidence(fact: WheelFact, asked: Question) -> list[Evidence]:
    """Return the duty as it was on the day, and what was enclosed."""
    kind, on = "yearwheel.occurrence", asked.on.isoformat()
    page, about = link("thing_past", kind, fact.key, end=f"?on={on}"), f"{kind} {fact.key}"
    own = Evidence(fact.title, page, about, on=fact.ended_on, noted_on=fact.ended_on)
    return [own, *(Evidence(label, url) for label, url in fact.shown_by)]


def not_measured() -> Finding:
    """Return the finding that no register that measures it is installed."""
    return unmeasured(_("No register that measures it is installed."))
