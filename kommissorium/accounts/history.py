"""Events of the evidence chain in words: what happened, by whom and when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.past import Change, PastOf
from kommissorium.core.evidence.models import Event, reference


@dataclass(frozen=True)
class HistoryEntry:
    """A line of history."""

    seq: int
    at: datetime
    who: str
    text: str
    act: str
    changes: list[Change] = field(default_factory=list)


class History(list[HistoryEntry]):
    """Lines of history, and the page that shows the thing as it was on a day ("" for none)."""

    past_url = ""


def history_of(
    row: Model, events: Sequence[Event], person: Person, labels: Mapping[int, str] | None = None
) -> History:
    """Return the events as `entries` does, each with what it changed of the row.

    `person` may see the row; of what it held, only what is open to them is told.
    """
    changes = PastOf(row, person).changes(events)
    lines = entries(events, labels)
    return with_past(row, [replace(one, changes=changes.get(one.seq, [])) for one in lines])


def with_past(row: Model, lines: Sequence[HistoryEntry]) -> History:
    """Return the lines with the page that shows the row as it was on a day."""
    found = History(lines)
    found.past_url = reverse("thing_past", args=reference(row))
    return found


def entries(events: Sequence[Event], labels: Mapping[int, str] | None = None) -> list[HistoryEntry]:
    """Return the events as lines in the active language; one query for all the names.

    Each act has a template `<room>/events/<what>.txt` that gets the facts, and as `label` what
    `labels` calls the fact "item": what the reader may not see has no label and no name.
    """
    read = [(event, _facts(event)) for event in events]
    names, labels = _names(read), labels or {}
    return [
        HistoryEntry(
            event.seq,
            event.at,
            _who(event, names),
            _text(event, {**facts, "label": labels.get(facts.get("item", 0), "")}, names),
            event.act,
        )
        for event, facts in read
    ]


def _facts(event: Event) -> dict[str, Any]:
    return {key: _dated(value) for key, value in json.loads(event.facts).items()}


def _dated(value: Any) -> Any:
    if not isinstance(value, str) or len(value) < 10 or value[4:5] != "-":  # noqa: PLR2004
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)  # noqa: PLR2004
    except ValueError:
        return value


def _names(read: Sequence[tuple[Event, dict[str, Any]]]) -> dict[str, str]:
    wanted = {event.actor for event, _facts in read}
    named = [facts.get(key) for _event, facts in read for key in ("person", "asked_by")]
    wanted |= {name for name in named if isinstance(name, str)}
    keys = [text for text in wanted if _is_pseudonym(text)]
    people = Person.objects.filter(pseudonym__in=keys)
    return {str(key): name for key, name in people.values_list("pseudonym", "name")}


def _is_pseudonym(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _who(event: Event, names: dict[str, str]) -> str:
    if event.actor == "system":
        return _("Kommissorium")
    return names.get(event.actor, _("Somebody no longer known"))


def _text(event: Event, facts: dict[str, Any], names: dict[str, str]) -> str:
    room, _dot, what = event.act.partition(".")
    person = names.get(str(facts.get("person", "")), "")
    asked_by = names.get(str(facts.get("asked_by", "")), "")
    values = {**facts, "person_name": person, "asked_by_name": asked_by, "event": event}
    # Plain text: whoever shows it escapes it.
    return unescape(render_to_string(f"{room}/events/{what}.txt", values)).strip()
