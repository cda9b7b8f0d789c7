"""The approved pictures of risks of the whole organisation, for what stands on one: the policy."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.evidence.models import Record
from kommissorium.registers.bases import Basis
from kommissorium.risks.models import Assessment

NAMED: Final = 3  # risks that are named of those that are new


def _records() -> QuerySet[Record]:
    found = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION, state="approved")
    return Record.objects.filter(pk__in=found.values("record")).order_by("-at", "-pk")


def _title(record: Record) -> str:
    return str(json.loads(record.content)["title"])


def _begins(record: Record) -> date:
    return date.fromisoformat(json.loads(record.content)["in_force_from"])


def _changes(before: Record, after: Record) -> list[str]:
    """Say how many risks are new, gone, higher and lower, and which the new ones are."""
    then, now = _by_lineage(before), _by_lineage(after)
    new = [one["title"] for key, one in now.items() if key not in then]
    both = [(then[key]["rank"] or 0, now[key]["rank"] or 0) for key in then.keys() & now.keys()]
    said = []
    if new:
        text = ngettext(
            "%(number)d risk is new: %(names)s.", "%(number)d risks are new: %(names)s.", len(new)
        )
        names = ", ".join(f"“{one}”" for one in new[:NAMED]) + (" …" if len(new) > NAMED else "")
        said.append(text % {"number": len(new), "names": names})
    for number, one, many in (
        (
            len(then.keys() - now.keys()),
            _("%(number)d risk is gone."),
            _("%(number)d risks are gone."),
        ),
        (
            sum(old < rank for old, rank in both),
            _("%(number)d risk is higher."),
            _("%(number)d risks are higher."),
        ),
        (
            sum(old > rank for old, rank in both),
            _("%(number)d risk is lower."),
            _("%(number)d risks are lower."),
        ),
    ):
        if number:
            said.append((one if number == 1 else many) % {"number": number})
    return said or [_("No risk is new, gone, higher or lower.")]


def _by_lineage(record: Record) -> dict[str, dict[str, Any]]:
    return {one["lineage"]: one for one in json.loads(record.content)["risks"]}


PICTURES: Final = Basis(_records, _title, _begins, _changes)
