"""Splits prose into sentences, and a sentence with a list into its items."""

from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.reader.text import words

# A full stop after these never ends a sentence.
_NEVER_LAST: Final = words(
    "pr jf jfr nr kl ca fx eks f.eks f.x bl bl.a bla dvs d.v.s e.g eg i.e ie mr mrs ms dr stk art "
    "no nos vol t.ex tex s.k sk cf incl inkl excl ekskl exkl approx evt ev vedr ang iht ift ifm "
    "j.nr mht mhp jvf par kap afs pkt min max maks resp hhv o.l st tlf"
)
_STOP: Final = re.compile(r"[.!?][\"'”»)\]]?\s+(?=[^\W_a-zæøåäöé]|[\"“«(\[])")
_LAST_WORD: Final = re.compile(r"([^\s(]+)$")
_AND: Final = re.compile(r"\s+(?:and|og|och|samt|as well as)\s+(?:(?:finally|til sidst)\s+)?")
# A function begins with one of these, or is named by such a word.
_NAMES_FUNCTION: Final = re.compile(
    r"(?:the|an?|en|ett?|den|det|de|to|two|två|tre|three|\d+)\s|(?:\w*[- ]?)?(?:chef|leder|ledare|"
    r"direkt[øöo]r|sjef|manager|officer|head|rektor|koordinator|co-?ordinator|samord(?:nar|ner)|"
    r"r[åa]dgiv|konsulent|konsult|jurist|arkivar|repr[æe]sentant|representative|rådmann|ansvarlig|"
    r"ombud|dpo|ciso|cio|formand|sekret|secretary|chair|medarbejder|l[æe]ge|läkare|advo[ck]at|"
    r"strateg|specialist|clerk|executive|lead\b|owner|ejer|controller|revisor|auditor|medlem|"
    r"member|adviser|advisor|overlege|inspektør|planner|planl|leader|mester|fuldmægtig|counsel|"
    r"librarian|archivist|solicitor|engineer|ingeni[øö]r|analyst|analytiker|treasurer|udpeg|appoint)",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"\s(?:for|of|för|på|ved|vid|i|in|av|af)\s(?!the (?:head|director|manager))\S", re.IGNORECASE
)
_LONGEST_NAME: Final = 3
_INLINE_NUMBER: Final = re.compile(r"(?:^|[,;]?\s)\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
_ROMAN_OR_NUMBER: Final = re.compile(r"\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])[.)]$")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text on one line; together they are the whole text."""
    sentences, start = [], 0
    for stop in _STOP.finditer(text):
        end = stop.start() + 1
        if _ends(text[max(start, end - 40) : end]):
            sentences.append(text[start : stop.end()].strip())
            start = stop.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences


def _ends(before: str) -> bool:
    """Return whether the stop that ends `before`, the tail of a sentence, closes it."""
    if not before.endswith("."):
        return True
    last = _LAST_WORD.search(before)
    word = last.group(1)[:-1].lower() if last else ""
    if len(before) <= len(word) + 2 and _ROMAN_OR_NUMBER.match(f"{word}."):
        return False
    return (
        word not in _NEVER_LAST
        and not word.endswith("nr")
        and not (len(word) == 1 and word.isalpha())
    )


def split_list(text: str, *, functions: bool = False) -> list[str]:
    """Return the parts of an enumeration: cut at semicolons, else at commas and a last "and".

    Commas inside brackets do not cut. A text that lists nothing comes back whole. `functions`
    tells that it lists people by their functions, whose names may hold an "and".
    """
    text = text.strip().rstrip(".;, ")
    mark = ";" if ";" in text else ","
    parts = [part.strip(" ;,") for part in _cut(text, mark)]
    parts = [part for part in parts if part]
    return _split_last(parts, functions=functions) if parts else []


def _cut(text: str, mark: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == mark and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _split_last(parts: list[str], *, functions: bool) -> list[str]:
    """Cut the last part at its conjunction; in a list with commas that ends the list."""
    *others, last = parts
    leading = re.match(r"(?:and|og|och|samt)\s+", last)
    if leading:
        return [*others, last[leading.end() :]]
    conjunctions = list(_AND.finditer(last))
    if not conjunctions or (not others and len(conjunctions) > 1):
        return parts
    final = next(
        (joint for joint in reversed(conjunctions) if not (functions and _is_in_name(last, joint))),
        None,
    )
    if final is None:
        return parts
    return [*others, last[: final.start()], last[final.end() :]]


def is_rest_of_name(part: str, before: str) -> bool:
    """Return whether a part goes on from the name before: "the head of Plans", "Roads and Parks"."""
    part = re.sub(r"\s*\([^()]*\)$", "", part)
    return (
        part[:1].isupper()
        and _AND.search(part) is not None
        and len(part.split()) <= _LONGEST_NAME
        and _WITHIN.search(before) is not None
        and not any(_NAMES_FUNCTION.match(word) for word in part.split())
    )


def _is_in_name(text: str, joint: re.Match[str]) -> bool:
    """Return whether a conjunction belongs to a name, as in "the head of Children and Culture"."""
    before, after = text[: joint.start()], text[joint.end() :]
    last = _AND.split(before)[-1] if _NAMES_FUNCTION.match(_AND.split(before)[-1]) else before
    return (
        _WITHIN.search(last) is not None
        and len(after.split()) <= _LONGEST_NAME
        and not any(_NAMES_FUNCTION.match(word) for word in (after, *after.split()))
    )


def points(text: str) -> list[str]:
    """Return the points of an agenda that stands on one line, numbered or with commas."""
    numbered = [part.strip(" ,;.") for part in _INLINE_NUMBER.split(text)]
    numbered = [part for part in numbered if part]
    if len(numbered) > 1:
        return numbered
    return split_list(text) if ";" in text or text.count(",") > 1 else [text]
