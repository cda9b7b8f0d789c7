"""What frozen records are called in an export, for who checks a document against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model
from django.utils import timezone, translation

from kommissorium.core.evidence.models import Record
from kommissorium.meetings.actions.call import CALL
from kommissorium.meetings.models import Meeting


def record_names(records: Iterable[Record]) -> dict[int, str]:
    """Return by key what each record is and of what, in English: "the pack of meeting 2026/3 …"."""
    records = list(records)
    keys: dict[str, set[str]] = defaultdict(set)
    for record in records:
        keys[record.object_kind].add(record.object_id)
    with translation.override("en"):
        named = {kind: _named(kind, of_kind) for kind, of_kind in keys.items()}
        return {
            record.pk: f"{_what(record)} {named[record.object_kind].get(record.object_id, '')}"
            for record in records
        }


def _what(record: Record) -> str:
    if record.kind == CALL:
        return "the pack sent out for"
    return f"the {record.kind.partition('.')[2].replace('_', ' ')} of"


def _named(kind: str, keys: set[str]) -> dict[str, str]:
    model = apps.get_model(kind)
    found = model._default_manager.filter(pk__in=keys)  # noqa: SLF001 Django's documented model API
    return {str(row.pk): _name(row) for row in found}


def _name(row: Model) -> str:
    if isinstance(row, Meeting):
        day = timezone.localdate(row.starts_at)
        return f"{row.label} ({row.committee}, {day.isoformat()})"
    return str(row)
