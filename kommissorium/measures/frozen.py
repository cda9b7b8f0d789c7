"""Answers that the program froze, as an export carries them, held against what is computed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.measures.coded import coded
from kommissorium.measures.findings import Finding
from kommissorium.measures.own import rules_hash

ANSWER, FREEZES = "compliance.answer", "core.record_frozen"
NOTHING: Final = {"state": "unmeasured", "code": "", "sentence": {"da": "", "en": ""}}
NAMED: Final = "{person:"  # in words that name somebody, whose name the export's texts have


@dataclass(frozen=True)
class FrozenAnswer:
    """An answer as it was known when its day ended: of each clause what was said, by its number."""

    record: int
    committee: int
    on: date
    frozen_on: date
    rules: str
    clauses: Mapping[str, Mapping[str, Any]]

    @property
    def has_these_rules(self) -> bool:
        return self.rules == rules_hash()

    def other_than(self, number: str, finding: Finding) -> Mapping[str, Any] | None:
        """Return what was frozen of the clause where it is another finding; None where the same."""
        kept = self.clauses.get(number, NOTHING)
        if kept["state"] != str(finding.state):
            return kept
        names = NAMED in json.dumps(kept["code"])
        return None if names or kept["code"] == coded(finding.sentence) else kept


@dataclass(frozen=True)
class FrozenAnswers:
    """The frozen answers of an export. `changed` are those that are not what the chain sealed."""

    found: Sequence[FrozenAnswer]
    changed: Sequence[int]
    withheld: int

    def of(self, committee: int, on: date) -> FrozenAnswer | None:
        """Return the first that was frozen after the day had ended."""
        own = (one for one in self.found if (one.committee, one.on) == (committee, on))
        return next((one for one in own if one.frozen_on > on), None)


def frozen_answers(
    file: zipfile.ZipFile, records: Iterable[Mapping[str, Any]], events: Iterable[Mapping[str, Any]]
) -> FrozenAnswers:
    """Read the answers among the records, and hold their bytes against the events that sealed them."""
    own = [one for one in records if one["kind"] == ANSWER]
    wanted = {one["event"] for one in own}
    sealed = {
        one["seq"]: json.loads(one["facts"])["content_hash"]
        for one in events
        if one["act"] == FREEZES and one["seq"] in wanted
    }
    found, changed, withheld = [], [], 0
    for one in own:
        if one.get("withheld"):
            withheld += 1
            continue
        content = file.read(f"records/{one['id']}.json")
        digest = hashlib.sha256(content).hexdigest()
        if not digest == one["content_hash"] == sealed.get(one["event"]):
            changed.append(one["id"])
            continue
        found.append(_read(one["id"], json.loads(content)))
    return FrozenAnswers(found, changed, withheld)


def _read(record: int, content: Mapping[str, Any]) -> FrozenAnswer:
    return FrozenAnswer(
        record,
        content["committee_key"],
        date.fromisoformat(content["day"]),
        date.fromisoformat(content["known"]),
        content["rules"],
        {one["number"]: one["then"] for one in content["clauses"]},
    )
