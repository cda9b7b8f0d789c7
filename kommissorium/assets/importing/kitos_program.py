"""Reads KITOS' list of IT system usages in a process of its own (core.documents.subprocess_runner).

The JSON comes on standard input. The answer is {"headings": …, "rows": …}, or {"refused": code}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kommissorium.core.documents.process_limits import MEGABYTE, limit

MEMORY: Final = 700 * MEGABYTE
CPU_SECONDS: Final = 20


def main() -> None:
    """Answer on standard output."""
    limit(MEMORY, CPU_SECONDS)
    data = sys.stdin.buffer.read()
    try:
        answer = read(data)
    except (MemoryError, RecursionError):
        answer = {"refused": "too_large"}
    sys.stdout.write(json.dumps(answer))


def read(data: bytes) -> dict[str, Any]:
    """Return headings and rows, or why there are none."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {"refused": "invalid"}
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else []
    if not isinstance(found, list) or not any(_is_usage(one) for one in found):
        return {"refused": "none"}
    items = [_lowered(one) if isinstance(one, dict) else {} for one in found]
    roles = sorted({name for one in items for name, _who in _roles(one)})
    rows = [
        [*(column(one) for column in COLUMNS.values()), *(_in_role(one, role) for role in roles)]
        for one in items
    ]
    return {"headings": [*COLUMNS, *roles], "rows": rows}


def _is_usage(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(_lowered(one).get("systemcontext"), dict)


def _lowered(one: Mapping[str, Any], depth: int = 4) -> dict[str, Any]:
    """Return it with its keys in lower case, as deep as anything we read is nested."""
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
    "Systemets overordnede formål": _first(_at("general", "purpose"), _at("gdpr", "purpose")),
    "Livscyklus": _at("general", "validity", "lifecyclestatus"),
    "Forretningskritisk IT-System": _first(
        _at("general", "isbusinesscritical"), _at("gdpr", "businesscritical")
    ),
    "Samfundskritisk IT-system": _first(
        _at("general", "issociallycritical"), _at("gdpr", "issociallycritical")
    ),
    "Kritikalitet": _at("general", "systemusagecriticalitylevel", "name"),
    "DataType": _data,
    "IT systemet driftes": _first(_at("general", "hostedat"), _at("gdpr", "hostedat")),
    "Fortegnelse": _at("gdpr", "directorydocumentation", "url"),
    "Arkiveringspligt": _at("archiving", "archiveduty"),
    "Indeholder AI-teknologi": _at("general", "containsaitechnology"),
    "Webtilgængelighed (WCAG)": _at("general", "webaccessibilitycompliance"),
    "Kontrakt": _at("general", "maincontract", "name"),
}
