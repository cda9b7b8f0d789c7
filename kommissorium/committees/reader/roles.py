"""Recognises the roles of members, and the rest of a seat's text without them."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from itertools import islice
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE_WORD

_WORDS: Final = {
    "deputy_chair": (
        r"næstformand(?:en)?|viceformand(?:en)?|nestleder(?:en)?|nestformann|varaformann|"
        r"vice[ -]?ordförande(?:n)?|varaleder(?:en)?|vice[ -]?chair(?:man|woman|person)?|"
        r"deputy chair(?:man|woman|person)?|(?:deputy|depute|vice)[ -]conven[oe]r|depute|co-chair|"
        r"(?:stedfortræder|suppleant|vikar|ersättare|stedfortreder|vara|substitute|deputy|stand-in)"
        r"(?:en)? (?:for|för|to|of) (?:the )?(?:udvalgs|utvalgs|nævns|råds)?(?:formand|chair|leder|ordförande)"
        r"(?:en|n|man|person|ens)?|1\. næstformand"
    ),
    "chair": (
        r"(?:udvalgs|nævns|råds|bestyrelses|gruppe)?formand(?:en)?|forkvinde|forperson|(?:styre|nemnd|nemnds)leder(?:en)?|mødeleder(?:en)?|"
        r"ordförande(?:n)?|utvalgsleder(?:en)?|møteleder|rådsleder|"
        r"chair(?:man|woman|person)?|convenor|convener|president|sammankallande"
    ),
    "secretary": (
        r"(?:udvalgs|råds|fag|utvalgs)?sekretær(?:en)?|secretary|sekreterare(?:n)?|secretariat|"
        r"sekretariat(?:et)?|referent(?:en)?|protokollförare|minute[ -]taker|clerk"
    ),
    "adviser": (
        r"(?:faglig |særlig |juridisk |uafhængig |permanent |independent |standing )?"
        r"(?:rådgiver(?:en|e)?|rådgivare(?:n)?|advis[eo]rs?)|rådgivende|advisory|advisory member|"
        r"observatør(?:en|er)?|observatör(?:en|er)?|observers?|tilforordnet|tilforordnede|adjungeret|"
        r"adjungera(?:d|t|de)|in attendance|co-opted|konsultativt medlem|uden stemmeret|utan rösträtt|"
        r"uten stemmerett|without (?:a )?vote|non-voting|associate"
    ),
    "member": (
        r"(?:øvrige |faste |ordinære |ordinarie |övriga |fasta |andre |other |ordinary |further |"
        r"permanent |fast |fast, )?(?:medlem(?:mer|met|mene|merne)?|medlemmar(?:na)?|"
        r"ledamot|ledamöter(?:na)?|members?|deltagere?|deltakere?)"
    ),
}
_NORWEGIAN_CHAIR: Final = r"leder(?:en)?"
_TAIL: Final = r"(?: (?:for|of|i|in|to|till|til|av|af|på|på vegne af) \S.{0,80})?"
_OPENING: Final = (
    r"(?:the |an? |en |et |ett |its |also |og |and |och |samt |samtidig |as |som |tillige |"
    rf"(?:{COMMITTEE_WORD.pattern}) )*"
)
_WHOLE: Final = tuple(
    (role, re.compile(rf"{_OPENING}(?:{names}){_TAIL}", re.IGNORECASE))
    for role, names in _WORDS.items()
)
_SOLE_LEADER: Final = re.compile(
    rf"{_OPENING}{_NORWEGIAN_CHAIR}(?: (?:av|for|i) (?:{COMMITTEE_WORD.pattern}))?",
    re.IGNORECASE,
)
_ANY: Final = tuple(
    (role, re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE))
    for role, names in _WORDS.items()
)
_OF_COMMITTEE: Final = re.compile(
    rf"\s+(?:for|of|i|in|to|av|af|för) (?:the )?(?:{COMMITTEE_WORD.pattern})(?=\s)", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(
    r",?\s+(?:der|som|who|which)\s+(?:også |also |även )?(?:er|är|is|sits as|acts as)\s+|"
    r"\s*[:;]\s+|\s+[–—-]\s+|\s*,\s+|\s*/\s+|\s+(?:as|som|acting as|serving as)\s+|"
    r"\s+(?:and|og|och|samt|samtidig)\s+|:$"
)
_MOST_PARTS: Final = 12
_BRACKETS: Final = re.compile(r"\(([^()]{1,80})\)")


def role_of(phrase: str) -> str | None:
    """Return the role that a phrase names and nothing else, as in "Chair of the board"."""
    phrase = phrase.strip(" .:;,–-()")
    if not phrase or len(phrase) > 160:
        return None
    for role, pattern in _WHOLE:
        if pattern.fullmatch(phrase):
            return role
    return "chair" if _SOLE_LEADER.fullmatch(phrase) else None


def leading_role(text: str) -> tuple[str, str] | None:
    """Return role and rest of a table row with spaces between cells: "Chair Chief Executive"."""
    for role, pattern in _ANY:
        found = pattern.match(text)
        if found:
            of_committee = _OF_COMMITTEE.match(text, found.end())
            rest = text[(of_committee or found).end() :].strip()
        else:
            rest = ""
        if rest and (rest[0].isupper() or rest[0] == "…"):
            return role, rest
    return None


def names_role(text: str) -> bool:
    """Return whether a text holds a word for a role other than plain member."""
    return any(pattern.search(text) for role, pattern in _ANY if role != "member")


def parse_seat(text: str) -> tuple[str | None, str]:
    """Return the role in the text of a seat, None when it names none, and the text without it."""
    text = text.strip().rstrip(".;,")
    for bracket in islice(_BRACKETS.finditer(text), _MOST_PARTS):
        parts = [bracket.group(1), *re.split(r"[,;/]| og | and | och ", bracket.group(1))]
        role = next(filter(None, map(role_of, parts)), None)
        if role:
            rest = text[: bracket.start()] + text[bracket.end() :]
            return role, " ".join(rest.split()).strip(" ,;:–-")
    whole = role_of(text) if not _has_colon_or_dash(text) else None
    if whole:
        return whole, ""
    for separator in islice(_SEPARATORS.finditer(text), _MOST_PARTS):
        before, after = text[: separator.start()], text[separator.end() :]
        role = role_of(before)
        if role and separator.group().strip().lower() not in {"og", "and", "och", "samt"}:
            return role, after.strip()
        role = role_of(after)
        if role:
            return role, before.strip()
    return None, text


def _has_colon_or_dash(text: str) -> bool:
    return re.search(r":|\s[–—-]\s|, ", text) is not None
