"""Reads seats from lists and prose."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kommissorium.committees.reader.functions_in_prose import (
    function_spans,
    functions_with_roles,
)
from kommissorium.committees.reader.headings import COMMITTEE, COMMITTEE_WORD, is_committee_word
from kommissorium.committees.reader.role_sentences import CHAIRED_BY, VERB, role_sentence
from kommissorium.committees.reader.roles import STANDS_IN, parse_seat, role_of
from kommissorium.committees.reader.sentences import is_rest_of_name, split_list
from kommissorium.committees.reader.text import words

_CONSISTS: Final = re.compile(
    r"\b(?:consists? of|comprises?|(?:is )?made up of|is composed of|bestå[r]? (?:\w+ ){0,3}?(?:af|av)|udgøres af|"
    r"utgörs av|har følgende medlemmer|har följande ledamöter|"
    r"(?:members|medlemmerne|medlemmene|medlemmarna|ledamöterna|medlemmer|medlemmar|ledamöter|"
    r"participants|deltagerne|deltagere|deltakerne|deltakere)(?: of (?:the )?[\w ]{1,40})? (?:are|is|er|är)|"
    r"members? includes?|includes|(?:in|i) (?:it|" + COMMITTEE_WORD.pattern + r") "
    r"(?:sit|sits|sidder|sitter|indgår|ingår)|(?:indgår|ingår|inngår|sidder|sitter|deltager|deltar)|"
    r"(?:har|has|is made up of|består av|består af|consists of) "
    r"(?:\w+ ){1,2}(?:members|medlemmer|medlemmar|ledamöter):)"
    r"(?: also| også| också| även| endvidere| desuden| derudover| herudover| dessuten| dessutom| i øvrigt|"
    r" for øvrig| i övrigt| følgende(?: medlemmer)?| följande(?: ledamöter)?| the following"
    r"(?: members)?)?[:,]?\s+",
    re.IGNORECASE,
)
_NO_SEATS: Final = re.compile(
    r"(?:op til |opp til |up to |mindst |minst |at least |between |mellem )?"
    r"(?:\d{1,2}|to|two|två|tre|three|fire|fyra|four|fem|five|seks|sex|six|syv|sju|seven|otte|åtte|"
    r"åtta|eight|ni|nio|nine|ti|tio|ten)(?:\s\S+){0,2}?\s+"
    r"(?:medlemmer|medlemmar|ledamöter|members|personer|persons|people|deltagere|deltakere)\b(?!\s*:)",
    re.IGNORECASE,
)
_IN_COMMITTEE: Final = re.compile(
    rf"\s+(?:i|in|on|av|af) (?:the )?(?:{COMMITTEE_WORD.pattern})(?:s (?:møder|møter|möten))?$",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(
    r"(?:are|er|är|deltager|deltar).{0,12}\s(?:\S+rs|\S+ere|\S+ører|\S+are)$"
)
_STARTS_WITH_MEMBERS: Final = re.compile(
    r"(?:(?:shall|must|skal|ska|is|are) )?(?:be )?(?:chaired by|led by|made up of|compris|consist|"
    r"bestå|ledes a[fv]|leds av)",
    re.IGNORECASE,
)
_MAY: Final = re.compile(
    r"\s(?:kan|kann|may|can|får|skal|ska|shall|will|vil)\s|\s(?:and|og|och)$", re.IGNORECASE
)
_SINGULAR: Final = {
    "heads": "Head",
    "directors": "Director",
    "managers": "Manager",
    "chefer": "Chef",
    "cheferne": "Chef",
    "cheferna": "Chef",
    "lederne": "Leder",
    "direktørerne": "Direktør",
}
_SHARED_TITLE: Final = re.compile(rf"({'|'.join(_SINGULAR)}) (of|for|för)\s+", re.IGNORECASE)
_AND_CLAUSE: Final = re.compile(
    r",?\s+(?:and|og|och|while|mens|medan|samt)\s+|,\s+(?:med|with)\s+|;\s+|,\s+", re.IGNORECASE
)
_EMPTY_WORDS: Final = words(
    "the følgende following följande de has have har er are is as som now member members medlem "
    "medlemmer medlemmar medlemmerne medlemmene ledamöter ledamot participants deltager deltagere "
    "deltakere consists consist of comprises comprise composed made up består af av udgøres utgörs "
    "includes include sammensat sammensatt sit sits on in i sidder sitter it fast faste fasta "
    "permanent ordinære øvrige övriga andre other indgår ingår inngår også also shall skal ska deltar deltagare den det"
)
_NAMING: Final = words("steering working information security data our this for and of")


@dataclass(frozen=True, slots=True)
class SeatAsRead:
    """A seat as read: a role of ROLES, the function or None, and the words it was read from."""

    role: str
    function: str | None
    text: str


def seat(text: str, default: str = "member") -> SeatAsRead:
    """Return the seat that one entry of a list describes."""
    text = text.strip().strip(";,").strip()
    role, function = parse_seat(text)
    return SeatAsRead(role or default, function_name(function), text)


def function_name(text: str) -> str | None:
    """Return the name of a function without article and marks, None for an open seat."""
    text = re.sub(r"^(?:the|an?)\s+(?=\S)", "", text.strip(" .,;:–-"), flags=re.IGNORECASE)
    if not any(character.isalnum() for character in text):
        return None
    return text[0].upper() + text[1:]


def is_empty_lead(text: str) -> bool:
    """Return whether a lead-in only says that the members follow."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)
    committee = next((place for place, word in enumerate(words) if is_committee_word(word)), 0)
    return len(words) < 16 and all(
        word.lower() in _EMPTY_WORDS
        or is_committee_word(word)
        or (place < committee and (word[0].isupper() or word in _NAMING))
        for place, word in enumerate(words)
    )


def is_sentence(text: str) -> bool:
    """Return whether an entry of a member list is prose and not the name of a function."""
    words = len(text.split())
    named = function_spans(text) or parse_seat(text)[0]
    if 3 <= words <= 6 and text.endswith(".") and not named:
        return True
    if words <= 3 or not (words > 6 or text.endswith(".")):
        return False
    told = text.endswith(".") and not re.search(r"[,(:]", text) and functions_with_roles(text)
    return VERB.search(text) is not None or bool(told)


def seats_in_sentence(text: str) -> tuple[str, list[SeatAsRead]]:
    """Return a lead-in and the seats that a sentence of prose names; no seats when it names none."""
    if text.count(" ") < 2:
        return "", []
    found = _CONSISTS.search(text)
    by = CHAIRED_BY.search(text)
    if found and by and by.end() < found.start():
        chair = seat_by(text[: found.end()], text[by.end() : found.start()])
        return "", [chair, *seats_in_list(text[found.end() :])]
    named = _seats_by_role(text)
    if named:
        return "", named
    if found and found.end() < len(text) and not _NO_SEATS.match(text, found.end()):
        seats = seats_in_list(text[found.end() :])
        if seats and _is_about_members(text[: found.end()], seats):
            return text[: found.end()].strip(), seats
    return "", []


def seats_by_their_functions(text: str) -> list[SeatAsRead]:
    """Return the seats of a sentence under a heading about members, however it is put."""
    return [
        SeatAsRead(role, function_name(function), words)
        for role, function, words in functions_with_roles(text)
    ]


def seats_in_section(text: str, seated: set[str | None]) -> tuple[str, list[SeatAsRead]]:
    """Return what seats_in_sentence does, under a heading that says members are named.

    There the words around a function tell its role, however they are put; `seated` are those
    named before.
    """
    lead, seats = seats_in_sentence(text)
    named = seats_by_their_functions(text)
    titled = any(function_spans(row.function or "") for row in seats)
    new = any(row.function not in seated for row in named)
    return ("", named) if new and len(named) >= (len(seats) if titled else 1) else (lead, seats)


def _seats_by_role(text: str) -> list[SeatAsRead]:
    """Return the seats of a sentence that says who holds which role."""
    several = _compound(text.rstrip("."))
    if several:
        return several
    whole = role_sentence(text.rstrip("."))
    if whole is None or (_MAY.search(whole[1]) and functions_with_roles(text)):
        return []
    if whole[0] == "chair" and STANDS_IN.search(text):
        whole = ("deputy_chair", whole[1])
    functions = split_list(whole[1], functions=True)
    if len(functions) > 1 and _PLURAL.search(text.rstrip(".")):
        return _sharing(whole[0], functions, text)
    return [SeatAsRead(whole[0], function_name(whole[1]), text)]


def _sharing(role: str, functions: list[str], text: str) -> list[SeatAsRead]:
    """Return the seats of several people with one role; the last keeps the rest of the sentence."""
    last = functions[-1]
    rest = text[text.rfind(last) :] if last in text else text
    texts = [*functions[:-1], rest]
    return [
        SeatAsRead(role, function_name(function), words)
        for function, words in zip(functions, texts, strict=True)
    ]


def seat_by(text: str, function: str) -> SeatAsRead:
    """Return the chair's seat of "led by the head of finance, and it consists"."""
    cut = re.split(r",|;|\s(?:and|og|och)\s+(?:it|den|det|also|består|consists)", function)[0]
    return SeatAsRead("chair", function_name(cut), text.strip())


def starts_with_members(text: str) -> bool:
    """Return whether an item goes on from "The committee" with its members."""
    return _STARTS_WITH_MEMBERS.match(text) is not None


def _is_about_members(lead: str, seats: list[SeatAsRead]) -> bool:
    about = (
        COMMITTEE.search(lead)
        or starts_with_members(lead)
        or re.search(
            r"^(?-i:[A-ZÆØÅÄÖ]{2,6})\b|member|medlem|ledam|deltag|deltak|sidder|sitter|\bsits?\b|\bit\b|\bdet\b|\bden\b|particip",
            lead,
            re.IGNORECASE,
        )
    )
    return about is not None and (len(seats) > 1 or any(row.role != "member" for row in seats))


def seats_in_list(text: str) -> list[SeatAsRead]:
    """Return the seats of an enumeration; parts with a role of their own stay apart."""
    text = text.strip().rstrip(".")
    bare_text = _IN_COMMITTEE.sub("", text)
    parts: list[str] = []
    for part in split_list(bare_text, functions=True):
        bare = role_of(part)
        named = bare and bare != "member" and parts and not parse_seat(parts[-1])[0]
        if named or (parts and is_rest_of_name(part, parts[-1])):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    seats = _with_shared_title([seat(part) for part in parts])
    tail = text[len(bare_text) :]
    if seats and tail:  # "… and the archivist in the group": no part of the function
        seats[-1] = replace(seats[-1], text=f"{seats[-1].text}{tail}")
    return seats


def _with_shared_title(seats: list[SeatAsRead]) -> list[SeatAsRead]:
    """Give every seat of "the heads of Housing, Planning and Libraries" the title they share."""
    shared = _SHARED_TITLE.match(seats[0].function or "") if len(seats) > 1 else None
    if shared is None:
        return seats
    title = f"{_SINGULAR[shared.group(1).lower()]} {shared.group(2)}"
    first = SeatAsRead(
        seats[0].role, f"{title} {(seats[0].function or '')[shared.end() :]}", seats[0].text
    )
    return [
        first,
        *(
            SeatAsRead(one.role, f"{title} {one.text}", one.text)
            if one.role == "member" and " of " not in one.text and " for " not in one.text
            else one
            for one in seats[1:]
        ),
    ]


def _compound(text: str) -> list[SeatAsRead]:
    """Return the seats of a sentence whose every clause names one."""
    if len(text) > 600:
        return []
    clauses = _AND_CLAUSE.split(text)
    for cut in (clauses, _halves(text)):
        found = [role_sentence(clause) for clause in cut]
        if len(cut) > 1 and all(found):
            return [
                SeatAsRead(pair[0], function_name(pair[1]), clause)
                for pair, clause in zip(found, cut, strict=True)
                if pair
            ]
    return []


def _halves(text: str) -> list[str]:
    for joint in _AND_CLAUSE.finditer(text):
        halves = [text[: joint.start()], text[joint.end() :]]
        if all(role_sentence(half) for half in halves):
            return halves
    return [text]
