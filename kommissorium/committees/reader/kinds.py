"""The kind of clause a sentence is when no heading tells."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE, KEYWORDS, is_committee_word
from kommissorium.committees.reader.text import words

_MEETS: Final = re.compile(
    r"\b(?:mødes|meets?|sammanträder|møtes|möts|träffas|convenes?|holds? (?:\w+ ){0,4}meetings?|"
    r"(?:holder|afholder|avholder|håller|har|afholde|avholde|holde|hålla) (?:\S+ ){0,5}"
    r"(?:mød|møt|möt|sammanträ)\w+|"
    r"(?:meetings?|mød[er]r?\w*|møter?\w*|möten?\w*|sammanträden?) (?:\w+ ){0,2}(?:are|is|shall|will|"
    r"take|afholdes|holdes|avholdes|hålls|finder|planlægges|planlegges|planeras|afvikles|ligger|lægges)|"
    r"(?:der|det) (?:skal |ska )?(?:afholdes|holdes|avholdes|hålls|hållas|er|är|planlægges|planlegges|"
    r"planeras) (?:\S+ ){0,5}(?:mød|møt|möt|sammanträ)\w+|"
    r"(?:meetings|mød(?:er|erne)|møte(?:r|ne)|möte(?:n|na)|sammanträden(?:a)?) (?:\S+ ){0,6}(?:fastlægges|fastsættes|"
    r"aftales|planlægges|besluttes|meldes|lægges|fastsettes|avtales|besluttes|legges|läggs|planlegges|settes|"
    r"bestäms|beslutas|fastställs|planeras|agreed|fixed|set|scheduled)|"
    r"(?:fastsætter|fastlægger|planlægger|booker|aftaler|lægger|fastsetter|planlegger|legger|setter|"
    r"bestämmer|planerar|lägger|bokar|sets|books|schedules) (?:\S+ ){0,2}(?:møderne|møtene|mötena|the meetings)|"
    r"(?:træder?|kommer?|trer|träder?) samm[ae]n|"
    r"\w*(?:mød|møt|möt|sammanträd)\w*(?:kalender|plan|dato|dat(?:um|er)|dag|tid|tider)\w*|"
    r"meeting (?:calendar|dates|schedule)|"
    r"(?:calendar|schedule|programme|plan|dates|\w*datoer\w*|datoar|dager|dagar|tider)\w* (?:\S+ ){1,5}"
    r"(?:meetings|mød(?:er|erne)|møte(?:r|ne)|möten(?:a)?|sammanträden\w*))\b",
    re.IGNORECASE,
)
_COUNTS_MEETINGS: Final = re.compile(
    r"(?:mindst |minst |at least |minimum )?(?!(?:the|de|disse|these|dessa|alle|all|næste|nästa)\b)"
    r"[\w-]+ (?:\w+ ){0,2}(?:møder|møter|möten|meetings)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"[,;]|\s(?:med|with|hvoraf|varav|hvorav|of which|hvor|where|som)\s")
_SUBJECT_MEETS: Final = re.compile(
    rf"{COMMITTEE.pattern}\s+(?:skal |ska |vil |shall |should |will )?(?:møder|møde|samles|samlas|træffes|"
    rf"möter|gathers?|convenes?)\b|\b(?:møder|samles|samlas|træffes|gathers)\s+(?:the )?"
    rf"(?:{COMMITTEE.pattern})",
    re.IGNORECASE,
)
# Other people's meetings, meetings with others, and those beyond the ordinary ones.
_NOT_ITS_OWN: Final = re.compile(
    r"^(?:(?:the|en|et|ett) )?(?:\S+ )?(?:ekstraordinær|extraordinary|extra\b|extrainkall|ad hoc)|"
    r"\b(?:mødes|møtes|meets?|møter|träffar|möter|møder|møde|møte|meeting|meetings)\s+(?:\w+ ){0,2}?(?:med|with)\b|"
    r"\b(?:forretningsudvalg|underudvalg|underutvalg|underutskott|subcommittee|sub-committee|sub-group|"
    r"undergrupp|arbeidsutvalg|arbetsutskott|presidi)|"
    r"\b(?:formand\w*|sekretær\w*|chair\w*|secretary|ordförande\w*|sekreterare\w*|"
    r"rådgiver\w*|adviser|leder|lederen)(?: (?:og|and|och) \S+)? (?:skal |shall |ska )?"
    r"(?:mødes|møtes|meets?|möts|träffas|holder|håller|holds)",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r",?\s+(?:og|och|and|men|but|samt|mens|while|medan)\s+(?:(?:it|den|det|der|shall|skal|ska)\s+)?|;\s+",
    re.IGNORECASE,
)
_SPEAKS_OF_OTHERS: Final = re.compile(
    r"\b(?:send\w*|udsend\w*|skick\w*|skriv\w*|write\w*|taler|speaks?|offentliggør\w*|publi\w+|"
    r"kurs\w*|seminar\w*|workshop\w*|invite\w*|inviter\w*|bjud\w*|indkald\w*|innkall\w*|kall\w*|"
    r"opdater\w*|oppdater\w*|uppdater\w*|update[sd]?|forny\w*|vælge\w*|velge\w*|välj\w*|elect\w*)\b",
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
    r"\b(?:\w*ansvar\w*|responsib\w+|accountab\w+|ensur\w+|makes? sure|sikre[rs]?|säkerställ\w*|sørge[rs]?|"
    r"ser til|påse[r]?|authori\w+|mandat\w*|fullmakt\w*|bemyndig\w*|befogen\w+)\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    "godkend|godkjenn|godkänn|approv|evalu|utvärder|behandl|fastlæg|fastsæt|fastsett|fastställ|"
    "vurder|bedøm|bedöm|revid|review|revis|vedta|antar|adopt|følger|följer|follow|monitor|oversee|"
    "prepar|forbered|udarbejd|utarbeid|utarbet|advis|rådgiv|recommend|anbefal|indstil|koordiner|"
    "coordinat|samordn|prioriter|report|rapport|drøft|dröft|discuss|consider|decid|beslut|træffer|"
    "initier|igangsæt|planlæg|planera|planlegg|sets? (?!up)|sætter|setter|sätter|agree|assess|handl|track|"
    "scrutini|receiv|propos|foreslå|föreslå|gennemg|gjennomg|genomg|hold[es]* |udpeg|appoint|afgiv|avgi|avger|submit|present|fremlæg|fremlegg|legge?r? fram|lägger fram|overvåg|"
    "overvåk|övervak|kontroll|promot|fremme|främja|support|støtte|stödja|bidrag|lead|"
    "ta(?:ge)?r (?:\\S+ ){0,2}st[ie]lling|tar (?:\\S+ ){0,2}ställning|orienter|aflever|avlever|fortæl|fortel|underret|inform[ei]|brief|redegør|redogör|redovis|lay[s]? down|ser över|se över|mak(?:e|ing)|conduct|carry|carries|ordn|arrang|gennemfør|gjennomfør|genomför"
)
_FOUNDED: Final = re.compile(
    r"\w*(?: \S+){0,3}? (?:er|är|is|was|has been|have been) (?:etabler|nedsat|oppret|established|set up|inrätta)"
)
_TOLD: Final = re.compile(
    r"(?:the )?(?:direktion|byråd|kommunalbestyrelse|kommunestyre|\w*ledergruppe|\w*ledningsgrupp|"
    r"kommunstyrelse|executive|council)\w*(?: \w+){0,2}? (?:får|modtager|mottar|receives?|is given)\b",
    re.IGNORECASE,
)
_DOES: Final = re.compile(rf"\b(?:{_VERBS})", re.IGNORECASE)
_DOES_SOON: Final = re.compile(rf"(?:\S+ ){{0,2}}?(?:{_VERBS})", re.IGNORECASE)
_STARTS_DOING: Final = re.compile(
    rf"(?:(?:at|to|att|å|skal|shall|ska)\s+)?(?:{_VERBS})", re.IGNORECASE
)
_PASSIVE: Final = re.compile(
    r"\w*(?: \S+){0,3}? (?:was|were|has been|have been|blev|blei|ble|blev|er ned|är ut|er opp|er etabl|är etabl|is set up|"
    r"(?:har|has|have) (?:\w+ )?(?:vedtaget|vedtatt|besluttet|beslutat|antaget|antagit|adopted|decided|"
    r"approved|godkendt|godkjent|godkänt|nedsat|oprettet|opprettet|established|inrättat)|"
    r"is established|is appointed|nedsættes|oppnevnes|utses)\b"
)
# Who acts for the committee: "The chair reports to the executive board".
_OFFICER: Final = re.compile(
    rf"(?:(?:\S+ ){{0,2}}?|.{{0,40}}?\b(?P<does>(?:giver|gir|ger|{_VERBS})\w* ))(?:the |\S+s )?"
    r"(?:\w*formand(?:en)?|leder(?:en)?|ordförande(?:n)?|chair(?:man|person|woman)?|sekretær(?:en)?|"
    r"sekreterare(?:n)?|secretary)\b",
    re.IGNORECASE,
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
    return bool(
        _MEETS.search(sentence, 0, 400)
        or _SUBJECT_MEETS.search(sentence, 0, 400)
        or _COUNTS_MEETINGS.match(sentence)
    )


def meeting_part(sentence: str) -> str:
    """Return the part that says the committee meets: no more than up to the next comma."""
    found = _MEETS.search(sentence, 0, 400) or _SUBJECT_MEETS.search(sentence, 0, 400)
    ends = _ELSEWHERE.search(sentence, found.end()) if found else None
    return sentence[: ends.start()] if ends else sentence


def tells_how_often_it_meets(sentence: str, *, headed: bool) -> bool:
    """Return whether the cadence in a sentence is that of the committee's own meetings.

    `headed` tells that it stands under a heading about meetings, where "Quarterly." is enough;
    a sentence there that speaks of something else is not.
    """
    opening = sentence[:400]
    if _NOT_ITS_OWN.search(opening):
        return False
    return (
        is_meeting_rule(opening)
        or starts_meeting_rule(opening)
        or (headed and not (_DOES.search(opening) or _SPEAKS_OF_OTHERS.search(opening)))
    )


def promises(sentence: str, says_when: Callable[[str], bool]) -> list[str]:
    """Return the parts of a sentence that says when the committee meets, and something more.

    "The board meets quarterly and reports twice a year" makes two promises, each with its own
    cadence. A sentence that makes one comes back whole.
    """
    for joint in _JOINT.finditer(sentence[:600]):
        parts = [sentence[: joint.start()].strip(), sentence[joint.end() :].strip()]
        rules = [is_meeting_rule(part) or starts_meeting_rule(part) for part in parts]
        second = rules[1] or _STARTS_DOING.match(parts[1]) or _DOES_SOON.match(parts[1])
        if not second or not (rules[0] or rules[1]) or not says_when(parts[0]):
            continue
        if not rules[1] or says_when(parts[1]):
            return parts
    return [sentence]


def agenda_list(sentence: str) -> tuple[str, str] | None:
    """Return a lead-in and the agenda points it lists."""
    found = _AGENDA_LIST.search(sentence, 0, 400)
    if not found or found.end() >= len(sentence):
        return None
    return sentence[: found.end()].strip(), sentence[found.end() :]


def duty_kind(text: str, *, item: bool, acting: str = "") -> str:
    """Return responsibility, task or other for a sentence or list item that no heading places.

    `acting` is its subject where that leads the committee, or writes for it.
    """
    opening = f"The chair{text[len(acting) : 400]}" if acting else text[:400]
    if item and _STARTS_DOING.match(opening):
        return "task"
    if _TOLD.match(opening):
        return "task"
    officer = _OFFICER.match(opening)
    subject = officer or COMMITTEE.search(opening, 0, 120)
    if not item and not subject:
        return "other"
    if subject and _FOUNDED.match(opening, subject.end()):
        return "other"
    if _RESPONSIBLE.search(opening):
        return "responsibility"
    does = (officer and officer["does"]) or (
        subject and _DOES.search(opening, subject.end(), subject.end() + 60)
    )
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
