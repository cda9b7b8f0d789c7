"""R5: guidelines for owners are in force, decided, and weighed by who has read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.days import QUARTER, SOON, add_months
from kommissorium.measures.findings import (
    Check,
    Finding,
    Noted,
    Question,
    Step,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.past import PROPOSAL_APPROVED, PastEvent
from kommissorium.measures.rules.policy_past import BY_OWNER, UPPER_DECIDED, PolicyPast
from kommissorium.measures.said import Link, Words, _, day, joined, link

AUDIENCE: Final = "readings.audience_chosen"
VERSION: Final = "policies.version"
OWNERS: Final = Counted(
    "owners", plural("One owner is to read it.", "%(number)d owners are to read it.")
)
READ: Final = Counted(
    "owners_read",
    plural(
        "One owner has confirmed having read it.",
        "%(number)d owners have confirmed having read it.",
    ),
    none=_("No owner has confirmed having read it."),
)


@dataclass(frozen=True)
class Guideline:
    """Guidelines for owners that took effect: known from `noted.on`, to be reviewed by a day."""

    key: int
    document: int
    number: int
    begins: date
    review_by: date
    noted: Noted
    link: Link
    reference: str
    is_decided: bool = True  # by a committee or above it, not by its owner


def owner_guidelines(_clause: Clause, past: PolicyPast, asked: Question) -> Finding:
    """R5: guidelines for owners are in force and decided, and their day of review is to come."""
    found, on = guideline_on(past, asked), asked.on
    page = found.link if found else link("policies")
    step = Step(_("Open the guidelines"), page)
    if found is None:
        missing = not_fulfilled(_("There are no guidelines for owners."), step=step)
        return unless_first_period(missing, asked, QUARTER)
    values = {"version": found.number, "from": day(found.begins)}
    since = _("Version %(version)d of the guidelines for owners has been in force since %(from)s.")
    text = joined(since % values, _weighed(past, on))
    label = _("Guidelines for owners, version %(version)d") % {"version": found.number}
    evidence = event_evidence(label, found.link, found.reference, found.noted, found.begins)
    if not found.is_decided:
        alone = _("The owner of the document approved it, and no committee decided on it.")
        return not_fulfilled(joined(text, alone), evidence, step=step)
    if found.review_by < on:
        late = _("It should have been reviewed by %(day)s.") % {"day": day(found.review_by)}
        return not_fulfilled(joined(text, late), evidence, step=step)
    if found.review_by <= on + SOON:
        soon = _("It is to be reviewed by %(day)s.") % {"day": day(found.review_by)}
        return due_soon(joined(text, soon), evidence, step=step)
    return fulfilled(text, evidence)


def guideline_on(past: PolicyPast, asked: Question) -> Guideline | None:
    """Return the guidelines for owners in force on the day, as far as they are known."""
    for_owners: set[int] = set()
    for event in past.of(AUDIENCE):
        if event.noted.on > asked.known:
            break
        put = for_owners.add if "owners" in event.facts["groups"] else for_owners.discard
        put(event.key)
    found = [
        _approved(one)
        for one in past.of(PROPOSAL_APPROVED, UPPER_DECIDED, BY_OWNER)
        if _took_effect(one) and one.noted.on <= asked.known and one.facts["document"] in for_owners
    ]
    begun = [one for one in found if one.begins <= asked.on and not past.is_gone(one, asked)]
    return max(begun, key=lambda one: (one.begins, one.number, one.noted.seq), default=None)


def _took_effect(event: PastEvent) -> bool:
    facts = event.facts
    return facts.get("kind") == VERSION and bool(facts.get("from"))


def _approved(event: PastEvent) -> Guideline:
    facts = event.facts
    begins = date.fromisoformat(facts["from"])
    until = add_months(begins, facts["months"])
    document, number, decided = facts["document"], facts["number"], event.act != BY_OWNER
    page, about = link("policy", document), f"{VERSION} {event.key}"
    return Guideline(event.key, document, number, begins, until, event.noted, page, about, decided)


def _weighed(past: PolicyPast, on: date) -> Words:
    """Return how many owners have confirmed that they have read them, as a sentence."""
    found = past.figures.on(on)
    numbers: Mapping[str, Any] = found.numbers if found else {}
    if not numbers.get(OWNERS.code):
        return ""
    return joined(OWNERS.said(numbers[OWNERS.code]), READ.said(numbers[READ.code]))


CHECKS: Final[Mapping[str, Check[PolicyPast]]] = {Measure.OWNER_GUIDELINES: owner_guidelines}
