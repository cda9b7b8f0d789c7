"""All of the registers somebody may read, for other programs: one JSON text, one line an asset."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import (
    Agreement,
    Asset,
    AssetDocument,
    DocumentType,
    Oversight,
    Ownership,
    Relation,
    Required,
    Supplier,
)
from kommissorium.core.ui.responses import download_lines

SCHEMA: Final = "kommissorium-registers-1"
AT_ONCE: Final = 1000  # assets for which what belongs to them is fetched together
# How the program itself searches, sorts and saves: nobody else's business.
OWN: Final = {"search", "name_order", "edit_version", "created_at"}
SUPPLIER: Final = ("id", "name", "cvr", "contact", "email", "phone", "note", "closed_on")
AGREEMENT: Final = (
    *("id", "supplier", "title", "signed_on", "expires_on", "url", "file_name"),
    *("oversight_model", "oversight_months", "next_oversight", "ended_on", "ended_because"),
)
OVERSIGHT: Final = ("agreement", "model", "done_on", "due", "result", "conclusion", "url")
DOCUMENT: Final = (
    *("id", "type", "source", "label", "url", "dated_on", "review_by", "added_at", "removed_at"),
)
REQUIRED: Final = ("type", "document", "review_by", "waived_at", "waived_because")

type Parts = Mapping[int, list[Any]]  # by the key of the asset they belong to


def registers_json(person: Person) -> Iterator[bytes]:
    """Yield the part of the registers `person` may read, row by row. The same rows always give the
    same bytes.

    Codes stand as they are kept, days as 2026-11-25, hours as numbers. `owners` are all there
    have been, each with from and to.
    """
    assets = Asset.objects.visible_to(person)
    whole: dict[str, Iterable[str]] = {
        "suppliers": map(
            _text, Supplier.objects.visible_to(person).order_by("pk").values(*SUPPLIER).iterator()
        ),
        "agreements": map(_text, _agreements(person)),
        "document_types": map(_text, _types()),
        "assets": map(_text, _assets(assets, person)),
        "relations": map(_text, _relations(assets)),
    }
    yield f'{{"schema": "{SCHEMA}"'.encode()
    for name, rows in whole.items():
        yield f',\n"{name}": [\n'.encode()
        for number, row in enumerate(rows):
            yield (f",\n{row}" if number else row).encode()
        yield b"\n]"
    yield b"\n}\n"


def _text(row: Mapping[str, Any]) -> str:
    return json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)


def _assets(assets: QuerySet[Asset], person: Person) -> Iterable[dict[str, Any]]:
    names = [
        one.name
        for one in Asset._meta.concrete_fields  # noqa: SLF001
        if one.name not in {*OWN, "area"}
    ]
    rows = assets.order_by("pk").values(*names, "area__name").iterator(chunk_size=AT_ONCE)
    for some in batched(rows, AT_ONCE):
        parts = _parts([row["id"] for row in some], person)
        for row in some:
            row["area"] = row.pop("area__name")
            row["personal_data"] = [code for code in row["personal_data"].split(",") if code]
            yield {**row, **{name: of.get(row["id"], []) for name, of in parts.items()}}


def _parts(keys: Sequence[int], person: Person) -> dict[str, Parts]:
    """Return the parts of each asset, by their name in the text (five queries)."""
    owners = Ownership.objects.filter(asset__in=keys).order_by("from_date", "pk")
    owned = owners.values("asset", "role", "person", "person__name", "from_date", "to_date")
    used = Asset.used_by.through.objects.filter(asset__in=keys).order_by("area__name", "pk")
    agreed = Asset.agreements.through.objects.filter(asset__in=keys).order_by("agreement")
    documents = AssetDocument.objects.visible_to(person).filter(asset__in=keys).order_by("pk")
    required = Required.objects.filter(asset__in=keys).order_by("type", "pk")
    return {
        "used_by": _only(used.values("asset", "area__name")),
        "agreements": _only(agreed.values("asset", "agreement")),
        "owners": _grouped(owned),
        "documents": _grouped(documents.values("asset", *DOCUMENT)),
        "required": _grouped(required.values("asset", *REQUIRED)),
    }


def _grouped(rows: Iterable[Any]) -> Parts:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.pop("asset")].append(row)
    return grouped


def _only(rows: Iterable[Any]) -> Parts:
    """Return the one value each row has besides its asset."""
    return {key: [next(iter(row.values())) for row in some] for key, some in _grouped(rows).items()}


def _agreements(person: Person) -> Iterable[dict[str, Any]]:
    visible = Agreement.objects.visible_to(person).order_by("pk")
    done: defaultdict[int, list[Any]] = defaultdict(list)
    for row in (
        Oversight.objects.filter(agreement__in=visible.values("pk"))
        .order_by("pk")
        .values(*OVERSIGHT)
    ):
        done[row.pop("agreement")].append(row)
    for row in visible.values(*AGREEMENT):
        yield {**row, "oversight": done.get(row["id"], [])}


def _types() -> Iterable[dict[str, Any]]:
    for one in DocumentType.objects.order_by("pk"):
        yield {"id": one.pk, "code": one.code, "name": one.name, "is_retired": one.is_retired}


def _relations(assets: QuerySet[Asset]) -> Iterable[Mapping[str, Any]]:
    keys = assets.order_by().values("pk")
    found = Relation.objects.filter(from_asset__in=keys, to_asset__in=keys).order_by("pk")
    yield from found.values("from_asset", "kind", "to_asset").iterator()


@require_GET
def assets_json(request: HttpRequest) -> FileResponse:
    """Hand out all of the registers the person may read."""
    name = f"{_('registers')}-{timezone.localdate()}.json"
    return download_lines(registers_json(person_of(request)), name, "application/json")
