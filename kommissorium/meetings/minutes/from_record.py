"""Restores minutes from the frozen record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kommissorium.meetings.minutes.model import (
    Protocol,
    ProtocolAbsence,
    ProtocolAdvice,
    ProtocolDissent,
    ProtocolFile,
    ProtocolItem,
    ProtocolPerson,
    ProtocolTask,
    ProtocolWeighing,
)

MOMENTS = ("starts_at", "ends_at", "made_at", "opened_at", "closed_at", "approved_at")
PARTS = {
    "weighings": ProtocolWeighing,
    "advice": ProtocolAdvice,
    "dissents": ProtocolDissent,
    "absences": ProtocolAbsence,
    "attachments": ProtocolFile,
}


def minutes_from_json(data: Mapping[str, Any]) -> Protocol:
    """Return the minutes that `minutes_json` wrote. Raises KeyError and TypeError for others."""
    values = dict(data)
    for name in MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["people"] = tuple(ProtocolPerson(**person) for person in values["people"])
    values["items"] = tuple(_item(item) for item in values["items"])
    return Protocol(**values)


def _item(data: Mapping[str, Any]) -> ProtocolItem:
    values = dict(data)
    for name, kind in PARTS.items():
        values[name] = tuple(kind(**part) for part in values[name])
    values["tasks"] = tuple(_task(task) for task in values["tasks"])
    return ProtocolItem(**values)


def _task(data: Mapping[str, Any]) -> ProtocolTask:
    due = date.fromisoformat(data["due"]) if data["due"] else None
    return ProtocolTask(data["title"], data["owner"], due)
