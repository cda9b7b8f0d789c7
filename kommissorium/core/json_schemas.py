"""The schemas of the JSON that the program hands out, by the name that each document states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpResponse

FOLDER = Path(__file__).with_name("schemas")


def with_schema(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document, first stating the schema it follows."""
    return {"schema": name, **content}


def address_of(name: str) -> str:
    """Return the address at which the program publishes a schema."""
    return f"/schemas/{name}.json"


def described(response: HttpResponse, name: str) -> HttpResponse:
    """Return a response with the schema in its header: its bytes are frozen and cannot have it."""
    response.headers["Link"] = f'<{address_of(name)}>; rel="describedby"'
    return response


def schema_text(name: str) -> str | None:
    """Return the text of a published schema, None when there is none of that name."""
    found = {file.stem: file for file in FOLDER.glob("*.json")}.get(name)
    return found.read_text(encoding="utf-8") if found else None
