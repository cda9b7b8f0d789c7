"""Make scales, give them new versions, and choose the one new assessments are made by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.models import TONES, Scale
from kommissorium.risks.models.scales import LARGEST, NAME_LENGTH, SMALLEST

STEP_LENGTH, TEXT_LENGTH = 60, 1000
FEWEST_BANDS: Final = 2

type Cells = Sequence[Sequence[int]]  # a row for each step of consequence, the lowest first


@dataclass(frozen=True, slots=True)
class Content:
    """Content of a scale. Steps and bands as in models.Scale; `cells` holds ranks from 1."""

    name: str
    likelihoods: Sequence[dict[str, str]]
    consequences: Sequence[dict[str, str]]
    bands: Sequence[dict[str, str]]
    cells: Cells

    @classmethod
    def of(cls, scale: Scale) -> Content:
        """Return what a scale says now."""
        steps = scale.likelihoods, scale.consequences
        return cls(scale.name, *steps, scale.bands, scale.cells)


@transaction.atomic
def make_scale(content: Content, *, by: Person) -> Scale:
    """Make a scale of 3 to 5 steps. Nothing is assessed by it before it is taken into use.

    Raises Refused for words that are missing and for cells that make no sense.
    """
    if not Scale.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(content)
    _refuse_taken_name(values["name"])
    scale = _write(values, by, family=uuid4().hex[:30], version=1)
    record("risks.scale_made", scale, by=by, facts=_facts(scale))
    return scale


@transaction.atomic
def change_scale(scale: Scale, content: Content, *, by: Person) -> Scale:
    """Make a new version that says this; the old one stays for what was assessed by it.

    If the old one was in use, the new one is. Returns the scale itself where nothing differs.
    Raises Refused as make_scale does, and for another number of steps; Conflict, with
    `edit_version` the newest version, where there is a newer one.
    """
    if not Scale.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(content)
    if values["size"] != scale.size:
        raise Refused(_("The number of steps cannot be changed. Make a new scale."))
    _refuse_taken_name(values["name"], scale.family)
    versions = Scale.objects.select_for_update().filter(family=scale.family)
    newest = versions.order_by("-version")[0]
    if newest.pk != scale.pk:
        raise Conflict({**values_of(newest), "edit_version": newest.version})
    if values == values_of(scale):
        return scale
    is_in_use = newest.use_mark
    if is_in_use:
        Scale.objects.filter(pk=scale.pk).update(use_mark=None)
    made = _write(values, by, scale.family, scale.version + 1, use_mark=is_in_use)
    record("risks.scale_changed", made, by=by, facts=_facts(made))
    return made


@transaction.atomic
def use_scale(scale: Scale, *, by: Person) -> None:
    """Let new assessments be made by this scale. Raises Refused for an old version."""
    if not Scale.can_be_kept_by(by):
        raise PermissionDenied
    in_use = list(Scale.objects.select_for_update().filter(use_mark=True))
    newest = Scale.objects.filter(family=scale.family).aggregate(last=Max("version"))["last"]
    if scale.version != newest:
        raise Refused(_("There is a newer version of the scale. Take that one into use."))
    if scale in in_use:
        return
    Scale.objects.filter(use_mark=True).update(use_mark=None)
    Scale.objects.filter(pk=scale.pk).update(use_mark=True)
    scale.refresh_from_db()
    record("risks.scale_taken_into_use", scale, by=by, facts=_facts(scale))


def values_of(scale: Scale) -> dict[str, Any]:
    """Return the fields of a scale that a new version can change, and its size."""
    return {
        "name": scale.name,
        "size": scale.size,
        "likelihoods": scale.likelihoods,
        "consequences": scale.consequences,
        "bands": scale.bands,
        "cells": scale.cells,
    }


def _write(
    values: dict[str, Any], by: Person, family: str, version: int, use_mark: bool | None = None
) -> Scale:
    return Scale.objects.create(
        **values,
        family=family,
        version=version,
        made_by=by,
        made_at=timezone.now(),
        use_mark=use_mark,
    )


def _facts(scale: Scale) -> dict[str, Any]:
    return {"name": scale.name, "version": scale.version, "steps": scale.size}


def _refuse_taken_name(name: str, own_family: str = "") -> None:
    others = Scale.objects.newest().exclude(family=own_family).values_list("name", flat=True)
    if name.casefold() in {other.casefold() for other in others}:
        raise Refused(name=_("The name is taken already. Choose another."))


def _checked(content: Content) -> dict[str, Any]:
    size = len(content.cells)
    if not SMALLEST <= size <= LARGEST:
        raise Refused(_("A scale has 3, 4 or 5 steps."))
    bands = _bands(content.bands)
    return {
        "name": clean_line(content.name, "name", NAME_LENGTH, wanted=_("Write a name.")),
        "size": size,
        "likelihoods": _steps(content.likelihoods, "likelihood", size),
        "consequences": _steps(content.consequences, "consequence", size),
        "bands": bands,
        "cells": _cells(content.cells, size, len(bands)),
    }


def _steps(steps: Sequence[dict[str, str]], axis: str, size: int) -> list[dict[str, str]]:
    """Return the steps checked. Refusals are about the form's fields likelihood_1, …_text."""
    if len(steps) != size:
        raise ValueError("a scale has as many steps as its cells have")
    found: list[dict[str, str]] = []
    for number, step in enumerate(steps, start=1):
        field = f"{axis}_{number}"
        name = clean_line(step["name"], field, STEP_LENGTH, wanted=_("Write a name."))
        if name.casefold() in {one["name"].casefold() for one in found}:
            raise Refused(**{field: _("Two steps have the same name.")})
        found.append({"name": name, "text": clean_text(step["text"], f"{field}_text", TEXT_LENGTH)})
    return found


def _bands(bands: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    tones = [band["tone"] for band in bands]
    if tones != [tone for tone in TONES if tone in tones]:
        raise ValueError("each band has a tone of its own, the mildest first")
    found: list[dict[str, str]] = []
    for band in bands:
        field = f"band_{band['tone']}"
        name = clean_line(band["name"], field, STEP_LENGTH, wanted=_("Write a name."))
        if name.casefold() in {one["name"].casefold() for one in found}:
            raise Refused(**{field: _("Two colours have the same name.")})
        found.append({"name": name, "tone": band["tone"]})
    if len(found) < FEWEST_BANDS:
        raise Refused(_("Name at least two colours."))
    return found


def _cells(cells: Cells, size: int, highest: int) -> list[list[int]]:
    """Return the cells checked: never milder where it is likelier or worse."""
    if any(len(row) != size for row in cells):
        raise ValueError("a scale has as many cells along as it has up")
    if not all(1 <= rank <= highest for row in cells for rank in row):
        raise Refused(_("A cell has a colour without a name. Name the colour or choose another."))
    for c in range(size):
        for likelihood in range(size):
            below = cells[c - 1][likelihood] if c else 1
            before = cells[c][likelihood - 1] if likelihood else 1
            if cells[c][likelihood] < max(below, before):
                sentence = _("It cannot be milder than the cell below it or to the left of it.")
                raise Refused(**{f"cell_{c + 1}_{likelihood + 1}": sentence})
    return [list(row) for row in cells]
