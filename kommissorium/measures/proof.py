"""What an export proves of the facts that rules read, and what it does not: never green."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kommissorium.measures.findings import Finding, State
from kommissorium.measures.kinds import Kind, Lineage
from kommissorium.measures.rows import Row, Rows
from kommissorium.measures.said import Words, _, joined

WITHHELD, OTHERWISE, UNKNOWN, LACKING = "withheld", "otherwise", "unknown", "lacking"
TOLD: Final = {
    WITHHELD: _("%(number)d of %(table)s withheld: not proved."),
    OTHERWISE: _("%(number)d of %(table)s not as their rows say: not proved."),
    UNKNOWN: _("%(number)d of %(table)s without a row: not proved."),
    LACKING: _("%(number)d of %(table)s missing: not proved."),
}
HELD_AGAINST: Final = (State.NOT_FULFILLED, State.DUE_SOON, State.OPEN_ROW)


class Unproved(NamedTuple):
    """A fact that no text of the export proves, and why; of one that is missing, its row."""

    table: str
    row: Row
    why: str


class Lack(NamedTuple):
    """So many facts of a kind that an answer was read from and that nothing proves, and why."""

    table: str
    number: int
    why: str

    @property
    def words(self) -> Words:
        return TOLD[self.why] % {"number": self.number, "table": self.table}


@dataclass(frozen=True)
class Proof:
    """How far facts are proved: the rows whose text says the same, and the facts of all others."""

    proved: Counter[str]
    unproved: Sequence[Unproved]
    lineage: Lineage

    def number(self, why: str) -> Counter[str]:
        """Return by table how many facts are not proved for a reason."""
        return Counter(one.table for one in self.unproved if one.why == why)

    @property
    def otherwise(self) -> list[tuple[str, str]]:
        """Return the facts whose rows say otherwise, by table and key."""
        return [(one.table, str(one.row["id"])) for one in self.unproved if one.why == OTHERWISE]

    @property
    def speaks_against(self) -> bool:
        return any(one.why in (OTHERWISE, LACKING) for one in self.unproved)

    def lacks(self, kinds: Iterable[Kind], committee: int) -> list[Lack]:
        """Return what is not proved of a committee's facts of these kinds."""
        found = Counter(
            (one.table, one.why)
            for one in self.unproved
            if self.lineage.committee(one.table, one.row) in (None, committee)
            if any(self.lineage.is_read(one.table, one.row, kind) for kind in kinds)
        )
        return [Lack(table, number, why) for (table, why), number in sorted(found.items())]


def proof_of(
    rows: Rows,
    texts: Mapping[tuple[str, str], Row],
    says: Callable[[str, Row, Row], bool],
    is_wanted: Callable[[str, Row, Lineage], bool],
) -> Proof:
    """Hold facts against the texts of their rows, by table and key.

    `says` tells whether a text says the same as a fact, `is_wanted` whether a row is to have one.
    """
    proved: Counter[str] = Counter()
    unproved, left, lineage = [], dict(texts), Lineage(rows)
    for table, facts in rows.items():
        for fact in facts:
            row = left.pop((table, str(fact["id"])), None)
            if row is None:
                unproved.append(Unproved(table, fact, UNKNOWN))
            elif "text" not in row:
                unproved.append(Unproved(table, fact, WITHHELD))
            elif says(table, json.loads(row["text"]), fact):
                proved[table] += 1
            else:
                unproved.append(Unproved(table, fact, OTHERWISE))
    for (table, _key), line in left.items():
        row = json.loads(line.get("text", "{}"))
        if is_wanted(table, row, lineage):
            unproved.append(Unproved(table, row, LACKING))
    return Proof(proved, unproved, lineage)


def as_proved(found: Finding, lacks: Sequence[Words]) -> Finding:
    """Return what is found, and what it rests on that is not proved: it is never green then."""
    if not lacks:
        return found
    state = found.state if found.state in HELD_AGAINST else State.UNMEASURED
    return replace(found, state=state, sentence=joined(found.sentence, *lacks))
