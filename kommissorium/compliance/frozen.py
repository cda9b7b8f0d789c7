"""What a frozen answer holds, and the answer read back from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language, override

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import ClauseFinding, Fulfilment, fulfilment_on, in_words
from kommissorium.compliance.history import CommitteeHistory
from kommissorium.compliance.models import ANSWER, FrozenAnswer
from kommissorium.core.evidence.canonical import GENESIS, canonical
from kommissorium.core.evidence.models import Event
from kommissorium.measures.coded import coded
from kommissorium.measures.findings import Evidence, Finding, State
from kommissorium.measures.own import rules_hash
from kommissorium.measures.told import Told

ANSWERED: Final = "compliance.answer_frozen"
PERSON: Final = re.compile(r"\{person:([0-9a-f-]{36})\}")
DAYS: Final = ("on", "noted_on")


def content_of(committee: Committee, history: CommitteeHistory, on: date) -> dict[str, Any]:
    """Return what is frozen of the answer on a day: both readings, by all that is known now."""
    then = fulfilment_on(history, on)
    mandate = then.mandate
    now = [one.today or one.finding for one in then.findings]
    today = {state.value: sum(one.state == state for one in now) for state in State}
    seq, digest = head()
    found = {
        "committee": committee.name,
        "committee_key": committee.pk,
        "day": on,
        "known": history.known,
        "time_zone": settings.TIME_ZONE,
        "mandate": mandate
        and {"key": mandate.pk, "version": mandate.version, "from": mandate.effective_from},
        "measured_from": then.measured_from,
        "rules": rules_hash(),
        "facts": facts_hash(history.told),
        "head": {"seq": seq, "hash": digest},
        "answer": {code: _in(code, lambda: in_words(then)) for code, _name in settings.LANGUAGES},
        "counts": {"then": {one.value: n for one, n in then.counts.items()}, "today": today},
        "clauses": [_clause(one) for one in then.findings],
    }
    return without_names(found)


def head() -> tuple[int, str]:
    """Return number and hash of the last event of something else than answers being frozen."""
    answers = f'"kind":"{ANSWER}'  # the beginning of both kinds
    others = Event.objects.exclude(act=ANSWERED)
    others = others.exclude(act="core.record_frozen", facts__contains=answers)
    return others.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)


def facts_hash(told: Told) -> str:
    """Return the SHA-256 of the rows, events and counts that an answer was computed from."""
    rows = {table: sorted(rows, key=lambda one: one["id"]) for table, rows in told.rows.items()}
    events = [one.noted.hash for one in told.events]
    counts = {code: dict(numbers) for code, numbers in told.counts.items()}
    found = {"rows": rows, "events": events, "records": told.hashes, "counts": counts}
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _in(language: str, said: Any) -> str:
    with override(language):
        return str(said())


def spoken(words: Any) -> dict[str, str]:
    """Return the words in each language of the program."""
    return {code: _in(code, lambda: words) for code, _name in settings.LANGUAGES}


def _clause(one: ClauseFinding) -> dict[str, Any]:
    clause = one.clause
    return {
        "key": clause.pk,
        "number": clause.number,
        "text": clause.text,
        "measure": clause.measure,
        "then": _finding(one.finding),
        "today": one.today and _finding(one.today),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "state": finding.state.value,
        "code": coded(finding.sentence),
        "sentence": spoken(finding.sentence),
        "evidence": [dict(_evidence(one)) for one in finding.evidence],
    }


def _evidence(one: Evidence) -> Iterator[tuple[str, Any]]:
    yield "label", spoken(one.label)
    yield "link", str(one.link)
    for field in fields(one)[2:]:
        if value := getattr(one, field.name):
            yield field.name, value


def without_names(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content with people's names, where words have any, as their pseudonyms.

    Who is erased by rule so loses the name in frozen answers, too.
    """
    text = canonical(content)
    for name, pseudonym in Person.objects.values_list("name", "pseudonym"):
        written = json.dumps(name, ensure_ascii=False)[1:-1]
        if " " in name and written in text:
            text = text.replace(written, f"{{person:{pseudonym}}}")
    found: dict[str, Any] = json.loads(text)
    return found


def with_names(text: str) -> str:
    """Return the content's text with the names that people have now."""
    asked = set(PERSON.findall(text))
    if not asked:
        return text
    people = Person.objects.filter(pseudonym__in=asked).values_list("pseudonym", "name")
    names = {
        str(pseudonym): json.dumps(name, ensure_ascii=False)[1:-1] for pseudonym, name in people
    }
    return PERSON.sub(lambda found: names.get(found[1], found[0]), text)


@dataclass(frozen=True)
class Kept:
    """An answer as it was frozen, in the reader's language.

    `differing` is the number of clauses that would be answered otherwise today, by the same
    reading; `has_other_rules` whether the rules are others than they were.
    """

    row: FrozenAnswer
    fulfilment: Fulfilment
    differing: int
    has_other_rules: bool
    names_people: bool


def answered(history: CommitteeHistory, on: date, known: date) -> tuple[Fulfilment, Kept | None]:
    """Return the answer as it is shown: where it was frozen, a past day is as it was known then."""
    computed = fulfilment_on(history, on, known)
    kept = kept_on(history, computed) if known == on < history.known else None
    return (kept.fulfilment if kept else computed), kept


def kept_on(history: CommitteeHistory, computed: Fulfilment) -> Kept | None:
    """Return what was frozen of the day as it was known then; None where nothing was.

    `computed` is the same answer by today's rules, as known then.
    """
    rows = FrozenAnswer.objects.final().filter(committee=history.committee, on=computed.on)
    row = rows.select_related("record").defer("record__pdf").first()
    return read_back(row, history, computed) if row else None


def read_back(row: FrozenAnswer, history: CommitteeHistory, computed: Fulfilment) -> Kept:
    """Return a frozen answer with what is found today, where that is other."""
    content = json.loads(with_names(row.record.content))
    now = {one.clause.pk: one for one in computed.findings}
    findings, differing = [], 0
    for line in content["clauses"]:
        then, ours = line["then"], now.get(line["key"])
        differing += ours is None or not _says(then, ours.finding)
        later = ours and (ours.today or ours.finding)
        today = later if later and not _says(then, later) else None
        findings.append(ClauseFinding(history.clause_rows[line["key"]], _read(then), today))
    fulfilment = replace(
        computed,
        mandate=history.mandate_rows[row.mandate_id] if row.mandate_id else None,
        findings=findings,
    )
    names_people = bool(PERSON.search(row.record.content))
    return Kept(row, fulfilment, differing, content["rules"] != rules_hash(), names_people)


def _says(kept: Mapping[str, Any], finding: Finding) -> bool:
    return (kept["state"], kept["code"]) == (finding.state.value, coded(finding.sentence))


def _read(kept: Mapping[str, Any]) -> Finding:
    evidence = tuple(_read_evidence(one) for one in kept["evidence"])
    return Finding(State(kept["state"]), _word(kept["sentence"]), evidence)


def _read_evidence(kept: Mapping[str, Any]) -> Evidence:
    days = {name: date.fromisoformat(kept[name]) for name in DAYS if name in kept}
    return Evidence(**{**kept, **days, "label": _word(kept["label"])})


def _word(words: Mapping[str, str]) -> str:
    return words.get(get_language() or "", words[settings.LANGUAGE_CODE])


def pdf_content(row: FrozenAnswer, known: date) -> dict[str, Any]:
    """Return what a PDF of a frozen answer says of itself: the record it is of, and its head."""
    seq, digest = head()
    return {
        "committee": row.committee.name,
        "day": row.on.isoformat(),
        "number": row.record_id,
        "hash": row.record.content_hash,
        "known": known.isoformat(),
        "language": get_language() or settings.LANGUAGE_CODE,
        "head": {"seq": seq, "hash": digest},
    }
