"""Finds functions in a sentence about members, and the role that its other words give them."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import itertools
import re
from typing import Final

from kommissorium.committees.reader.headings import is_committee_word
from kommissorium.committees.reader.role_sentences import VERB
from kommissorium.committees.reader.roles import CUES, PREVENTED, STANDS_IN, role_of
from kommissorium.committees.reader.text import words

# A word of a title, as "velfærdsdirektøren", "HR-chef" and "Officer".
_TITLE: Final = re.compile(
    r"(?:[^\W\d_][\w-]*?)?(?:chef|leder|ledare|direktør|direktör|sjef|koordinator|coordinator|"
    r"samordnare|samordner|rådgiver|rådgivare|konsulent|konsult|jurist|arkivar|arkivarie|"
    r"repræsentant|representant|representative|ansvarlig|ansvarig|ombud|ombudsmand|dpo|ciso|cio|"
    r"medarbejder|medarbeider|medarbetare|læge|lege|läkare|advokat|strateg|specialist|controller|"
    r"revisor|auditor|inspektør|planlægger|planlegger|psykolog|rektor|mester|ingeniør|ingenjör|analytiker|"
    r"manager|officer|head|director|executive|lead|leader|librarian|archivist|solicitor|engineer|"
    r"analyst|treasurer|counsel|owner|principal|planner|borgmester|ordfører|rådmand|rådmann|"
    r"partner|tillitsvalgt(?!e)|tillidsmand)['’]?(?:en|et|n|e)?",
    re.IGNORECASE,
)
# A part of the organisation, which may write for the committee.
_UNIT: Final = re.compile(
    r"\b(?!sekretariat)[^\W\d_][\w-]{2,40}(?:afdeling|avdeling|avdelning|tjeneste|tjänst|center|senter|enhed|"
    r"enhet|kontor|sekretariat|stab|team)(?:en|et|n)?\b",
    re.IGNORECASE,
)
_LEADER: Final = re.compile(
    r"leder(?:en)?|ledare(?:n)?|leader|rådgiver(?:en)?|rådgivare(?:n)?", re.IGNORECASE
)
_MATTERS: Final = words("alle sager saker spørgsmål spørsmål frågor all matters alla")
_ARTICLES: Final = words("the én den det de a an en et ett one")
_KEPT: Final = words("én en et ett den det")
_TAIL: Final = words("for of i in på ved vid af av för fra från from with med to at hos")
_ADJECTIVE: Final = ("ske", "ale", "ende", "lige", "nde", "ste", "ede")
_BEFORE_TITLE: Final = ("isk", "ende", "ande")
_NO_TITLE: Final = words(
    "följande nuvarande varande følgende kommende deltagende tilsvarende pågældende vedkommende"
)
_WITHIN: Final = words("i in on på")
_AT_THE_TABLE: Final = words("bordenden bordet bordsenden spidsen spissen spetsen")
_PLACES: Final = words("skole skolen skola skolan school sykehjem plejehjem bibliotek havn")
_AND: Final = words("og och and & samt")
_ENDS: Final = words("as som der who which uden without utan uten each hver til till")
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*[-'’]?|[^\w\s]")
# Who may be asked in, and what people do beside sitting there, gives no seat.
_NO_SEAT: Final = re.compile(
    r"\b(?:kan|may|can|får|could) (?:\S+ ){0,4}(?:invite|indkald|inviter|innkall|bjud|kall|call|send|møde|delt|attend|tilkald|adjunger|co-opt|be invited)|"
    r"\b(?:udpeger|utser|oppnevner|appoints?|nominates?|udpeges af|appointed by|utses av|oppnevnes av|"
    r"sender|sends|rapporterer|reports?|orienterer|høres|consulted|uppdras|refererer)\b",
    re.IGNORECASE,
)
# Who may attend has a seat where the text says whether they may vote.
_ATTENDS: Final = re.compile(r"delt|attend|møde", re.IGNORECASE)
_VOTE: Final = re.compile(
    r"\b(?:vot(?:e|ing)|\w*stemme\w*|\w*röst\w*|taleret\w*|yttrande\w*)", re.IGNORECASE
)
# Bare words that point back at somebody named before, and whoever appoints or is away.
_POINTS_BACK: Final = words("director manager officer head executive lead leader principal owner")
_NO_MEMBER: Final = re.compile(
    rf"\s+(?:(?:har|has)\s+(?:udpeg|utpek|utse|appoint|named|asked|nominat|bedt|bett)|"
    rf"(?:\w+ ){{0,3}}(?:{PREVENTED})\b)",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\s*\(([^()]{3,60})\)")
_RELATIVE: Final = re.compile(
    r",?\s+(?:der|som|who|which) (?:\w+ )?(?:er|är|is) (?:\w+ )??([^,.;]{4,40}?)(?=[,.;]|$|\s(?:og|och|and|samt)\s)",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"[;,]\s+(?:(?:and|og|och|while|mens|medan|samt|men|but)\s+)?|\s+(?:and|og|och|while|mens|medan|samt)\s+",
    re.IGNORECASE,
)

Span = tuple[int, int]


def functions_with_roles(text: str) -> list[tuple[str, str, str]]:
    """Return role, function and words of every seat that a sentence about members names.

    The words of all seats together are the sentence. None when it names no function, or nothing
    in it says what they are to the committee.
    """
    if len(text) > 900:
        return []
    spans = function_spans(text)
    colon = text.find(": ")
    listed = [span for span in spans if span[0] > colon > 0]
    if (
        len(listed) > 1 and listed[0][0] < colon + 8
    ):  # "Each area has a seat: the head of Roads, ..."
        return _apart(_role(text, listed) or "member", listed, text)
    barred = _NO_SEAT.search(text)
    if barred and not (_ATTENDS.search(barred.group()) and _VOTE.search(text)):
        return []
    for joint in _JOINT.finditer(text) if len(spans) > 1 else ():
        if any(start < joint.end() and joint.start() < end for start, end in spans):
            continue
        halves = [text[: joint.start()], text[joint.end() :]]
        roles = [_role(half, function_spans(half)) for half in halves]
        if all(roles) and roles[0] != roles[1]:
            return [seat for half in halves for seat in functions_with_roles(half)]
    if not spans:
        return _by_a_unit(text)
    role = _role(text, spans) or _role_beside(text, spans[0][1])
    return _apart(role, spans, text) if role else []


def _by_a_unit(text: str) -> list[tuple[str, str, str]]:
    """Return the secretary's seat of "The records service takes the minutes"."""
    unit = _UNIT.search(text) if CUES["secretary"].search(text) else None
    return [("secretary", unit.group(), text)] if unit else []


def _role(text: str, spans: list[Span]) -> str | None:
    """Return the role that the words around the functions give, None without one of either."""
    if not spans:
        return None
    around = text
    for start, end in reversed(spans):
        beside = _beside(text, end)  # a role in brackets is that of one alone
        rest = beside.end() if beside else end
        around = f"{around[:start]}¤{around[rest:]}"
    role = next((role for role, cue in CUES.items() if cue.search(around)), None)
    return "deputy_chair" if role == "chair" and STANDS_IN.search(around) else role


def _apart(role: str, spans: list[Span], text: str) -> list[tuple[str, str, str]]:
    """Return the seats of several functions with one role, each with its part of the sentence."""
    cuts = [0, *(start for start, _end in spans[1:]), len(text)]
    parts = [text[start:end].strip() for start, end in itertools.pairwise(cuts)]
    return [
        (_role_beside(text, end) or role, text[start:end], part)
        for (start, end), part in zip(spans, parts, strict=True)
    ]


def _role_beside(text: str, end: int) -> str | None:
    """Return the role in brackets after a function: "the head of IT (deputy chair)"."""
    beside = _beside(text, end)
    return role_of(beside.group(1)) if beside else None


def _beside(text: str, end: int) -> re.Match[str] | None:
    """Return the words right after a function that give it a role: "(chair)", "who is the chair"."""
    beside = _BRACKET.match(text, end) or _RELATIVE.match(text, end)
    return beside if beside and role_of(beside.group(1)) else None


def function_spans(text: str) -> list[Span]:
    """Return the positions of the functions that a sentence names."""
    tokens = list(_TOKEN.finditer(text))
    spans: list[Span] = []
    place = 0
    while place < len(tokens):
        if _is_title(tokens[place].group()) or _leads_others(tokens, place):
            first = _first(tokens, place, spans[-1][1] if spans else 0)
            last = _last(tokens, place)
            span = (tokens[first].start(), tokens[last].end())
            if _is_a_function(text, span):
                spans.append(span)
            place = last
        place += 1
    return spans


def _is_a_function(text: str, span: Span) -> bool:
    """Return whether words are a function of their own, and not of one who appoints or is away."""
    bare = text[span[0] : span[1]].lower() in _POINTS_BACK
    return not (bare or _NO_MEMBER.match(text, span[1]))


def _leads_others(tokens: list[re.Match[str]], place: int) -> bool:
    """Return whether "leader" is that of a unit, and not the committee's own: its chair."""
    named = [token.group().lower() for token in tokens[place : place + 3]]
    return (
        len(named) == 3
        and _LEADER.fullmatch(named[0]) is not None
        and named[1] in _TAIL
        and not is_committee_word(named[2])
        and named[2] not in _MATTERS
    )


def _is_title(word: str) -> bool:
    return _TITLE.fullmatch(word) is not None and role_of(word) is None


def _first(tokens: list[re.Match[str]], title: int, after: int) -> int:
    """Return the token at which a function begins: its article, or words with capitals."""
    for back in range(1, 6):
        place = title - back
        if place < 0 or tokens[place].start() < after or not tokens[place].group()[0].isalpha():
            break
        word = tokens[place].group().lower()
        if word in _ARTICLES:
            return place if word in _KEPT else place + 1
    first = title
    while first and tokens[first - 1].start() >= after and _qualifies(tokens, first - 1):
        first -= 1
    joined = first > 1 and tokens[first - 1].group().lower() in _AND
    if joined and tokens[first - 2].group().endswith("-"):
        first -= 2
    return first


def _qualifies(tokens: list[re.Match[str]], place: int) -> bool:
    word = tokens[place].group()
    if word.lower().endswith(_BEFORE_TITLE) and word.lower() not in _NO_TITLE:
        return True
    opening = place == 0 and not word.lower().endswith("s")
    return (word[0].isupper() and not opening and not is_committee_word(word)) or (
        len(word) > 4 and word.endswith("s") and word.islower() and word.isalpha()
    )


def _last(tokens: list[re.Match[str]], title: int) -> int:
    """Return the last token of a function: its further titles and "for Health and Care"."""
    last = title
    while last + 1 < len(tokens) and _goes_on(tokens[last + 1].group()):
        last += 1
    tailed = last + 2 < len(tokens) and tokens[last + 1].group().lower() in _TAIL
    tailed = tailed and tokens[last + 2].group().lower() not in _AT_THE_TABLE
    within = tailed and tokens[last + 1].group().lower() in _WITHIN
    if tailed and not (within and is_committee_word(tokens[last + 2].group())):
        last = _object(tokens, last + 2)
    return last


def _goes_on(word: str) -> bool:
    return word[0].isalpha() and (word[0].isupper() or _is_title(word))


def _object(tokens: list[re.Match[str]], place: int) -> int:
    """Return the last token of a function's object: "the elderly", "Plan, Roads and Parks"."""
    named = [token.group() for token in tokens] + [".", ".", "."]
    last = place
    article = named[last].lower() in _ARTICLES
    last += article
    if named[last].endswith(_ADJECTIVE) and _is_common(named[last + 1]):
        last += 1
    while last + 1 < len(tokens):
        word, following, after = named[last + 1 : last + 4]
        joined = word.lower() in _AND and not (
            _is_title(following) or following[-1] == "-" or following.lower() in _ARTICLES
        )
        if word[0].isupper() or (named[last][0].isupper() and word in _PLACES):
            last += 1
        elif (word == "," and _lists_on(named[last + 2 :])) or (
            joined and (following[0].isupper() or not _is_common(after))
        ):
            last += 2
        else:
            break
    return last


def _lists_on(named: list[str]) -> bool:
    """Return whether a name goes on after a comma: "Roads" and "and Parks"."""
    first, joint, second = named[:3]
    capitals = first[0].isupper() and second[0].isupper()
    return capitals and joint.lower() in _AND and not (_is_title(first) or _is_title(second))


def _is_common(word: str) -> bool:
    """Return whether a word may continue a name: in lower case, and no verb or joint."""
    return word[0].islower() and not (VERB.fullmatch(word) or word.lower() in _AND | _TAIL | _ENDS)
