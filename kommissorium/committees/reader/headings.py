"""Recognises headings, and the kind of clause under each."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.reader.text import words

_KEYWORDS: Final = {
    "member": "medlemmer medlemmerne medlemskab members membership composition sammensætning "
    "sammensetning sammansättning ledamöter medlemmar medlemmene deltagere deltakere deltagare "
    "participants attendees bemanding bemanning attendance deltagelse constitution sits sit sidder sitter",
    "responsibility": "ansvar ansvaret ansvarsområder ansvarsområde ansvarsområden rolle roller "
    "roll role roles responsibility responsibilities accountability accountabilities authority "
    "mandat mandate beføjelser beføjelse befogenheter befogenhet kompetence kompetencer fullmakt "
    "fullmakter myndighet myndighed powers beslutningskompetence beslutningsmyndighet ansvars responsible ansvarlig ansvarig",
    "task": "opgaver opgave opgaverne arbejdsopgaver hovedopgaver kerneopgaver oppgaver oppgave "
    "arbeidsoppgaver hovedoppgaver uppgifter uppgift arbetsuppgifter huvuduppgifter uppdrag tasks "
    "task duties duty functions activities activity aktiviteter remit deliverables leverancer "
    "opgavebeskrivelse oppdrag oppgavene uppgifterna does do gør gjør gör laver",
    "meeting": "møder møde mødet mødefrekvens mødekadence mødeaktivitet mødeafholdelse mødeplan "
    "mødekalender møderække mødevirksomhed mødestruktur mødeform meetings meeting frequency møter "
    "møte møtefrekvens møtevirksomhet møteplan møtestruktur möten möte mötesfrekvens mötesformer "
    "mötesordning mötesplan sammanträden sammanträde sammankomster arbejdsform arbeidsform "
    "arbetsformer arbetssätt arbejdsgange arbejdsmåde procedure procedures quorum referat minutes "
    "protokoll beslutningsdygtighed calendar kalender mødeindkaldelse indkaldelse innkalling "
    "kallelse schedule meet meets mødes møtes möts sammanträder",
    "agenda": "dagsorden dagsordenen dagsordenspunkter dagsordner agenda agendas agendapunkter "
    "dagordning dagordningen standarddagsorden standarddagordning standardagenda föredragningslista saksliste sakliste dagsordenpunkter punkter "
    "items sager ärenden saker",
    "other": "formål baggrund purpose background aims aim objective objectives syfte bakgrund "
    "bakgrunn målsætning målsætninger scope introduction indledning innledning inledning "
    "definitions definitioner definisjoner ikrafttræden ikrafttrædelse ikrafttreden ikraftträdande "
    "commencement varighed varaktighet duration revision review ændringer endringer ändringar "
    "amendments amendment rapportering reporting raportering kommunikation communication økonomi "
    "budget ressourcer resources sekretariat sekretariatsbetjening secretariat godkendelse "
    "approval tavshedspligt confidentiality sekretess taushetsplikt organisering organisation "
    "organization forankring decisions beslutninger beslutning beslut afslutning evaluering "
    "evaluation utvärdering delegation underudvalg subcommittees arbejdsgrupper opfølgning",
}
KEYWORDS: Final = {word: kind for kind, words in _KEYWORDS.items() for word in words.split()}

# The first of these kinds that a heading names decides, but a heading of one kind may name
# another beside it: "Role and meetings".
_CONNECTORS: Final = words("og and och & / , samt eller or")
_PREPOSITIONS: Final = words(
    "of for i in on til to till av af på at vid ved hos from fra från under with med"
)
_MODIFIERS: Final = words(
    "the its our det den de faste fast standing stående typical typiske regular ordinary ordinære "
    "ordinarie main key primære vigtigste viktigste viktigaste overordnede överordnade generelle "
    "general specific særlige andre other øvrige övriga stående fasta mandatory obligatoriske "
    "is are er är we vi kerne core who what when how hvem hvad hva vem vad standard terms terminer sine sina specifikke "
    "konkrete strategiske strategic operative operational governance decision information security "
    "punkter löpande løpende løbende work working of annual årlige årliga"
)
_COMMITTEE: Final = (
    r"(?:udvalg|utvalg|utval|utskott|committee|board|group|gruppe|gruppa|gruppen|grupp|(?<!om)råd|council|"
    r"forum|nævn|nämnd|nemnd|nemd|komit[eé]|kommitt[eé]|beredning|bestyrelse|commission|task ?force|"
    r"team|kreds|panel|kollegium|kollegie)"
)
_ENDING: Final = r"(?:et|en|ets|ens|s|n|ns|rna|rnas|e|es|t|ts|ene|enes|rne|rnes|a|as|na|ers?|m|mets?|ies|'s|’s|s')?"
# "Styre" is a board in Norwegian, and to steer in all of the Nordic languages: it counts in its
# definite form, or joined to another word. A municipality's own council is another body.
_BOARD: Final = (
    r"(?:(?!kommune|by|fylkes|selv|be)[^\W\d_]{3,30}styre|styret)(?:t|ts|s)?(?!\w)(?<!styrer)"
)
_JOINED: Final = r"(?:[^\W\d_][\w-]{0,40})?"
COMMITTEE: Final = re.compile(
    rf"(?<!\w)(?:{_JOINED}{_COMMITTEE}{_ENDING}(?!\w)|{_BOARD})", re.IGNORECASE
)
COMMITTEE_WORD: Final = re.compile(rf"{_JOINED}{_COMMITTEE}{_ENDING}|{_BOARD}")
_WORDS: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[&/,]")
_LONGEST: Final = 90
# Headings that ask, or answer, as people do: "Who sits on it", "Sådan arbejder vi".
_ASKING: Final = re.compile(
    r"(?P<member>(?:who|hvem|vem) (?:som |der )?(?:is|are|sits?|er|är|sidder|sitter|indgår|ingår|inngår|deltar|"
    r"deltager|har plads|takes part|belongs)\b)|"
    r"(?P<meeting>(?:how|when|how often|hvordan|hvornår|hvor ofte|når|hur|hur ofta|när|sådan|slik|så) (?:\S+ ){0,2}?"
    r"(?:meets?|mødes|møtes|möts|sammanträder|we meet|often)\b)|"
    r"(?P<task>(?:det|dette|detta) (?:skal|ska)\b|(?:what|hvad|hva|vad)\b.{1,40}\b(?:does|do|gøre?|gjøre?|göra?|decides?|beslutter|beslutar|tar|"
    r"tager|laver)\b|"
    r"(?:what|hvad|hva|vad) (?:\S+ )?(?:skal|ska|should|must|shall)\b)",
    re.IGNORECASE,
)
_TABLE_HEADS: Final = words(
    "udvalgsmedlem ansvarsområde ansvarsområder periode hvem who vem hverv verv uppdrag rolle role roll navn name namn funktion function funksjon titel title tittel stilling "
    "position post plads seat medlem member ledamot befattning område area organisation enhed "
    "enhet unit department forvaltning afdeling avdelning avdeling nr no kommentar note opgave bemærkning bemærkninger merknad anmärkning "
    "deltager deltagere deltaker deltakere deltagare person personer participant "
    "contact kontakt email e-mail mail telefon phone stedfortræder suppleant deputy ersättare vara "
    "responsibility ansvar i udvalget"
)


def heading_kind(line: str) -> str | None:
    """Return the kind of clause under a heading that the vocabulary knows, None for no heading."""
    text = line.strip().rstrip(":?").strip()
    if not text or len(text) > _LONGEST or text[-1] in ".;!?," or not _starts_high(text):
        return None
    asked = _ASKING.match(text)
    if asked:
        return asked.lastgroup
    words = _WORDS.findall(re.sub(r"\([^()]{0,60}\)", "", text).lower())[:14]
    kinds: list[str] = []
    for place, word in enumerate(words):
        if word in KEYWORDS:
            kinds.append(KEYWORDS[word])
        elif word in _PREPOSITIONS and kinds:
            return kinds[0] if len(words) - place <= 7 else None
        elif not (word in _CONNECTORS or word in _MODIFIERS or is_committee_word(word)):
            return None
    if set(words) <= {"sager", "saker", "items", "punkter", "ärenden"} and len(words) > 1:
        return None
    return _first(kinds)


def _first(kinds: list[str]) -> str | None:
    """Return the kind of a heading; "Agenda items" and "Meeting agenda" are about the agenda."""
    if not kinds:
        return None
    if kinds[-1] == "agenda" and kinds[0] in {"meeting", "agenda"}:
        return "agenda"
    return next((kind for kind in kinds if kind != "other"), "other")


def _starts_high(text: str) -> bool:
    first = next((character for character in text if character.isalnum()), "")
    return first.isupper() or first.isdigit()


def is_committee_word(word: str) -> bool:
    """Return whether a word is a name for the committee itself, in any of its forms."""
    return len(word) < 60 and COMMITTEE_WORD.fullmatch(word.lower()) is not None


def is_table_head(cells: list[str]) -> bool:
    """Return whether cells, or the words of a flattened row, are the head of a member table."""
    named = [re.findall(r"[^\s/:.()]+", cell.lower()) for cell in cells]
    known = [
        bool(words)
        and all(
            word in _TABLE_HEADS or (len(cells) > 1 and is_committee_word(word)) for word in words
        )
        for words in named
    ]
    unknown = [words for words, is_known in zip(named, known, strict=True) if not is_known]
    words = sum(map(len, named))
    return 2 <= words <= 8 and (
        not unknown or (sum(known) > 1 and len(unknown) == 1 and len(unknown[0]) == 1)
    )
