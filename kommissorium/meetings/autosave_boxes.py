"""Boxes the secretary writes in: one small form per field, saved while typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommissorium.core.ui.fields import RichText
from kommissorium.meetings.conduct_page import outcomes_of, recorded_of
from kommissorium.meetings.models import AgendaItem, Proceedings, Weighing


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A value somebody else saved in a field meanwhile: text, by whom, when, and its version."""

    value: Any
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldBox:
    """One field of what is recorded of an item, as a form of its own.

    `kind` is how it is written: "rich" text, one of some "chips", a "line" or a "tick".
    """

    item: AgendaItem
    name: str
    label: str
    kind: str
    value: Any
    version: int | str
    choices: Sequence[tuple[str, str]] = ()
    help: str = ""
    rows: int = 8
    error: str = ""
    overtaken: Overtaken | None = None

    @property
    def slug(self) -> str:
        """Return the name as the page's ids end: "form-not-discussed"."""
        return self.name.replace("_", "-")

    @property
    def key(self) -> str:
        """Return the id of the form's field in the page."""
        return f"field-{self.slug}"

    @property
    def control(self) -> SafeString:
        """Return the editor of a rich text."""
        described = {"aria-describedby": f"{self.key}-help"} if self.help else {}
        attrs = {"id": self.key, "class": "form-input", "rows": self.rows, **described}
        return RichText().render("value", self.value, attrs)

    @property
    def is_chosen(self) -> bool:
        return bool(self.value)

    def worded(self, value: Any) -> str:
        """Return a value of this field as a person reads it."""
        if self.kind == "chips":
            return dict(self.choices).get(str(value), str(value))
        if self.kind == "tick":
            return _("Yes") if value else _("No")
        return str(value) or _("(empty)")

    @property
    def mine(self) -> str:
        return self.worded(self.value)

    @property
    def theirs(self) -> str:
        return self.worded(self.overtaken.value) if self.overtaken else ""


def box(item: AgendaItem, name: str, **more: Any) -> FieldBox:
    """Return the box of a field, with what is saved in it."""
    recorded = recorded_of(item)
    values: dict[str, Any] = {
        "item": item,
        "name": name,
        "value": recorded.value_of(name),
        "version": recorded.version_of(name),
        **_how(item, name),
    }
    return FieldBox(**(values | more))


def boxes(item: AgendaItem) -> dict[str, FieldBox]:
    """Return the boxes of all fields of an item, by name."""
    return {name: box(item, name) for name in Proceedings.FIELDS}


def beside(item: AgendaItem, field: str) -> list[FieldBox]:
    """Return the boxes on the page that saving this field may have emptied."""
    if field not in Proceedings.ANSWERS:
        return []
    return [one for one in answers(item) if one.name != field]


def answers(item: AgendaItem) -> list[FieldBox]:
    """Return the boxes on the page of which one at most is filled."""
    shown = {"outcome": item.takes_decisions, "nothing_new": item.can_have_nothing_new}
    return [box(item, name) for name in Proceedings.ANSWERS if shown.get(name, True)]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the four weighings: its chips and its words."""

    label: str
    chips: FieldBox
    text: FieldBox


def aspects(item: AgendaItem) -> list[Aspect]:
    """Return the rows of the weighing, in the mandate's order."""
    return [
        Aspect(
            str(Proceedings.aspect(name).verbose_name), box(item, name), box(item, f"{name}_text")
        )
        for name in Weighing.ASPECTS
    ]


def overtaken(item: AgendaItem, current: Any, version: int) -> Overtaken:
    """Return what somebody else saved in a field, and who saved last in this item."""
    row = Proceedings.objects.select_related("changed_by").filter(item=item).first()
    who = row.changed_by.name if row and row.changed_by else _("Somebody else")
    at = row.changed_at if row else timezone.now()
    return Overtaken(current, version, who, timezone.localtime(at))


def _how(item: AgendaItem, name: str) -> dict[str, Any]:
    if name == "discussion":
        return {"label": _("Discussion"), "kind": "rich", "rows": 4}
    if name == "decision":
        label = _("Changes to the minutes") if item.confirms_minutes else _("Decision")
        return {"label": label, "kind": "rich", "rows": 4}
    if name == "outcome":
        return {"label": _("Outcome"), "kind": "chips", "choices": outcomes_of(item)}
    ticks = {
        "not_discussed": (
            _("The item was not discussed"),
            _("It comes again on the next agenda."),
        ),
        "nothing_new": (
            item.nothing_new_label,
            _("The item is treated: there was nothing to tell or to decide."),
        ),
    }
    if name in ticks:
        label, help_text = ticks[name]
        return {"label": label, "kind": "tick", "help": help_text}
    aspect = name.removesuffix("_text")
    label = str(Proceedings.aspect(aspect).verbose_name)
    if name.endswith("_text"):
        return {"label": _("%(aspect)s: why") % {"aspect": label}, "kind": "line"}
    choices = [(str(key), str(word)) for key, word in Proceedings.aspect(aspect).flatchoices]
    return {"label": label, "kind": "chips", "choices": [("", _("Not weighed")), *choices]}
