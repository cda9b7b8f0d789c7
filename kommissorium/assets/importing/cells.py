"""One cell of a sheet, read as the value of a field, by the words that sheets use for our codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer, Asset, Kind, Level, PersonalData
from kommissorium.core.documents.sheets import CellRefused, as_day, as_number, as_yes_no
from kommissorium.registers.importing.cells import (
    UNSAID,
    Cell,
    LeftOut,
    coded,
    folded,
    several,
    shown,
    words_of,
)

# Folded word -> code. "" is a word that says nobody has said: the cell counts as empty.
CRITICALITY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("samfundskritisk", "critical to society", "society"), "society"),
    **dict.fromkeys(("forretningskritisk", "critical to business", "business"), "business"),
    **dict.fromkeys(("ikke kritisk", "not critical", "none", "ingen"), "none"),
}
LIFECYCLE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("planlagt", "planned"), "planned"),
    **dict.fromkeys(("under afprøvning", "pilot"), "phasing_in"),
    **dict.fromkeys(
        ("under indfasning", "phasingin", "being phased in", "phasing in"), "phasing_in"
    ),
    **dict.fromkeys(("i drift", "i brug", "operational", "in use", "aktiv", "aktivt"), "in_use"),
    **dict.fromkeys(
        ("under udfasning", "phasingout", "being phased out", "phasing out"), "phasing_out"
    ),
    **dict.fromkeys(
        ("ikke i drift", "ude af drift", "ude af brug", "notinuse", "not in use", "out of use"),
        "out_of_use",
    ),
}
HOSTING: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("on premise", "onpremise", "internt", "own", "egen drift", "kommunen"),
            *("run by the municipality", "drives af kommunen", "kommunen selv"),
        ),
        "own",
    ),
    **dict.fromkeys(
        ("eksternt", "external", "andre", "run by others", "drives af andre", "leverandør"),
        "external",
    ),
    **dict.fromkeys(("cloud", "cloud service", "cloudtjeneste", "saas", "sky"), "cloud"),
}
PRESERVATION: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("b", "bevaring", "bevares", "skal bevares", "keep", "to be preserved b"), "keep"
    ),
    **dict.fromkeys(
        ("k", "kassation", "kasseres", "må kasseres", "discard", "may be discarded k"), "discard"
    ),
}
PERSONAL: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("ingen personoplysninger", "ingen", "none", "no personal data", "nej"), "none"
    ),
    **dict.fromkeys(
        (
            *("almindelige personoplysninger", "almindelige", "ordinary personal data"),
            *("ordinary", "persondata", "personoplysninger"),
            "socialproblems",
            *("otherprivatematters", "væsentlige sociale problemer", "andre rent private forhold"),
        ),
        "ordinary",
    ),
    **dict.fromkeys(
        ("cpr numre", "cpr nummer", "cpr nr", "cpr", "cpr numbers", "cprnumber"), "cpr"
    ),
    **dict.fromkeys(
        (
            *("følsomme personoplysninger", "følsomme", "sensitive", "sensitivedata"),
            "sensitive personal data gdpr article 9",
            *("sensitive personal data", "særlige kategorier"),
        ),
        "sensitive",
    ),
    **dict.fromkeys(
        (
            *("straffedomme og lovovertrædelser", "straffesager og lovovertrædelser", "criminal"),
            *("legaldata", "straffedomme", "criminal convictions and offences gdpr article 10"),
            "criminal convictions and offences",
        ),
        "criminal",
    ),
}
LEVELS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("1", "lav", "lavt", "low"), 1),
    **dict.fromkeys(("2", "mellem", "middel", "medium"), 2),
    **dict.fromkeys(("3", "høj", "højt", "high"), 3),
    **dict.fromkeys(("4", "meget høj", "meget højt", "very high"), 4),
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "criticality": CRITICALITY,
    "lifecycle": LIFECYCLE,
    "hosting": HOSTING,
    "preservation": PRESERVATION,
}
# What KITOS says that our codes cannot: the cell is left out and the row says so.
UNSAYABLE: Final[Mapping[str, frozenset[str]]] = {
    "hosting": frozenset({"hybrid"}),
    "preservation": frozenset(
        {
            *("bk", "kb", "kd", "dk", "dd", "preservedatacandiscarddocuments"),
            "bevar data dokumenter kan kasseres",
        }
    ),
    "is_accessible": frozenset({"delvist", "partially"}),
}


SOCIETY, BUSINESS, SINCE = "is_society_critical", "is_business_critical", "owner_since"
HOURS_IN: Final = {
    **dict.fromkeys(("", "t", "time", "timer", "h", "hour", "hours"), 1),
    **dict.fromkeys(("døgn", "dag", "dage", "d", "day", "days"), 24),
}
_AMOUNT = re.compile(r"([\d.,]+)\s*([^\W\d]*)\.?")


def read_cell(name: str, value: Cell) -> object:
    """Return the value for the field of that name; None for a cell that says nothing.

    Raises CellRefused for what the field cannot be, and LeftOut for what other registers can
    say and this one cannot.
    """
    if not (words := words_of(value)):
        return None
    if name in UNSAYABLE and folded(words) in UNSAYABLE[name]:
        sentence = _("“%(word)s” has no counterpart here and is left out.")
        raise LeftOut(sentence % {"word": shown(value)})
    return READERS.get(name, words_of)(value)


def _coded(name: str) -> Callable[[Cell], object]:
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    return coded(field.flatchoices, WORDS[name])


def _answer(value: Cell) -> object:
    if folded(words_of(value)) in UNSAID:
        return None
    return Answer.YES if as_yes_no(value) else Answer.NO


def _yes_or_no(value: Cell) -> object:
    return None if folded(words_of(value)) in UNSAID else as_yes_no(value)


def _level(value: Cell) -> object:
    word = folded(words_of(value))
    if word in UNSAID:
        return None
    if word not in LEVELS:
        sentence = _("“%(word)s” is not a level. Write 1 to 4, or low, medium, high, very high.")
        raise CellRefused(sentence % {"word": shown(value)})
    return Level(LEVELS[word]).value


def _hours(value: Cell) -> object:
    match = _AMOUNT.fullmatch(words_of(value))
    unit = HOURS_IN.get(match[2].casefold()) if match else None
    if match is None or unit is None:
        raise CellRefused(_("“%(word)s” is not a number of hours.") % {"word": shown(value)})
    hours = as_number(match[1]) * unit
    if hours != int(hours):
        raise CellRefused(_("Write whole hours, not “%(word)s”.") % {"word": shown(value)})
    return int(hours)


_one_kind = coded(PersonalData.choices, PERSONAL)


def _personal(value: Cell) -> object:
    codes = {_one_kind(word) for word in several(value)}
    return sorted(code for code in codes if code) or None


def _kle(value: Cell) -> object:
    numbers = several(value)
    return numbers[0] if numbers else None


READERS: Final[Mapping[str, Callable[[Cell], object]]] = {
    "kind": coded(Kind.choices, {}),
    **{name: _coded(name) for name in WORDS},
    **dict.fromkeys(("uses_ai", "is_accessible"), _answer),
    **dict.fromkeys((SOCIETY, BUSINESS), _yes_or_no),
    **dict.fromkeys(("confidentiality", "integrity", "availability"), _level),
    **dict.fromkeys(("mtd", "rto", "rpo"), _hours),
    **dict.fromkeys(("contract_ends", "bound_until", SINCE), as_day),
    "personal_data": _personal,
    "kle": _kle,
}
