"""R5: guidelines for owners are in force, decided, and read by four owners in five."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

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
    combined,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
)
from kommissorium.measures.kinds import reads
from kommissorium.measures.past import PROPOSAL_APPROVED, PastEvent
from kommissorium.measures.rules.policy_past import BY_OWNER, UPPER_DECIDED, PolicyPast
from kommissorium.measures.said import Link, _, day, joined, link

MOST: Final = 80  # per cent of the owners, who are to have read it
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


@reads()
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
    label = _("Guidelines for owners, version %(version)d") % {"version": found.number}
    version = link("policy_version", found.key)
    evidence = event_evidence(label, version, found.reference, found.noted, found.begins)
    parts = [fulfilled(since % values, evidence), *_weighed(found, past, asked)]
    if not found.is_decided:
        alone = _("The owner of the document approved it, and no committee decided on it.")
        parts.append(not_fulfilled(alone, step=step))
    elif found.review_by < on:
        late = _("It should have been reviewed by %(day)s.") % {"day": day(found.review_by)}
        parts.append(not_fulfilled(late, step=step))
    elif found.review_by <= on + SOON:
        soon = _("It is to be reviewed by %(day)s.") % {"day": day(found.review_by)}
        parts.append(due_soon(soon, step=step))
    return combined(parts)


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
    key = facts["key"] if event.act == UPPER_DECIDED else event.key
    page, about = link("policy", document), f"{VERSION} {key}"
    return Guideline(key, document, number, begins, until, event.noted, page, about, decided)


def _weighed(one: Guideline, past: PolicyPast, asked: Question) -> Iterator[Finding]:
    """Yield how many owners have confirmed that they have read them; too few are amber."""
    on = min(asked.on, asked.known)
    numbers = past.figures.known_on(on)
    if numbers is None:
        if past.figures.kept_until(on):
            yield unmeasured(past.figures.untold(on))
        return
    owners, read = numbers.get(OWNERS.code, 0), numbers.get(READ.code, 0)
    if not owners:
        yield fulfilled(_("Nobody is to read it: there are no owners."))
        return
    said = joined(OWNERS.said(owners), READ.said(read))
    if not is_read_by_too_few(read, owners):
        yield fulfilled(said)
        return
    least = _("At least %(number)d are to (%(percent)d per cent).")
    values = {"number": -(-owners * MOST // 100), "percent": MOST}
    step = Step(_("See who has not read it"), link("policy_readers", one.document))
    yield due_soon(joined(said, least % values), step=step)


def is_read_by_too_few(read: int, owners: int) -> bool:
    """Return whether fewer owners have read it than are to."""
    return 100 * read < MOST * owners


CHECKS: Final[Mapping[str, Check[PolicyPast]]] = {Measure.OWNER_GUIDELINES: owner_guidelines}
