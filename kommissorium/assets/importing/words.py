"""The words sheets use for our codes: Danish, English, and those of KITOS' sheets and API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
