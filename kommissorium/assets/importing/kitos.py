"""KITOS' list of IT system usages (API v2, GET /api/v2/it-system-usages) as rows of a sheet.

The columns get the headings of KITOS' own Excel overview, so that both are read alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.sources import Source, source_of_texts

KITOS = "kitos"  # the shape of its layouts
MOST_BYTES = 25 * 1024 * 1024
# Each list and object costs some seventy bytes of memory however little stands in it.
MOST_PARTS, MOST_VALUES = 400_000, 3_000_000
EXCEL_NAME = "IT System"
EXCEL_SIGNS = ("IT-System (UUID)", "Ansv. organisationsenhed", "Ansvarlig organisationsenhed")


def kitos_source(data: bytes) -> Source:
    """Return the list as a sheet. Raises Refused with the field `file`."""
    return source_of_texts(*usages(data), shape=KITOS)


def usages(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows. Raises Refused with the field `file`."""
    found = _loaded(data)
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else []
    if not isinstance(found, list) or not any(_is_usage(one) for one in found):
        raise Refused(file=_("The file holds no list of IT systems from KITOS."))
    items = [_lowered(one) if isinstance(one, dict) else {} for one in found]
    roles = sorted({name for one in items for name, _who in _roles(one)})
    rows = [
        [*(read(one) for read in COLUMNS.values()), *(_in_role(one, role) for role in roles)]
        for one in items
    ]
    return [*COLUMNS, *roles], rows


def _loaded(data: bytes) -> Any:
    too_large = len(data) > MOST_BYTES or data.count(b"[") + data.count(b"{") > MOST_PARTS
    if too_large or data.count(b",") > MOST_VALUES:
        raise Refused(file=_("The file is too large. Take the systems out in smaller parts."))
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise Refused(file=_("The file is no valid JSON.")) from None


def _is_usage(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(_lowered(one).get("systemcontext"), dict)


def _lowered(one: Mapping[str, Any], depth: int = 4) -> dict[str, Any]:
    """Return it with its keys in small letters, as deep as anything we read stands."""
    return {
        str(key).lower(): _lowered(value, depth - 1) if isinstance(value, dict) and depth else value
        for key, value in one.items()
    }


def _at(*path: str) -> Callable[[Mapping[str, Any]], str]:
    def read(one: Mapping[str, Any]) -> str:
        value: Any = one
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return _text(value)

    return read


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value) if isinstance(value, str | int | float) else ""


def _first(*reads: Callable[[Mapping[str, Any]], str]) -> Callable[[Mapping[str, Any]], str]:
    return lambda one: next(filter(None, (read(one) for read in reads)), "")


def _part(one: Mapping[str, Any], *path: str) -> Any:
    value: Any = one
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _data(one: Mapping[str, Any]) -> str:
    """Return the kinds of personal data, between commas."""
    levels = _part(one, "gdpr", "datasensitivitylevels")
    more = _part(one, "gdpr", "specificpersonaldata")
    words = [*_words(levels), *_words(more)]
    if isinstance(_part(one, "gdpr", "sensitivepersondata"), list):
        sensitive = bool(_part(one, "gdpr", "sensitivepersondata"))
        words += ["SensitiveData"] if sensitive and "SensitiveData" not in words else []
    return ", ".join(words)


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _roles(one: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    roles = one.get("roles")
    for entry in roles if isinstance(roles, list) else []:
        row = _lowered(entry) if isinstance(entry, dict) else {}
        name, who = _at("role", "name")(row), _first(_at("user", "email"), _at("user", "name"))(row)
        if name and who:
            yield name, who


def _in_role(one: Mapping[str, Any], role: str) -> str:
    return ", ".join(who for name, who in _roles(one) if name == role)


COLUMNS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "IT System": _at("systemcontext", "name"),
    "IT-System (UUID)": _at("systemcontext", "uuid"),
    "Lokal System ID": _at("general", "localsystemid"),
    "Lokal kaldenavn": _at("general", "localcallname"),
    "Ansv. organisationsenhed": _at("organizationusage", "responsibleorganizationunit", "name"),
    "Systemets overordnede formål": _at("gdpr", "purpose"),
    "Livscyklus": _at("general", "validity", "lifecyclestatus"),
    "Forretningskritisk IT-System": _first(
        _at("gdpr", "businesscritical"), _at("general", "isbusinesscritical")
    ),
    "Samfundskritisk IT-system": _first(
        _at("general", "issociallycritical"), _at("gdpr", "issociallycritical")
    ),
    "DataType": _data,
    "IT systemet driftes": _first(_at("gdpr", "hostedat"), _at("general", "hostedat")),
    "Fortegnelse": _at("gdpr", "directorydocumentation", "url"),
    "Arkiveringspligt": _at("archiving", "archiveduty"),
    "Indeholder AI-teknologi": _at("general", "containsaitechnology"),
    "Webtilgængelighed (WCAG)": _at("general", "webaccessibilitycompliance"),
    "Kontrakt": _at("general", "maincontract", "name"),
}


def is_overview(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of KITOS' Excel overview."""
    known = {heading.casefold() for heading in headings}
    return EXCEL_NAME.casefold() in known and any(sign.casefold() in known for sign in EXCEL_SIGNS)
