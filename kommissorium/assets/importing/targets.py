"""What a column of a sheet can be: a field of the asset, an owner, or since when they own it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.models import ROLES, Asset, Kind, Role

# Many of another row stand in one asset: a sheet has no good way to say that.
LEFT_OUT = {"used_by", "agreements"}
SOCIETY, BUSINESS, SINCE = "is_society_critical", "is_business_critical", "owner_since"
ROLE = "role:"
KEYS: Final = ("uuid", "local_id", "name")
# The headings each is known by, folded, the surest first: in Danish, English and KITOS' words.
HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "name": (
        *("it system", "it systemnavn", "systemnavn", "navn", "name", "datasæt", "arkiv"),
        *("navn på system", "navn på datasæt", "navn på arkiv", "system", "titel", "system name"),
    ),
    "alias": (
        *("lokal kaldenavn", "lokalt kaldenavn", "kaldenavn", "alias", "også kaldet"),
        *("also called", "andet navn"),
    ),
    "local_id": (
        *("lokal system id", "lokalt id", "lokal id", "local id", "local system id", "id"),
        *("systemid", "system id", "nummer"),
    ),
    "uuid": ("it system uuid", "uuid", "system uuid", "it system externt uuid"),
    "purpose": (
        *("systemets overordnede formål", "formål", "hvad det bruges til", "purpose"),
        *("what it is used for", "it system beskrivelse", "beskrivelse", "description"),
    ),
    "area": (
        *("ansv organisationsenhed", "ansvarlig organisationsenhed", "område", "area"),
        *("forvaltning", "afdeling", "organisationsenhed", "department"),
    ),
    "criticality": ("kritikalitet", "criticality"),
    SOCIETY: ("samfundskritisk it system", "samfundskritisk", "critical to society"),
    BUSINESS: ("forretningskritisk it system", "forretningskritisk", "critical to business"),
    "confidentiality": ("fortrolighed", "confidentiality"),
    "integrity": ("integritet", "integrity"),
    "availability": ("tilgængelighed", "availability"),
    "mtd": ("mtd", "længst tålelig nedetid", "longest tolerable downtime", "maks nedetid"),
    "rto": ("rto", "skal køre igen inden for", "to be running again within"),
    "rpo": ("rpo", "data der må gå tabt", "data that may be lost", "tab af data"),
    "personal_data": (
        *("datatype", "personoplysninger", "personal data", "typer af personoplysninger"),
        *("persondata", "data type"),
    ),
    "kle": ("kle id", "kle nummer", "kle", "kle nr", "kle number"),
    "processing_record": (
        *("link til fortegnelse", "fortegnelse", "artikel 30 fortegnelse"),
        *("record of processing activities", "fortegnelse over behandlinger"),
    ),
    "lifecycle": ("livscyklus", "lifecycle", "status for brug"),
    "retention": ("opbevares", "opbevaring", "kept for", "slettefrist", "opbevaringsperiode"),
    "preservation": ("arkiveringspligt", "bevaring", "preservation", "bevaring og kassation"),
    "supplier": ("leverandør", "supplier", "rettighedshaver", "leverandørnavn"),
    "hosting": (
        *("it systemet driftes", "driftes af", "hosting", "run by", "drift", "driftsform"),
        *("drives af",),
    ),
    "operator": (
        *("driftsansvarlig leverandør", "ansvarlig for drift", "responsible for operations"),
        *("driftsleverandør", "ansvarlig for driften"),
    ),
    "contract": ("kontrakt", "it kontrakt", "contract"),
    "contract_ends": ("kontrakt udløber", "kontrakten udløber", "contract expires"),
    "bound_until": ("bundet til", "kontrakten binder til", "contract binds until"),
    "uses_ai": (
        *("indeholder ai teknologi", "bruger kunstig intelligens", "kunstig intelligens"),
        *("uses artificial intelligence", "ai"),
    ),
    "is_accessible": (
        *("webtilgængelighed wcag", "webtilgængelighed", "web accessibility"),
        *("overholder reglerne om webtilgængelighed", "meets the rules on web accessibility"),
    ),
    "place": ("placering", "sted", "place", "lokale", "adresse"),
    "contents": ("indhold", "contents"),
    "access": ("adgang og nøgler", "adgang", "access and keys", "nøgler"),
    "protection": (
        *("sikring mod brand og vand", "brand og vand", "protection against fire and water"),
    ),
    "keeper": ("opbevares hos", "arkivar", "keeper", "bestyrer"),
    f"{ROLE}{Role.SYSTEM_OWNER}": ("systemejer", "system owner"),
    f"{ROLE}{Role.DATA_OWNER}": ("dataejer", "data owner"),
    f"{ROLE}{Role.MANAGER}": ("systemansvarlig", "ansvarlig", "manager", "system manager"),
    f"{ROLE}{Role.ARCHIVE_OWNER}": ("arkivejer", "archive owner"),
    SINCE: ("ejer siden", "owner since", "ejere fra"),
}
_NO_WORD = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r" \d+$")


@dataclass(frozen=True)
class Target:
    """What a column can be taken as: `name` is the code, `label` what people call it."""

    name: str
    label: str

    @property
    def role(self) -> str:
        """Return the code of the role it appoints to; "" for what is no owner."""
        return self.name.removeprefix(ROLE) if self.name.startswith(ROLE) else ""


def targets_of(kind: str) -> list[Target]:
    """Return what the columns can be for assets of a kind, in the order of its form."""
    names = [name for name in fields_of(kind) if name not in LEFT_OUT]
    found = [Target(name, label_of(name)) for name in names]
    place = names.index("criticality") + 1
    found[place:place] = [Target(name, label_of(name)) for name in (SOCIETY, BUSINESS)]
    found += [Target(f"{ROLE}{role}", label_of(f"{ROLE}{role}")) for role in ROLES[Kind(kind)]]
    return [*found, Target(SINCE, label_of(SINCE))]


def label_of(name: str) -> str:
    """Return what people call a target, in the active language."""
    return _label(name, get_language())


@cache
def _label(name: str, language: str | None) -> str:  # noqa: ARG001 what the label depends on
    if name.startswith(ROLE):
        return str(Role(name.removeprefix(ROLE)).label)
    special = {
        SOCIETY: _("Critical to society (yes or no)"),
        BUSINESS: _("Critical to business (yes or no)"),
        SINCE: _("Owners since (a date)"),
    }
    if name in special:
        return special[name]
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    return str(capfirst(field.verbose_name))


def folded(text: object) -> str:
    """Return a heading, name or word so that spelling alike counts as alike."""
    return _NO_WORD.sub(" ", str(text or "").casefold()).strip()


def guess(headings: Sequence[str], kind: str) -> dict[str, str]:
    """Return the target of each column that is recognised, by the column's number as text.

    One column is taken for each field, the one with the surest heading, and all for a role:
    a layout may have one of names and one of e-mails.
    """
    words = [folded(heading) for heading in headings]
    bare = [_NUMBERED.sub("", word) for word in words]
    found: dict[str, str] = {}
    for target in targets_of(kind):
        known = [*HEADINGS.get(target.name, ()), *_labels(target.name)]
        columns = _columns(known, words if not target.role else bare)
        for column in columns if target.role else columns[:1]:
            found.setdefault(str(column), target.name)
    return found


def guess_key(mapping: Mapping[str, str], shares: Mapping[str, float]) -> str:
    """Return the key whose columns are filled in most (`shares`, 0 to 1); of equals the surest.

    "" where no column can be a key.
    """
    filled = {
        target: max(shares.get(column, 0) for column, its in mapping.items() if its == target)
        for target in KEYS
        if target in mapping.values()
    }
    return max(filled, key=lambda target: filled[target], default="")


@cache
def _labels(name: str) -> Sequence[str]:
    """Return what the target is called in each of our languages, folded."""
    found = []
    for language, _called in settings.LANGUAGES:
        with override(language):
            found.append(folded(_label(name, language)))
    return found


def _columns(known: Sequence[str], words: Sequence[str]) -> list[int]:
    """Return the columns with one of these headings, those with the surest first."""
    ranked = [(known.index(word), column) for column, word in enumerate(words) if word in known]
    return [column for _rank, column in sorted(ranked)]
