"""The mandates of the two committees: the built-in text made the municipality's own."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seats import seats_from_mandate
from kommissorium.committees.models import Mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.core.files.actions import store_file
from kommissorium.demo.story import Town
from kommissorium.demo.texts import text

GROUP_TEXT = "mandates/beredskabsgruppen.md"
# A clause of the first version alone.
PHONES = (
    "- Kontrollerer mindst én gang om året, at private telefoner bliver brugt efter reglerne.\n"
)
FIRST = {
    "# Kommissorium for udvalget for informationssikkerhed": (
        "# Kommissorium for Informationssikkerhedsudvalget i Havneby Kommune"
    ),
    "| Formand | Kommunaldirektør |": "| Formand | Direktør for Økonomi og Stab |",
    "| Stedfortræder for formanden | Chef for digitalisering |": (
        "| Stedfortræder for formanden | Sekretariatschef |"
    ),
    "| Medlem | Driftschef i it-afdelingen |": "| Medlem | It-chef |",
    "| Medlem | xxxxx |\n| Medlem | xxxxx |": (
        "| Medlem | Centerchef for Børn og Skole |\n| Medlem | Centerchef for Sundhed og Ældre |"
    ),
    "Sørger for, at alle ansatte bliver undervist i sikker omgang med oplysninger.": (
        "Sørger for, at alle ansatte bliver undervist i sikker omgang med oplysninger, "
        "også vikarer og elever."
    ),
    "- Formanden er bemyndiget til at godkende planer, politikker og procedurer på området.\n": (
        "- Formanden er bemyndiget til at godkende planer, politikker og procedurer på området.\n"
        f"{PHONES}"
    ),
    "(en til fire gange om året)": "(1 til 4 gange om året)",
    "En direktør sidder derfor i udvalget;": "Formanden er derfor medlem af direktionen;",
}
SECOND = {
    PHONES: "",
    "| Medlem | Centerchef for Sundhed og Ældre |": (
        "| Medlem | Centerchef for Sundhed og Ældre |\n| Medlem | Centerchef for Teknik og Miljø |"
    ),
    "Afprøver beredskabet mindst én gang om året.": (
        "Afprøver beredskabet mindst to gange om året, den ene gang uden varsel."
    ),
    "- Vurderer resultatet af intern audit.": (
        "- Vurderer resultatet af intern audit.\n"
        "- Tager mindst én gang om året stilling til brug af kunstig intelligens, "
        "der behandler borgernes oplysninger."
    ),
}


def security_mandate(version: int) -> str:
    """Return the text of version 1 or 2 of the information security committee's mandate."""
    first = _altered(builtin("da"), FIRST)
    return first if version == 1 else _altered(first, SECOND)


def tell_mandates(town: Town) -> None:
    """Tell how the mandates were adopted, and how the first was revised."""
    days = town.almanac
    town.tell(days.moment(days.start + timedelta(days=6), "10.15"), partial(_first, town))
    town.tell(days.after(5, 15, "10.15"), partial(_second, town))
    town.tell(days.after(8, 15, "11.00"), partial(_group, town))


def _first(town: Town) -> None:
    mandate = _draft(town, "security", security_mandate(1), "Kommissorium.md")
    _adopt(town, mandate, "poul.vesterlund", town.almanac.next_month())


def _second(town: Town) -> None:
    mandate = _draft(town, "security", security_mandate(2), "Kommissorium revideret.md")
    _adopt(town, mandate, "chair", town.almanac.next_month())


def _group(town: Town) -> None:
    mandate = _draft(town, "group", text(GROUP_TEXT), "Beredskabsgruppen kommissorium.md")
    _adopt(town, mandate, "executive", town.almanac.day_it_is())


def _draft(town: Town, committee: str, source: str, name: str) -> Mandate:
    return draft_mandate(
        town.committees[committee],
        read_text(source),
        by=town.coordinator(),
        source_text=source,
        source_name=name,
        source_file=store_file(source.encode(), name),
    )


def _adopt(town: Town, mandate: Mandate, who: str, begins: date) -> None:
    approve_mandate(mandate, by=town.person(who), adopted_by="Direktionen", effective_from=begins)
    seats_from_mandate(mandate, by=town.coordinator(), from_date=begins)


def _altered(source: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        if old not in source:
            raise ValueError(f"The mandate no longer says: {old}")
        source = source.replace(old, new)
    return source
