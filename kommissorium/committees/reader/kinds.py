"""The kind of clause a sentence is when no heading tells."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE, KEYWORDS, is_committee_word
from kommissorium.committees.reader.text import words

_MEETS: Final = re.compile(
    r"\b(?:mødes|meets?|sammanträder|møtes|möts|träffas|convenes?|holds? (?:\w+ ){0,4}meetings?|"
    r"(?:holder|afholder|avholder|håller|har) (?:\S+ ){0,5}(?:mød|møt|möt|sammanträ)\w+|"
    r"(?:meetings?|møder\w*|møter\w*|möten\w*|sammanträden) (?:\w+ )?(?:are|is|shall|will|take|afholdes|"
    r"holdes|avholdes|hålls|finder|planlægges)|"
    r"(?:der|det) (?:skal )?(?:afholdes|holdes|avholdes|hålls|ska hållas) (?:\S+ ){0,5}(?:mød|møt|möt|"
    r"sammanträ)\w+|\w*mødekalender\w*|\w*møtekalender\w*|\w*møteplan\w*|\w*mødeplan\w*|\w*mötesplan\w*|"
    r"calendar of meetings|meeting (?:calendar|dates|schedule)|dates (?:of|for) (?:the )?meetings)\b",
    re.IGNORECASE,
)
_STARTS_MEETING: Final = re.compile(
    r"(?:(?:at|att|to|å|skal|ska|shall|must) )?(?:mødes|meets?|møtes|möts|träffas|sammanträda|"
    r"sammanträder|samles|samlas|convenes?)\b",
    re.IGNORECASE,
)
_AGENDA_LIST: Final = re.compile(
    r"(?:\bagenda|\bdagsorden|\bdagordning|\bsaksliste|\bsaklist|\bföredragningslist)\w{0,12}"
    r"[^:.]{0,90}?(?::|\b(?:includes?|contains?|covers?|comprises?|consists of|omfatter|omfattar|"
    r"indeholder|inneholder|innehåller|består (?:af|av)|følgende (?:faste )?punkter|er|är|are|is))\s+"
    r"(?:(?:altid|always|alltid|minst|mindst|at least|som minimum|følgende|följande)[:,]? )?",
    re.IGNORECASE,
)
_RESPONSIBLE: Final = re.compile(
    r"\b(?:\w*ansvar\w*|responsib\w+|accountab\w+|ensur\w+|sikre[rs]?|säkerställ\w*|sørge[rs]?|"
    r"ser til|påse[r]?|authori\w+|mandat\w*|fullmakt\w*|bemyndig\w*|befogen\w+)\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    "godkend|godkjenn|godkänn|approv|evalu|utvärder|behandl|fastlæg|fastsæt|fastsett|fastställ|"
    "vurder|bedøm|bedöm|revid|review|revis|vedta|antar|adopt|følger|följer|follow|monitor|oversee|"
    "prepar|forbered|udarbejd|utarbeid|utarbet|advis|rådgiv|recommend|anbefal|indstil|koordiner|"
    "coordinat|samordn|prioriter|report|rapporter|drøft|dröft|discuss|consider|decid|beslut|træffer|"
    "initier|igangsæt|planlæg|planera|planlegg|sets? |sætter|setter|sätter|agree|assess|handl|track|"
    "scrutini|receiv|propos|foreslå|föreslå|gennemg|gjennomg|genomg|hold[es]* |udpeg|appoint|overvåg|"
    "overvåk|övervak|kontroll|promot|fremme|främja|support|støtte|stödja|bidrag|lead|"
    "lay[s]? down|mak(?:e|ing)|conduct|carry|carries|ordn|arrang|gennemfør|gjennomfør|genomför"
)
_DOES: Final = re.compile(rf"\b(?:{_VERBS})", re.IGNORECASE)
_STARTS_DOING: Final = re.compile(
    rf"(?:(?:at|to|att|å|skal|shall|ska)\s+)?(?:{_VERBS})", re.IGNORECASE
)
_PASSIVE: Final = re.compile(
    r"\w*(?: \S+){0,3}? (?:was|were|has been|have been|blev|blei|ble|blev|er ned|är ut|er opp|is set up|"
    r"is established|is appointed|nedsættes|oppnevnes|utses)\b"
)
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BARE: Final = words(
    "the following følgende følgjande följande has have har er are is som as skal shall ska to at "
    "att å of for i in på til till den det de its sin sine sina it which that are listed below "
    "nedenfor nedenstående dessa disse these main a an also også også include includes omfatter "
    "omfattar indeholder inneholder innehåller contains består af av on faste fast fasta standing "
    "følger be er: must may og and och inter alia among other things bl.a. bland annat blant annet "
    "blandt andet particular især especially punkter ansvarlig responsible ansvarig ansvarar "
    "altid always alltid minst mindst covers comprises agenda dagsorden dagsordenen dagordningen sakslisten "
    "ensuring ensures ensure sikre sikrer at"
)


def starts_meeting_rule(text: str) -> bool:
    """Return whether a list item leaves out the committee: "Meets four times a year"."""
    return _STARTS_MEETING.match(text) is not None


def is_meeting_rule(sentence: str) -> bool:
    """Return whether a sentence speaks of the committee meeting, or of its calendar."""
    return _MEETS.search(sentence, 0, 400) is not None


def agenda_list(sentence: str) -> tuple[str, str] | None:
    """Return a lead-in and what it lists as the points of the agenda."""
    found = _AGENDA_LIST.search(sentence, 0, 400)
    if not found or found.end() >= len(sentence):
        return None
    return sentence[: found.end()].strip(), sentence[found.end() :]


def duty_kind(text: str, *, item: bool) -> str:
    """Return responsibility, task or other for a sentence or list item that no heading places."""
    opening = text[:400]
    if item and _STARTS_DOING.match(opening):
        return "task"
    subject = COMMITTEE.search(opening, 0, 120)
    if not item and not subject:
        return "other"
    if _RESPONSIBLE.search(opening):
        return "responsibility"
    does = subject and _DOES.search(opening, subject.end(), subject.end() + 60)
    return (
        "task" if does and not _PASSIVE.match(opening, subject.end() if subject else 0) else "other"
    )


def lead_kind(lead: str, section: str) -> str:
    """Return the kind of the list that a lead-in opens; `section` when it does not tell."""
    if re.search(r"agenda|dagsorden|dagordning|saksliste|föredragning", lead, re.IGNORECASE):
        return "agenda"
    words = [word.lower() for word in _WORD.findall(lead[-300:])]
    if re.search(r"\b(?:består|consist|comprise|sammens|composed|made up)", lead, re.IGNORECASE):
        return "member"
    kinds = [KEYWORDS[word] for word in words if word in KEYWORDS]
    known = [kind for kind in kinds if kind != "other"]
    if known and known[-1] != "meeting":
        return known[-1]
    if section in {"", "unknown", "other"}:
        if _RESPONSIBLE.search(lead):
            return "responsibility"
        return "task" if COMMITTEE.search(lead) else "other"
    return section


def is_bare_lead(lead: str) -> bool:
    """Return whether a lead-in says nothing but that a list follows."""
    words = [word.lower() for word in _WORD.findall(lead)]
    return len(words) < 20 and all(
        word in _BARE or word in KEYWORDS or is_committee_word(word) for word in words
    )
