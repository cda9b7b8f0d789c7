"""Registers that are not in use: taken into use later, or kept elsewhere. Told from the chain.

Until the day the clauses that such a register measures say so, and are never fulfilled. It holds
for a committee by its own decision; before its first meeting, by what was chosen when it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kommissorium.measures.days import year_before
from kommissorium.measures.findings import Evidence, Noted, event_evidence
from kommissorium.measures.past import PastEvent, RegisterRules
from kommissorium.measures.said import Words, _, day, link

PUT_OFF: Final = "registers.put_off"
DECIDED: Final = "registers.put_off_decided"
TAKEN: Final = "registers.taken_into_use"
BEGINNING_ACTS: Final = (PUT_OFF, DECIDED, TAKEN)
LATER, ELSEWHERE = "later", "elsewhere"  # ways of not being in use
MUNICIPALITY: Final = "accounts.municipality"


@dataclass(frozen=True)
class Beginning:
    """A register that is not in use before `until`.

    Kept elsewhere: `where` and by `who`, and `seen` is when somebody last looked. `decided` are
    the numbers of decisions by the committees that made them.
    """

    way: str
    until: date
    noted: Noted
    where: str = ""
    who: str = ""
    seen: date | None = None
    decided: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def told_by(cls, event: PastEvent) -> Beginning:
        facts = event.facts
        seen = facts.get("seen")
        return cls(
            facts["way"],
            date.fromisoformat(facts["until"]),
            event.noted,
            facts.get("where", ""),
            facts.get("who", ""),
            date.fromisoformat(seen) if seen else None,
        )

    def words(self, label: Words | str, committee: int) -> Words:
        """Return what is said of the register: until when, where it is kept, and who decided."""
        values = {"name": label, "day": day(self.until), "where": self.where, "who": self.who}
        number = self.decided.get(committee, "")
        if self.way == LATER:
            if number:
                text = _("“%(name)s” is taken into use on %(day)s (decision %(number)s).")
            else:
                text = _("It was chosen that “%(name)s” is taken into use on %(day)s.")
            return text % {**values, "number": number}
        seen = day(self.seen) if self.seen else ""
        if number:
            text = _(
                "“%(name)s” is kept elsewhere until %(day)s: %(where)s, by %(who)s, last looked at"
                " on %(seen)s (decision %(number)s)."
            )
        else:
            text = _(
                "It was chosen that “%(name)s” is kept elsewhere until %(day)s: %(where)s, by"
                " %(who)s, last looked at on %(seen)s."
            )
        return text % {**values, "seen": seen, "number": number}

    def evidence(self, rules: RegisterRules) -> Evidence:
        label = _("What was said of the use of “%(name)s”") % {"name": rules.label}
        page = link("registers_in_use")
        return event_evidence(label, page, f"{MUNICIPALITY} 1", self.noted, self.noted.on)

    def was_looked_at(self, on: date) -> bool:
        """Return whether somebody looked, within a year, at what is kept elsewhere."""
        return self.way == LATER or (self.seen is not None and self.seen >= year_before(on))


def beginnings_on(events: Iterable[PastEvent], on: date) -> dict[str, Beginning]:
    """Return the registers that were not in use on the day, by what was written by its end."""
    found: dict[str, Beginning] = {}
    for event in events:
        if event.noted.on > on:
            break
        facts = event.facts
        if event.act == PUT_OFF:
            found[facts["register"]] = Beginning.told_by(event)
        for code in facts["registers"] if event.act != PUT_OFF else ():
            if event.act == TAKEN:
                found.pop(code, None)
            elif code in found:
                made = {**found[code].decided, facts["committee"]: facts["decision"]}
                found[code] = replace(found[code], decided=made)
    return {code: one for code, one in found.items() if on < one.until}
