"""Words that give somebody a role in a sentence about members."""

from __future__ import annotations

import re
from typing import Final

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
