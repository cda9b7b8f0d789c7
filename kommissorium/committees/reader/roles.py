"""Recognises the roles of members, and what is left of a seat's text without them."""
# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE_WORD

_CHAIR: Final = r"\w*(?:formand|formann|forkvinde|ordförande|chair|møteleder|mødeleder|leder(?:en|s)?\b|president)\w*"
PREVENTED: Final = (
    r"absen\w+|fravær\w*|frånvaro\w*|forfald\w*|forfall\w*|förhind\w*|förfall\w*|forhindre\w*|"
    r"hindre[dt]|unable|unavailable|away"
)
_AWAY: Final = rf"{PREVENTED}|sted|stead|ställe|place|cannot|vegne|borte"
STANDS_IN: Final = re.compile(rf"\b(?:{PREVENTED})\b", re.IGNORECASE)
# What gives a role, in the words that stand around the functions; "¤" is a function.
CUES: Final = {
    role: re.compile(pattern, re.IGNORECASE)
    for role, pattern in {
        "deputy_chair": rf"næstfor\w+|viceformand\w*|nestleder\w*|nestformann\w*|varaleder\w*|varaordfør\w*|"
        rf"vice[ -]?ordförande\w*|(?:vice|deputy)[ -]?chair\w*|"
        rf"(?:{_CHAIR}).{{0,30}}\b(?:{_AWAY})\b|\b(?:{_AWAY})\b.{{0,20}}(?:{_CHAIR})|"
        rf"(?:deputis\w+|deputi[sz]es?|substitut\w+|stedfortræder\w*|stedfortreder\w*|"
        rf"ersättare\w*|vikar\w*|afløs\w+) for (?:the )?(?:{_CHAIR})|"
        rf"^(?:han|hun|hon|he|she|vedkommende|denne)\b.{{0,40}}\b(?:{_AWAY})\b|"
        rf"\b(?:{PREVENTED})\b.{{0,60}}\b(?:\w*lede[rs]?|\w*ledels\w*|\w*ledning\w*|overta\w*|presid\w+)\b|"
        rf"\b(?:hans|hendes|hennes|dennes|his|her|their) (?:stedfort\w+|ersättare|deputy|suppleant|vikar)\b",
        "secretary": r"\w*sekret(?:ær|er|ar)\w*|secretar\w+|\w*referat\w*|referent\w*|\w*protokoll\w*|"
        r"\bminutes\b|\w*anteckning\w*|\w*notat\w*|minute[- ]tak\w+|\bclerk\b|note[- ]?tak\w+",
        "adviser": r"without (?:\w+ ){0,3}vote|non-voting|(?:no|not) (?:\w+ ){0,3}vote|advisory|advis[eo]r\w*|"
        r"\badvi[cs]es?\b|no part in vot\w+|(?:ikke|uten|uden|inte|utan|ej) (?:\w+ ){0,2}(?:stemme|röst)\w*|"
        r"\w*rådgiv\w*|\w*taleret\w*|talerett\w*|yttranderätt\w*|observat\w+|observers?|"
        r"(?:inte|ikke|ej|not|no) (?:\w+ ){0,3}(?:beslut|decision|a[vf]stemn|omröst)\w*|(?:uden|uten|utan|without|ikke|inte|not) (?:\w+ ){0,2}(?:medlem\b|ledamot\b|a member\b)|gir råd|giver råd|ger råd|yttra sig|ytre seg|udtale sig|right to speak|"
        r"konsultativ\w*|bisidder\w*|adjunger\w*|tilforordne\w*|bistå\w*",
        "chair": r"¤ (?:\w+ ){0,3}(?:\w*formand\w*|ordförande\w*|formann\w*|chairs?\b|chair\w+|presides?|"
        r"leder\b|(?:ved|for) bord(?:enden|et))|"
        r"¤ (?:\w+ ){0,3}(?:i|at) sp(?:idsen|issen|etsen)\b|"
        r"¤ (?:til|to|at|att) (?:å |at |att )?(?:led[ea]|lead|chair|head)\b|"
        r"(?:chaired|led|headed|presided over) by (?:\w+ )?¤|(?:\w*formand\w*|formann\w*|ordförande\w*|chair\w*|leder(?:en)?) "
        r"(?:\S+ ){0,3}?(?:er|är|is|shall be|skal være|ska vara|blir|bliver) (?:\S+ ){0,2}?¤|"
        r"(?:led[es]s|ledet|leds|forsæde\w*|formandskab\w*|ordförandeskap\w*|ledelse) (?:\w+ ){0,4}(?:af|av|hos|by|for) ¤",
        "member": r"\w*medlem\w*|ledamot\w*|ledamöter\w*|members?\b|delta[gk]\w*|deltar\b|består|consists?|"
        r"compris\w+|sidder|sitter|sits?\b|indgår|ingår|inngår|plads\w*|seats?\b|udgør\w*|"
        r"\b(?:er|är) (?:\w+ ){0,2}med\b|repr[æe]sent\w+|takes? part|attends?|møter\b|møder\b",
    }.items()
}


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
