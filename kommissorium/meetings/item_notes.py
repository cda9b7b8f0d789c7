"""Notes beside the decisions of a meeting: advice, dissents and absences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Value

from kommissorium.meetings.minutes import ProtocolAbsence, ProtocolAdvice, ProtocolDissent
from kommissorium.meetings.models import Absence, Advice, Dissent, Meeting

ADVICE, DISSENT, ABSENCE = "advice", "dissent", "absence"


@dataclass(frozen=True, slots=True)
class ItemNotes:
    """Notes on one item, each kind in the order in which it was written down."""

    advice: list[ProtocolAdvice] = field(default_factory=list)
    dissents: list[ProtocolDissent] = field(default_factory=list)
    absences: list[ProtocolAbsence] = field(default_factory=list)


def said_by_item(meeting: Meeting) -> Mapping[int, ItemNotes]:
    """Return what was said of each item, by its key; one query for all three kinds."""
    found: dict[int, ItemNotes] = defaultdict(ItemNotes)
    for kind, _pk, item, name, text, followed, word in sorted(_rows(meeting), key=_order):
        said = found[item]
        if kind == ADVICE:
            said.advice.append(ProtocolAdvice(name, text, followed, word))
        elif kind == DISSENT:
            said.dissents.append(ProtocolDissent(name, word, text))
        else:
            said.absences.append(ProtocolAbsence(name, word, text))
    return found


def _rows(meeting: Meeting) -> Any:
    """Return kind, key, item, name, text, whether it was followed, and why or of which sort."""
    unknown = Value(None, output_field=BooleanField())
    own = {"item__meeting": meeting}
    advice = Advice.objects.filter(**own).order_by()
    dissents = Dissent.objects.filter(**own).order_by()
    absences = Absence.objects.filter(**own).order_by()
    who = "attendance__person__name"
    return advice.values_list(
        Value(ADVICE), "pk", "item", "person__name", "text", "followed", "because"
    ).union(
        dissents.values_list(Value(DISSENT), "pk", "item", who, "text", unknown, "kind"),
        absences.values_list(Value(ABSENCE), "pk", "item", who, "note", unknown, "ground"),
        all=True,
    )


def _order(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[0], row[1]
