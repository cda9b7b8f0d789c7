"""Checks JSON against a published schema, by as much of JSON Schema as ours use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kommissorium.core.json_schemas import schema_text

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
FORMATS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
KNOWN = {
    *("$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum"),
    *("required", "properties", "additionalProperties", "items", "pattern", "format"),
}


@cache
def schema_of(name: str) -> Any:
    text = schema_text(name)
    assert text is not None, f"no schema {name} is published"
    return json.loads(text)


def faults(value: Any, name: str, part: str = "") -> list[str]:
    """Return where the value differs from the schema; a key it does not name is a fault."""
    root = schema_of(name)
    return list(_faults(value, root["$defs"][part] if part else root, root, "$"))


def _faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    assert set(schema) <= KNOWN, f"the check does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from _faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
        return
    allowed = schema.get("type", [])
    names = [allowed] if isinstance(allowed, str) else allowed
    fits = any(
        isinstance(value, TYPES[one]) and (one == "boolean" or not isinstance(value, bool))
        for one in names
    )
    if names and not fits:
        yield f"{at}: {value!r} is no {' or '.join(names)}"
    elif "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    elif isinstance(value, str):
        yield from _of_text(value, schema, at)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _faults(one, schema.get("items", {}), root, f"{at}[{place}]")
    elif isinstance(value, dict):
        yield from _of_object(value, schema, root, at)


def _of_text(value: str, schema: dict[str, Any], at: str) -> Iterator[str]:
    form = FORMATS[schema["format"]] if "format" in schema else None
    if form and not form.fullmatch(value):
        yield f"{at}: {value!r} is no {schema['format']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"


def _of_object(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[str]:
    yield from (f"{at}.{key} is missing" for key in schema.get("required", []) if key not in value)
    named = schema.get("properties", {})
    others = schema.get("additionalProperties", None if named else {})
    for key, one in value.items():
        if key not in named and others is None:
            yield f"{at}.{key} is not in the schema"
        else:
            yield from _faults(one, named.get(key, others), root, f"{at}.{key}")
