"""What of a register's past is one committee's: what it decided and held, or all that its mandate covers.

The registers that a mandate covers are chosen when it is approved, and told by that event. Of what lies
outside them nobody else's work counts for the committee, and of what lies inside only what was held since
it began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final, Optional

from kommissorium.measures.activities import HELD
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Noted
from kommissorium.measures.kinds import MANDATE_APPROVED
from kommissorium.measures.past import PastEvent
from kommissorium.measures.rules import audits, awareness, continuity_past, readings, reports
from kommissorium.measures.rules.audits import SETTINGS_CHANGED
from kommissorium.measures.rules.incidents import HELD as MET
from kommissorium.measures.rules.policy_past import RETIRED

# Measures and aspects whose rules ask themselves who decided: they credit nobody with another's work.
ASK_WHO: Final = frozenset(
    {
        *(Measure.OBJECTIVES, Measure.AWARENESS_TRAINING, Measure.POLICY_FRAMEWORK),
        *(Measure.RISK_LEVEL, Measure.QUARTERLY_STATUS, Measure.PROJECT_STATUS),
        *(Measure.AWARENESS_EVALUATION, Measure.AUDIT_EVALUATION),
        *("policy_revised", reports.REPORTS_RECEIVED),
    }
)
PLANS: Final = (audits.KIND.plan, awareness.KIND.plan, continuity_past.TESTS.plan)
FIGURES: Final = ".figures_kept"  # how the acts end that keep figures of a day
NAMED: Final = ("document", "service", "plan", "audit", "incident")
# What an event is about, where it is the event's own thing.
ABOUT: Final[Mapping[str, str]] = {
    **dict.fromkeys(continuity_past.SERVICE_ACTS, "service"),
    **dict.fromkeys((RETIRED, readings.AUDIENCE), "document"),
}
Registers = Optional[AbstractSet[str]]  # None for all of them


def scopes_told_by(events: Sequence[PastEvent], mandates: AbstractSet[int]) -> dict[int, Registers]:
    """Return the registers that each of a committee's mandates covers, by the mandate's key.

    Of one approved before registers were chosen: all for the committee whose mandate was the
    first of all, none for others.
    """
    approved = [one for one in events if one.act == MANDATE_APPROVED]
    is_first = bool(approved) and approved[0].key in mandates
    unchosen: Registers = None if is_first else frozenset()
    return {
        one.key: frozenset(one.facts["registers"]) if "registers" in one.facts else unchosen
        for one in approved
        if one.key in mandates
    }


def since_it_began(
    events: Sequence[PastEvent], committee: int, began: Noted | None
) -> Sequence[PastEvent]:
    """Return the events without what others held before the committee's first mandate was approved."""
    if began is None or not any(one.act == HELD and not _is_since(one, began) for one in events):
        return events
    own = {id(one) for one in own_events(events, committee)}
    return [one for one in events if one.act != HELD or _is_since(one, began) or id(one) in own]


def _is_since(held: PastEvent, began: Noted) -> bool:
    """Return whether something was held, and noted, after the committee began."""
    return held.noted.seq > began.seq and date.fromisoformat(held.facts["held_on"]) >= began.on


def began_by(events: Sequence[PastEvent], mandates: AbstractSet[int]) -> Noted | None:
    """Return how the chain knows that the first of the committee's mandates was approved."""
    approved = (one for one in events if one.act == MANDATE_APPROVED and one.key in mandates)
    return next((one.noted for one in approved), None)


def decided_by(events: Sequence[PastEvent], committee: int) -> list[PastEvent]:
    """Return what the committee decided, as the events say."""
    return [one for one in events if one.facts.get("committee") == committee]


def own_events(events: Sequence[PastEvent], committee: int) -> list[PastEvent]:
    """Return what the committee decided, and what tells of the things it decided on.

    Nothing where it decided nothing: the figures of a register are of those who decide in it.
    """
    decided = decided_by(events, committee)
    if not decided:
        return []
    kept = {id(one) for one in decided}
    own = {thing for one in decided for thing in _things(one)}
    return [one for one in events if _is_beside(one) or id(one) in kept or own & {*_things(one)}]


def _is_beside(event: PastEvent) -> bool:
    """Return whether an event is nobody's: figures, settings, a meeting that was held."""
    return event.act.endswith(FIGURES) or event.act in (SETTINGS_CHANGED, MET)


def _things(event: PastEvent) -> Iterator[tuple[str, int]]:
    """Yield what an event is about and what it names, each with its key."""
    facts = event.facts
    yield from ((name, facts[name]) for name in NAMED if isinstance(facts.get(name), int))
    if facts.get("kind") in PLANS:
        yield "plan", event.key
    elif event.act in ABOUT:
        yield ABOUT[event.act], event.key
    elif event.act.startswith("incidents."):
        yield "incident", event.key
