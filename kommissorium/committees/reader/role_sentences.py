"""Reads who holds which role from one sentence of prose, as "The archivist takes the minutes"."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE, is_committee_word
from kommissorium.committees.reader.roles import role_of

VERB: Final = re.compile(
    r"\b(?:is|are|er|är|was|be|bliver|består|består|consists?|comprises?|udpeges|udpeger|appointed|"
    r"appoints?|chairs|leads|heads|nominates?|vælges|utses|utser|velges|oppnevnes|deltager|deltar|deltaget|attends?|chaired|ledes|"
    r"leds|skal|ska|shall|may|must|kan|can|har|have|has|invite[sd]?|inviteres|inkaldes|indkaldes|"
    r"nedsættes|sits|sidder|sitter|serves?|acts?|fungerer|fungerar|virker|varetager|varetages|"
    r"holds?|møder|udgøres|utgörs|includes?|supported|bistås|repræsenterer|representerer|"
    r"supplerer|suppleres|will|should|udgør|indgår|ingår|inngår|kompletteras|adjungeras)\b",
    re.IGNORECASE,
)
_IS: Final = re.compile(
    r"\s+(?:is also|is|are|er også|er|är|acts as|serves as|sits as|attends as|attends meetings as|"
    r"participates as|takes part as|deltager som|deltar som|deltar|fungerer som|fungerar som|"
    r"virker som|tjänstgör som|sidder som|sitter som|indtræder som|holds the post of|is appointed|"
    r"varetager rollen som|har rollen som)\s+",
    re.IGNORECASE,
)
CHAIRED_BY: Final = re.compile(
    r"(?:chaired|led|headed) by\s+|(?:ledes|leds) (?:af|av)\s+|"
    r"formandskabet varetages af\s+|har\s+(?=[^.]{1,80}\s+som (?:formand|leder|ordförande))",
    re.IGNORECASE,
)
_SECRETARY_BY: Final = re.compile(
    r"(?:secretaria[lt]\w*(?: \w+)? (?:is |are )?provided by|secretary (?:is )?appointed by|minutes (?:are )?taken by|"
    r"sekretariat\w* (?:varetages|ivaretas|betjenes|sköts) (?:af|av)|"
    r"(?:sekretærfunktionen|sekretærrollen|sekretærfunksjonen|sekreterarskapet|referatet|protokollen) "
    r"(?:varetages|ivaretas|føres|skrives|förs|sköts) (?:af|av)|sekretariatsbetjenes af)\s+",
    re.IGNORECASE,
)
_TAKES_PART: Final = re.compile(
    r"\s+(?:deltager|deltar|møter|møder|attends?|participates?|takes? part|sits|sidder|sitter|"
    r"er med|är med|indgår|ingår|inngår|bistår|medverkar|supports?|assists?|støtter|"
    r"er tilknyttet|er knyttet til|is attached|joins?|inviteres|inviteras|indkaldes|innkalles|kallas|(?:is|are) invited|tilforordnes|har|has)\b\s*",
    re.IGNORECASE,
)
_AS: Final = re.compile(r"(?:^|\s)(?:as|som)\s+", re.IGNORECASE)
_ADVISES: Final = re.compile(
    r"without (?:a |the right to )?vote|non-voting|(?:no|not) (?:a )?vote|ikke stemmerett?|"
    r"inte rösträtt|uden stemmeret|utan rösträtt|uten stemmerett|"
    r"advisory capacity|in an advisory|rådgivende|rådgivande|(?:med )?tale- (?:og|men)|"
    r"kun taleret|endast yttranderätt|observat[öø]r|observer",
    re.IGNORECASE,
)
_MODAL: Final = re.compile(
    r"(?:\s+(?:may|can|shall|will|must|normally|always|kan|skal|ska|vil|får|må|altid|alltid|normalt))+$",
    re.IGNORECASE,
)
_ROLE_FIRST: Final = re.compile(
    r"(?:som|as)\s+(?P<role>\S.{2,40}?)\s+(?:virker|fungerer|fungerar|deltager|deltar|møter|tjänstgör|er|är|"
    r"udpeges|utses|oppnevnes|indgår|inngår|ingår|serves|acts|sits|is)\s+(?P<function>\S.*)",
    re.IGNORECASE,
)
_NAMED_AS: Final = re.compile(
    r"(?P<function>[^\s,][^,]{1,80}?)\s+(?:som|as)\s+(?P<role>\S.{2,40})", re.IGNORECASE
)
_DOES_MINUTES: Final = re.compile(
    r"\s+(?:varetager|ivaretar|sköter|skøtter|fører|för|har|står for|ansvarar för|udfylder|fyller|"
    r"tager|tar|skriver|takes|keeps|provides|handles|acts as)\s+(?:\w+ ){0,2}?"
    r"(?:(?:\w*sekret(?:ær|er|ariat)\w*|secretari\w+)|referat\w*|referent\w*|protokoll\w*|"
    r"(?:the )?minutes)\b",
    re.IGNORECASE,
)
_HOLDS_CHAIR: Final = re.compile(
    r"\s+(?:varetager|har|besætter|bestrider|innehar|holds)\s+(?:the )?"
    r"(?:formandskabet|formandsposten|ledervervet|ordförandeskapet|ordförandeposten|chair)\b",
    re.IGNORECASE,
)
_ROLE_ENDS: Final = re.compile(
    r",|\s(?:and|og|och|but|men|without|uden|utan|uten|with|med|until|indtil)\s"
)
_CHAIRS: Final = re.compile(
    r"(\S.{1,80}?) (?:chairs|leads|leder|heads) (?:the )?(?:meetings|møderne|møtene|\S{0,40}?"
    + COMMITTEE.pattern
    + r"\S{0,5})$",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r",?\s+(?:der|som|who|which)$")


def role_sentence(text: str) -> tuple[str, str] | None:
    """Return role and function of "The head of IT is the deputy chair" and its like."""
    by = CHAIRED_BY.search(text)
    if by and len(text) < 200:
        rest = re.split(r"\s+som\s+|,", text[by.end() :])[0]
        return ("chair", rest) if len(rest.split()) < 14 else None
    by = _SECRETARY_BY.search(text)
    if by and len(text) < 200:
        return "secretary", text[by.end() :]
    chairs = _CHAIRS.match(text)
    if chairs:
        return "chair", chairs.group(1)
    return _linked(text) or _taking_part(text)


def _linked(text: str) -> tuple[str, str] | None:
    """Return role and function of a sentence whose verb says who is what."""
    for link in _IS.finditer(text[:400]):
        before, after = _RELATIVE.sub("", text[: link.start()]), text[link.end() :]
        role = role_of(_ROLE_ENDS.split(after)[0]) if len(before.split()) < 14 else None
        if role and (role != "member" or "som" in link.group()):
            return role, before
        role = role_of(before)
        if role and role != "member" and len(after.split()) < 14:
            return role, after
    return None


def _taking_part(text: str) -> tuple[str, str] | None:
    """Return role and function of "The DPO attends the meetings as an adviser" and its like."""
    for holds, role in ((_DOES_MINUTES, "secretary"), (_HOLDS_CHAIR, "chair")):
        held = holds.search(text, 0, 200)
        if held and _is_subject(text[: held.start()]):
            return role, text[: held.start()]
    return _named_as(text, _ROLE_FIRST) or _attending(text) or _named_as(text, _NAMED_AS)


def _named_as(text: str, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """Return role and function of "As secretary serves the archivist", or "the archivist as clerk"."""
    named = pattern.fullmatch(text) if len(text) < 200 else None
    role = role_of(named.group("role")) if named else None
    if named is None or role in {None, "member"} or not _is_subject(named.group("function")):
        return None
    if VERB.search(named.group("function")):
        return None
    return role or "", named.group("function")


def _attending(text: str) -> tuple[str, str] | None:
    """Return role and function of somebody who attends, sits or is invited as something."""
    part = _TAKES_PART.search(text, 0, 200)
    if part is None or not _is_subject(_MODAL.sub("", text[: part.start()])):
        return None
    subject = _MODAL.sub("", text[: part.start()])
    for link in _AS.finditer(text, part.end() - 1, part.end() + 120):
        role_named = role_of(_ROLE_ENDS.split(text[link.end() :])[0])
        if role_named:
            return role_named, subject
    advises = _ADVISES.search(text, part.end() - 1, part.end() + 120)
    return ("adviser", subject) if advises else None


def _is_subject(text: str) -> bool:
    """Return whether words before a verb are one function, and not the committee itself."""
    words = text.split()
    return 0 < len(words) < 14 and not is_committee_word(words[-1]) and "," not in text
