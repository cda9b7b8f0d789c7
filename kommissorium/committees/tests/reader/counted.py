"""Counts how well a kept mandate is read, and how well the reader doubts what it read wrong."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kommissorium.committees.reader import ReadClause, Understanding, understand
from kommissorium.committees.reader.second_reading import candidates
from kommissorium.committees.tests.reader.words import letters_lost

HERE = Path(__file__).resolve().parent
LED = ("chair", "deputy_chair", "secretary", "adviser")
RULES = ("meetings_per_year", "calendar_horizon")
UNDOUBTED = ("member", "meeting")
_ARTICLE = re.compile(r"^(?:the|den|det|en|ett?|an?) (?=\w)")


def halves() -> dict[str, list[str]]:
    """Return the names of the mandates the reader is tuned by, and of those held out."""
    names = sorted(f"{path.parent.name}/{path.stem}" for path in HERE.glob("*/*.toml"))
    return {"tuning": names[::2], "held out": names[1::2]}


def terms(names: Iterable[str]) -> list[str]:
    """Return those written before the reader was tuned, in which every clause has its measure."""
    return [name for name in names if name.startswith("terms/")]


@cache
def kept(name: str) -> dict[str, Any]:
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    if "text" not in data:
        data["text"] = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return data


@cache
def read(name: str) -> Understanding:
    return understand(kept(name)["text"])


def in_words(of: Counter[str]) -> str:
    """Return the figures of a count."""
    shares = [
        ("seats", "seat_right", "seat"),
        ("four roles", "role_right", "role"),
        ("cadence", "cadence_right", "cadence"),
        ("measures", "measure_right", "measure"),
        ("errors in doubt", "error_doubted", "error"),
        ("doubts that are errors", "doubt_right", "doubt"),
    ]
    told = [f"{what} {of[right]} of {of[every]}" for what, right, every in shares]
    return ", ".join([*told, f"false measures {of['false']}", f"clauses lost {of['lost']}"])


def count(name: str) -> Counter[str]:
    """Return the figures of one mandate."""
    seats, measures = _seats(name), _measures(name)
    lost = bool(letters_lost(kept(name)["text"].replace("-\n", ""), read(name)))
    return seats + measures + Counter(lost=int(lost))


def errors(name: str) -> list[str]:
    """Return what is read wrong in a mandate, each with a star where it is in doubt."""
    return [*_seat_errors(name)[0], *_measure_errors(name)[0]]


# Seats


def _plain(seat: str) -> tuple[str, str]:
    role, _colon, function = seat.partition(":")
    return role, _ARTICLE.sub("", function.strip().casefold())


def _seat_errors(name: str) -> tuple[list[str], Counter[str]]:
    found = read(name)
    wanted = Counter(_plain(seat) for seat in kept(name)["seats"])
    there = Counter(_plain(f"{row.role}: {row.function or ''}") for row in found.members)
    asked, doubted = questions(found)
    missing, surplus = list((wanted - there).elements()), list((there - wanted).elements())
    told: list[str] = []
    right: set[Any] = set()
    for role, function in missing:
        by: set[Any] = {("role", role)} & asked
        by |= {one for one in asked if one[0] == "function" and _same(one[1], function)}
        by |= {
            ("row", other) for other in surplus if other in doubted and _same(other[1], function)
        }
        right.update(by)
        told.append(f"{'*' if by else ' '} seat missing {role}: {function}")
    for one in surplus:
        if not any(_same(one[1], function) for _role, function in missing):
            told.append(f"{'*' if one in doubted else ' '} seat too many {one[0]}: {one[1]}")
            right |= {("row", one)} if one in doubted else set()
    every: set[Any] = asked | {("row", one) for one in doubted}
    return told, Counter(
        seat=wanted.total(),
        seat_right=(wanted & there).total(),
        role=sum(n for (role, _f), n in wanted.items() if role in LED),
        role_right=sum(n for (role, _f), n in (wanted & there).items() if role in LED),
        doubt=len(every),
        doubt_right=len(right),
    )


def _same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return bool(one and other) and (one in other or other in one)


def _seats(name: str) -> Counter[str]:
    return _with_errors(*_seat_errors(name))


def _with_errors(told: list[str], figures: Counter[str]) -> Counter[str]:
    return figures + Counter(error=len(told), error_doubted=sum(one[0] == "*" for one in told))


# Measures


def _measure_errors(name: str) -> tuple[list[str], Counter[str]]:
    data, found = kept(name), read(name)
    doubted = doubts(found)
    rules = [
        f"{c.measure} "
        + " ".join(
            "-" if n is None else str(n)
            for n in (c.cadence_months, c.min_per_year, c.max_per_year, c.horizon_months)
        )
        for c in found.clauses
        if c.measure in RULES
    ]
    wrong: dict[str, tuple[str, set[str]]] = {}
    own = [rule for rule in data["rules"] if rule.startswith("meetings")]
    for rule in (Counter(data["rules"]) - Counter(rules)).elements():
        code = rule.split()[0]
        near = {c.number for c in found.clauses if c.kind == "meeting" or c.measure == code}
        wrong[f"rule missing {rule}"] = (rule, near & doubted)
    duties = [c for c in found.clauses if c.measure not in {*RULES, "seat_filled"}]
    if "clauses" in data:
        total, right, false, more = _by_clause(data["clauses"], found, doubted)
    else:
        total, right, false, more = _by_number(data["measures"], duties, doubted)
    wrong |= more
    told = [f"{'*' if by else ' '} {what}" for what, (_rule, by) in wrong.items()]
    marked = {number for _rule, by in wrong.values() for number in by}
    matched = (Counter(data["rules"]) & Counter(rules)).total()
    return told, Counter(
        cadence=len(own),
        cadence_right=(Counter(own) & Counter(rules)).total(),
        measure=total + len(data["rules"]),
        measure_right=right + matched,
        false=false,
        doubt=len(doubted),
        doubt_right=len(marked),
    )


def _by_clause(
    labels: list[list[Any]], found: Understanding, doubted: set[str]
) -> tuple[int, int, int, dict[str, tuple[str, set[str]]]]:
    total = right = false = 0
    wrong: dict[str, tuple[str, set[str]]] = {}
    used: set[str] = set()
    for snippet, measure, *months in labels:
        holders = [c for c in found.clauses if _flat(snippet) in _flat(c.text)]
        fit = [c for c in holders if (c.measure or "") == measure and c.number not in used]
        fit = [c for c in fit if not months or c.cadence_months == months[0]]
        total += bool(measure)
        if fit:
            used.add(fit[0].number)
            right += bool(measure)
            continue
        read_as = holders[0].measure if holders else None
        total += not measure
        false += bool(read_as and read_as != measure)
        by = {c.number for c in holders} & doubted
        wrong[f"{snippet[:60]!r}: {measure or '-'} {months} read as {read_as}"] = (measure, by)
    return total, right, false, wrong


def _by_number(
    measures: list[str], duties: list[Any], doubted: set[str]
) -> tuple[int, int, int, dict[str, tuple[str, set[str]]]]:
    there = Counter(str(c.measure) for c in duties if c.measure)
    wrong: dict[str, tuple[str, set[str]]] = {}
    for measure in (there - Counter(measures)).elements():
        by = {c.number for c in duties if c.measure == measure} & doubted
        wrong[f"false {measure} {len(wrong)}"] = (measure, by)
    false = len(wrong)
    for measure in (Counter(measures) - there).elements():
        by = {c.number for c in duties if measure in candidates_of(c)} & doubted
        wrong[f"missed {measure} {len(wrong)}"] = (measure, by)
    return len(measures) + false, (Counter(measures) & there).total(), false, wrong


def measure_of(name: str, clause: ReadClause, found: Understanding) -> str | None:
    """Return the measure a person gave a clause, "" for none; None where it is not known."""
    data, read_as = kept(name), str(clause.measure or "")
    if "clauses" in data:
        told = [code for said, code, *_m in data["clauses"] if _flat(said) in _flat(clause.text)]
        return (told[0] if len(told) == 1 else None) if told else ("" if not read_as else None)
    there = Counter(str(c.measure) for c in found.clauses if c.measure)
    if not read_as:
        return "" if not Counter(data["measures"]) - there else None
    return read_as if there[read_as] <= data["measures"].count(read_as) else None


def _measures(name: str) -> Counter[str]:
    return _with_errors(*_measure_errors(name))


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold()


# Doubts


def doubts(found: Understanding) -> set[str]:
    """Return the numbers of the clauses the editor shows in doubt."""
    return {c.number for c in found.clauses if c.kind not in UNDOUBTED and candidates_of(c)}


def candidates_of(clause: ReadClause) -> set[str]:
    return {str(one or "") for one in candidates(clause.kind, clause.text)}


def questions(found: Understanding) -> tuple[set[Any], set[Any]]:
    return set(), set()
