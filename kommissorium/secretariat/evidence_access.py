"""What a reader of the evidence may open: records and rows, their names, and where they lead."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from html import unescape
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, Reading
from kommissorium.core.evidence.export import Reader
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.evidence.row_readers import FILE, FORMER, RECORD
from kommissorium.core.evidence.sealed_tables import SealedTable
from kommissorium.core.evidence.withheld import RECORDS, ROWS, VERSIONS
from kommissorium.core.files.models import StoredFile
from kommissorium.secretariat.evidence_rows import (
    files_of,
    ground_of,
    readable,
    records_visible_to,
)
from kommissorium.secretariat.evidence_versions import OpenVersions

MOST_DIGITS = 18

type Thing = tuple[str, str]  # its kind and its key, as the chain names it


def addresses_of(events: Sequence[Event | Reading], person: Person) -> dict[Thing, str]:
    """Return the page of each thing that has one and that the person may see. One query."""
    keys: dict[str, set[int]] = defaultdict(set)
    for event in events:
        if event.object_id.isdecimal() and len(event.object_id) <= MOST_DIGITS:
            keys[event.object_kind].add(int(event.object_id))
    found = [_seen(model, keys[kind], person) for kind in keys if (model := _model(kind))]
    if not found:
        return {}
    seen = found[0].union(*found[1:], all=True).order_by() if found[1:] else found[0]
    pages = {(kind, key): address_of(kind, key) for kind, key in seen}
    return {thing: address for thing, address in pages.items() if address}


def _model(kind: str) -> Any:
    """Return the model of things that have pages and say who may see them; None for others."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    has_both = hasattr(model, "get_absolute_url") and hasattr(_rows(model), "visible_to")
    return model if has_both else None


def _rows(model: type[Model]) -> Any:
    return model._default_manager.all()  # noqa: SLF001 Django's documented model API


def _seen(model: type[Model], keys: set[int], person: Person) -> QuerySet[Any, Any]:
    visible = _rows(model).visible_to(person).filter(pk__in=keys).order_by().values("pk")
    kind = Value(model._meta.label_lower, output_field=CharField())  # noqa: SLF001 documented
    rows = model._default_manager.filter(pk__in=visible).order_by()  # noqa: SLF001 documented
    found: QuerySet[Any, Any] = rows.values_list(kind, Cast("pk", CharField()))
    return found


def address_of(kind: str, key: str) -> str:
    """Return the page of a thing; "" where the key alone does not say it."""
    thing: Any = apps.get_model(kind)(pk=int(key))
    try:
        return str(thing.get_absolute_url())
    except (NoReverseMatch, AttributeError):
        return ""


class PersonReader(Reader):
    """Access of one person to an export: records, rows and files as pages show them.

    A row is shown where its model says who may read it, or to whoever reads the rows it belongs
    to (core/evidence/row_readers.py); its former values as the page of its past shows them.
    """

    def __init__(self, person: Person) -> None:
        self.person = person

    def records(self) -> set[int]:
        return set(records_visible_to(self.person).values_list("pk", flat=True))

    def rows(self, model: type[Model]) -> set[str]:
        return set(map(str, readable(model, self.person).values_list("pk", flat=True)))

    def versions(self, table: SealedTable) -> OpenVersions:
        return OpenVersions(table.model, self.person)

    def files(self) -> QuerySet[StoredFile]:
        return files_of(self.person, whole=True)

    def ground(self, part: str, model: type[Model] | None) -> str | Promise:
        if part == ROWS and model is not None:
            return ground_of(model)
        return {VERSIONS: FORMER, RECORDS: RECORD}.get(part, FILE)


def name_of(record: Record) -> str:
    """Return the name of a document: `<room>/records/<what>.txt` gets what it says."""
    room, _dot, what = record.kind.partition(".")
    try:
        text = render_to_string(
            f"{room}/records/{what}.txt", {"content": json.loads(record.content)}
        )
    except TemplateDoesNotExist:
        return _("Frozen document %d") % record.pk
    # Plain text: whoever shows it escapes it.
    return unescape(text).strip()
