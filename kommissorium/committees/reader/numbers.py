"""Words for numbers, units of time and recurrence in Danish, English, Swedish and Norwegian."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from kommissorium.committees.reader.text import words

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]")


def tokens(text: str) -> list[str]:
    """Return words, figures and marks of a text in lower case."""
    lowered = text.lower().replace("½-", "halv").replace("½", "halv").replace("1/2", "halv")
    lowered = lowered.replace("et kvart år", "et kvartal").replace("ett kvarts år", "ett kvartal")
    found: list[str] = []
    for token in _TOKEN.findall(lowered):
        parts = token.split("-")
        numbered = len(parts) > 1 and len(token) < 40 and all(part in NUMBERS for part in parts)
        found += " - ".join(parts).split() if numbered else [token]
    return found


def _numbered(*lists: str) -> dict[str, int]:
    table: dict[str, int] = {}
    for listed in lists:
        for value, alternatives in enumerate(listed.split(), 1):
            for word in alternatives.split("|"):
                table[word] = value
    return table


NUMBERS: Final = _numbered(
    "en|et|én|ét|een|eet|ett|ene to|två|tvende tre fire|fyra fem seks|sex syv|sju otte|åtte|åtta "
    "ni|nio ti|tio elleve|elva tolv tretten|tretton fjorten|fjorton femten|femton seksten|sexton "
    "sytten|sjutton atten|arton nitten|nitton tyve|tjue|tjugo",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
) | {"twenty-four": 24, "fireogtyve": 24, "tjugofyra": 24, "tjuefire": 24}

# Danish and Norwegian numbers that are also English or everyday words.
NORDIC_ONLY: Final = frozenset({"to", "fire", "en", "et", "ett", "ti", "ni", "sex", "ene", "fem"})

ORDINALS: Final = {
    "other": 2,
    "annet": 2,
    **_numbered(
        "første|första|first anden|andet|annen|annan|andra|andre|second tredje|third "
        "fjerde|fjärde|fourth femte|fifth sjette|sjätte|sixth syvende|sjuende|sjunde|seventh "
        "ottende|åttende|åttonde|eighth niende|nionde|ninth tiende|tionde|tenth "
        "ellevte|elfte|eleventh tolvte|tolfte|twelfth"
    ),
}
ORDINAL_MARKS: Final = frozenset({".", "e", "a", "rd", "nd", "st", "th", "de", "dje", ":"})
EVERY_SECOND: Final = words(
    "varannan vartannat varannat annenhver annethvert annahvert annakvar annakvart hveranden "
    "hvertandet"
)
EVERY: Final = words("every each hver hvert varje var vart kvar kvart")
PER: Final = frozenset({"per", "pr", "/"})
HALF: Final = words("half halv halve halva halvt")

ONCE: Final = {"once": 1, "twice": 2, "thrice": 3, "engang": 1, "éngang": 1}
_NORDIC_TIMES: Final = sorted(
    words(
        "gange gang ganger gång gånger ggr tillfällen tillfälle x møder møde møter møte möten möte "
        "sammanträden sammanträde sammankomster rapporter rapport rapporteringer øvelser øvelse "
        "övningar övning tests test tester kampagner kampagne kampanjer kampanj audits audit målinger "
        "mätningar evalueringer evaluering utvärderingar evalueringar gennemgange samlinger "
        "orienteringer opfølgninger uppföljningar oppfølginger"
    )
)
_ENGLISH_TIMES: Final = sorted(
    words(
        "times time x meetings meeting sessions session sittings sitting occasions occasion reports "
        "report reviews review exercises exercise tests test drills drill audits audit campaigns "
        "campaign updates update briefings briefing evaluations evaluation assessments workshops"
    )
)
_TIMES: Final = {
    True: re.compile(r"(?:[a-zæøåäö]*?)(?:" + "|".join(_NORDIC_TIMES) + r")"),
    False: re.compile("|".join(_ENGLISH_TIMES)),
}


def is_times(word: str, *, nordic: bool) -> bool:
    """Return whether a word counts occasions: times, meetings, exercises and the like."""
    return len(word) < 40 and _TIMES[nordic].fullmatch(word) is not None


_YEAR: Final = re.compile(
    r"years?|år|året|års|åren|årene|annum|"
    r"(?:kalender|budget|budsjett|regnskabs|regnskaps|verksamhets|rekenskaps)år(?:et|s)?"
)
_UNITS: Final = (
    (_YEAR, Fraction(1)),
    (re.compile(r"half-years?|halfyears?|halvår(?:et|s)?"), Fraction(2)),
    (re.compile(r"quarters?|kvartal(?:et|er|en|s)?"), Fraction(4)),
    (re.compile(r"tertial(?:et|er|en)?"), Fraction(3)),
    (
        re.compile(r"months?|måned(?:en|er|erne|ers|s)?|månad(?:en|er|erna|ers|s)?|mdr|mnd|md"),
        Fraction(12),
    ),
    (re.compile(r"weeks?|uge(?:n|r|rs)?|uke(?:n|r|rs)?|veck(?:a|an|or|ors)"), Fraction(52)),
    (re.compile(r"fortnights?"), Fraction(26)),
    (re.compile(r"days?|dage?|dagar|dager"), Fraction(364)),
)
_KINDS_OF_YEAR: Final = words("calendar kalender financial fiscal budget municipal full ordinary")


def unit_at(words: list[str], place: int) -> tuple[Fraction, int] | None:
    """Return how many of the unit at `place` a year has, and the place after it."""
    halved = Fraction(1)
    last = min(len(words), place + 4)
    while place < last and (words[place] in _KINDS_OF_YEAR or words[place] in HALF):
        halved *= 2 if words[place] in HALF else 1
        place += 1
    yearly = _unit(words[place]) if place < len(words) else None
    return (yearly * halved, place + 1) if yearly else None


@lru_cache(maxsize=1000)
def _unit(word: str) -> Fraction | None:
    """Return how many of the unit a year has; None for a word that is none."""
    found = (yearly for pattern, yearly in _UNITS if len(word) < 20 and pattern.fullmatch(word))
    return next(found, None)


def number_at(words: list[str], place: int) -> int | None:
    """Return the number at `place`, in words or figures, from 1 to 400."""
    if place >= len(words):
        return None
    word = words[place]
    if word.isdecimal():
        value = int(word) if len(word) <= 3 else 0
        return value if 1 <= value <= 400 else None
    return NUMBERS.get(word)


_REPORTS: Final = (
    r"(?:rapport|status|møde|möte|møte|redegørelse|opfølgning|uppföljning|oppfølging|"
    r"evaluering|utvärdering|gennemgang|gjennomgang|genomgång)\w*"
)
_ADVERBS: Final = (
    (
        re.compile(
            r"annual(?:ly)?|yearly|årlig(?:t|e|en|a)?|årsvis|årvis|"
            r"års(?:rapport|møde|möte|møte|beretning|berättelse|redovisning)\w*"
        ),
        Fraction(1),
    ),
    (
        re.compile(
            r"quarterly|kvartals(?:vis|mæssig|mässig|messig)\w*|kvartårlig\w*|kvartals" + _REPORTS
        ),
        Fraction(4),
    ),
    (
        re.compile(
            r"monthly|måned(?:lig|svis)\w*|månads?(?:vis|lig)\w*|månatlig\w*|"
            r"(?:måneds|månads)" + _REPORTS
        ),
        Fraction(12),
    ),
    (
        re.compile(
            r"halvårs?(?:vis|lig)\w*|halvårs" + _REPORTS + r"|half-?yearly|semi-?annual(?:ly)?|"
            r"bi-?annual(?:ly)?|twice-yearly|half-annual(?:ly)?"
        ),
        Fraction(2),
    ),
    (re.compile(r"bi-?monthly"), Fraction(6)),
    (re.compile(r"tertial(?:svis|vis|s?rapport)\w*"), Fraction(3)),
    (re.compile(r"bi-?ennial(?:ly)?"), Fraction(1, 2)),
    (re.compile(r"tri-?ennial(?:ly)?"), Fraction(1, 3)),
    (re.compile(r"weekly|ugentlig\w*|ukentlig\w*|veckovis\w*"), Fraction(52)),
    (re.compile(r"fortnightly|bi-?weekly"), Fraction(26)),
)


def adverb(word: str) -> Fraction | None:
    """Return the number of times a year that an adverb or adjective of recurrence means."""
    if len(word) < 5 or len(word) > 40:
        return None
    return next((yearly for pattern, yearly in _ADVERBS if pattern.fullmatch(word)), None)
