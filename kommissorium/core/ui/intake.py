"""Input from other programs: JSON of texts, and the answer when it is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused


def read_texts(body: bytes, names: Sequence[str]) -> dict[str, Any]:
    """Return the texts of these names, "" for a missing one. Raises Refused."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(_("Send a JSON object.")) from None
    if not isinstance(told, dict) or not all(isinstance(told.get(n, ""), str) for n in names):
        raise Refused(_("Send a JSON object of texts."))
    return {name: told.get(name, "") for name in names}


def read_moment(text: str, name: str) -> datetime | None:
    """Return a moment with its offset; None for "". Raises Refused (name)."""
    try:
        found = parse_datetime(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or timezone.is_naive(found)):
        raise Refused(**{name: _("Write a time like 2026-11-25T13:00:00+01:00.")})
    return found


def refusal_as_json(refused: Refused, status: HTTPStatus) -> JsonResponse:
    """Return the faults, by field."""
    errors = {name: str(text) for name, text in refused.errors.items()}
    return JsonResponse({"errors": errors}, status=status)
