"""Changes to the documents demanded and to the kinds of documents."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.required_documents import follow_reviews, keep_all_required
from kommissorium.assets.models import AssetDocument, Demand, DocumentType, RegisterSettings
from kommissorium.assets.models.documents import NAME_LENGTH
from kommissorium.assets.requirement_matrix import (
    Cell,
    Cells,
    Effect,
    cells_now,
    effect_of,
    every_cell,
    matrix_version,
)
from kommissorium.core.actions.rows import change_row, set_retired
from kommissorium.core.cleaning import clean_line, clean_text, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused

MOST_TYPES = 60  # in use at once: the whole matrix is one form
MOST_MONTHS = 120
STEP = 10  # between the positions of two kinds of documents
FACTS = attrgetter("facts")


@transaction.atomic
def set_demands(cells: Cells, *, by: Person, edit_version: int) -> Effect:
    """Set the cells of the matrix; those left out demand nothing. Return the effect.

    `edit_version` is requirement_matrix.matrix_version() as it was when the matrix was read. Raises
    ValueError for a cell there is not; Conflict with the cells that are there now.
    """
    if not DocumentType.can_be_kept_by(by):
        raise PermissionDenied
    # Of two who save at once the second waits here and sees what the first did.
    types = list(DocumentType.objects.select_for_update().filter(is_retired=False))
    wished = {cell: data for cell, data in cells.items() if data}
    _refuse_unknown(wished, set(every_cell(types)))
    now, version = cells_now(), matrix_version()
    if version != edit_version:
        raise Conflict({"cells": now, "edit_version": version})
    if wished == now:
        return Effect()
    effect = effect_of(wished)
    changed = _write(now, wished)
    keep_all_required()
    counts = {"missing": effect.missing, "there": effect.there, "dropped": effect.dropped}
    facts = {"cells": [list(cell) for cell in changed], **counts}
    record("assets.demands_changed", RegisterSettings(pk=1), by=by, facts=facts)
    return effect


@transaction.atomic
def add_document_type(
    *, by: Person, name: str, guidance: str = "", review_months: int = 12
) -> DocumentType:
    """Add a kind of document; nothing demands it until the matrix does. Raises Refused."""
    if not DocumentType.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(name, guidance, review_months)
    in_use = list(DocumentType.objects.select_for_update().filter(is_retired=False))
    if len(in_use) >= MOST_TYPES:
        raise Refused(_("60 kinds of documents are enough. Take one out of use first."))
    last = DocumentType.objects.aggregate(last=Max("position"))["last"] or 0
    made = DocumentType.objects.create(**values, position=last + STEP)
    record("assets.document_type_added", made, by=by, facts=made.facts)
    return made


@transaction.atomic
def change_document_type(
    type_: DocumentType,
    *,
    by: Person,
    name: str,
    guidance: str,
    review_months: int,
    edit_version: int,
) -> None:
    """Give a kind of document other words, or another time until it is reviewed.

    Documents that are there keep their review dates. A built-in kind whose words stay as they
    came keeps following the language. Raises Refused; Conflict.
    """
    if not DocumentType.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(name, guidance, review_months, own=type_)
    for field, now, built_in in _built_in_words(type_):
        if not now and values[field] == built_in:
            values[field] = ""
    change_row(
        type_,
        values,
        edit_version=edit_version,
        act="assets.document_type_changed",
        by=by,
        facts=FACTS,
        current=type_values,
    )


@transaction.atomic
def retire_document_type(type_: DocumentType, *, by: Person) -> None:
    """Take a kind of document out of use: nothing demands it; the documents there are stay."""
    if not DocumentType.can_be_kept_by(by):
        raise PermissionDenied
    set_retired(type_, retired=True)
    _follow(type_, by)
    record("assets.document_type_retired", type_, by=by, facts=type_.facts)


@transaction.atomic
def restore_document_type(type_: DocumentType, *, by: Person) -> None:
    """Take a kind of document into use again: it is demanded as it was before. Raises Refused."""
    if not DocumentType.can_be_kept_by(by):
        raise PermissionDenied
    if DocumentType.objects.filter(is_retired=False).count() >= MOST_TYPES:
        raise Refused(_("60 kinds of documents are enough. Take one out of use first."))
    set_retired(type_, retired=False)
    _follow(type_, by)
    record("assets.document_type_restored", type_, by=by, facts=type_.facts)


def type_values(type_: DocumentType) -> dict[str, Any]:
    """Return the values of a kind of document, by field, in the active language."""
    return {
        "name": type_.label,
        "guidance": type_.told,
        "review_months": type_.review_months,
        "edit_version": type_.edit_version,
    }


def _follow(type_: DocumentType, by: Person) -> None:
    """Update required documents and reviews when the kind goes out of use, or back into it."""
    keep_all_required()
    with_one = AssetDocument.objects.live().filter(type=type_).order_by("asset")
    follow_reviews(with_one.values_list("asset", flat=True).distinct(), by=by)


def _refuse_unknown(wished: Cells, known: set[Cell]) -> None:
    if set(wished) - known or set(wished.values()) - set(Demand.Data.values):
        raise ValueError("the matrix has no such cell")


def _write(now: Cells, wished: Cells) -> list[Cell]:
    changed = sorted(
        cell for cell in now.keys() | wished.keys() if now.get(cell) != wished.get(cell)
    )
    for type_key, kind, criticality in changed:
        cell: dict[str, Any] = {"type_id": type_key, "kind": kind, "criticality": criticality}
        data = wished.get((type_key, kind, criticality))
        if data:
            Demand.objects.update_or_create(**cell, defaults={"data": data})
        else:
            Demand.objects.filter(**cell).delete()
    return changed


def _checked(
    name: str, guidance: str, review_months: int, own: DocumentType | None = None
) -> dict[str, Any]:
    name = clean_line(name, "name", NAME_LENGTH, wanted=_("Write a name."))
    others = DocumentType.objects.exclude(pk=own.pk if own else 0)
    if any(one.label.casefold() == name.casefold() for one in others):
        raise Refused(name=_("The name is taken already. Choose another."))
    refuse_outside(review_months, "review_months", 0, MOST_MONTHS)
    told = clean_text(guidance, "guidance")
    return {"name": name, "guidance": told, "review_months": review_months}


def _built_in_words(type_: DocumentType) -> list[tuple[str, str, str]]:
    """Return the fields of a built-in kind: what they say now, and what came with the program."""
    if not type_.code:
        return []
    built_in: Mapping[str, str] = type_.built_in_words
    return [(field, getattr(type_, field), built_in[field]) for field in ("name", "guidance")]
