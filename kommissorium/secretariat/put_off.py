"""Registers that are not in use: what a committee decides on once, and what waits meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.measures.beginnings import DECIDED, LATER
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import Decision
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.registers.actions.beginnings import note_put_off_decided
from kommissorium.registers.agenda import AgendaContext, Returning, ReturningItem, Tables
from kommissorium.registers.installed import registers
from kommissorium.registers.protocol import Register

SOON: Final = 30  # days before a register is taken into use: its coordinator is told


@dataclass(frozen=True)
class RegisterUse:
    """A register, and what was said of it where it is not in use: see registers.actions.beginnings."""

    register: Register
    said: Mapping[str, Any]

    @property
    def label(self) -> str:
        return str(self.register.label)

    @property
    def until(self) -> date | None:
        return date.fromisoformat(self.said["until"]) if self.said else None

    @property
    def words(self) -> str:
        """Return until when it is not in use and, where it is kept elsewhere, where and by whom."""
        if self.until is None:
            return _("In use")
        if self.said["way"] == LATER:
            return _("Taken into use on %(day)s") % {"day": day(self.until)}
        text = _("Kept elsewhere until %(day)s: %(where)s, by %(who)s, last looked at on %(seen)s")
        seen = day(date.fromisoformat(self.said["seen"]))
        values = {"where": self.said["where"], "who": self.said["who"], "seen": seen}
        return text % {**values, "day": day(self.until)}

    @property
    def decided(self) -> str:
        """Return the numbers of the decisions on it; "" where it is in use."""
        if not self.said:
            return ""
        numbers = ", ".join(sorted(set(self.said["decided"].values())))
        return numbers or _("Not decided yet")


def uses(municipality: Municipality) -> list[RegisterUse]:
    """Return all registers, each in use or not today."""
    not_in_use = municipality.put_off_on(timezone.localdate())
    return [
        RegisterUse(one, municipality.put_off[one.code] if one.code in not_in_use else {})
        for one in registers()
    ]


def in_use(municipality: Municipality | None = None) -> list[Register]:
    """Return the registers in use today, in their order (one query without the municipality)."""
    found = uses(municipality or Municipality.current())
    return [one.register for one in found if not one.said]


def todos_of(person: Person, today: date, municipality: Municipality) -> Iterator[Todo]:
    """Yield to coordinators which registers are soon taken into use."""
    if not person.is_coordinator:
        return
    for one in uses(municipality):
        if one.until and (one.until - today).days <= SOON:
            text = _("“%(name)s” is taken into use.") % {"name": one.label}
            yield Todo(text, _("See"), reverse("registers_in_use"), due=one.until)


class RegistersPutOff(Returning):
    """The registers that are not in use, until the committee has decided on them."""

    kind = "registers.put_off"
    known_as = gettext_lazy("Registers that are not in use")

    def is_due(self, context: AgendaContext) -> bool:
        return bool(_undecided(context))

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("What is taken into use later"),
            recommendation=_(
                "It is recommended that the committee approves that the registers shown are not in "
                "use before the days shown. Until then the mandate is not fulfilled there."
            ),
            link=reverse("registers_in_use"),
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = tuple(
            FactRow(
                f"registers.put_off:{one.register.code}",
                (one.label, one.words),
                reverse("registers_in_use"),
            )
            for one in _undecided(context)
        )
        columns = (_("Register"), _("In use"))
        table = FactTable("put_off", _("Not in use, and not decided on"), "", columns, rows)
        return dict.fromkeys(keys, (table,))

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Note what was approved as it was shown; else it comes to the next agenda again."""
        if decision.outcome in APPROVING:
            note_put_off_decided(decision, by=by)

    def sentence(self, decision: Decision) -> str:
        told = Event.objects.filter(
            act=DECIDED, facts__contains=f'"decision":"{decision.number}"'
        ).order_by("-seq")
        found = (json.loads(one.facts) for one in told)
        own = next((one for one in found if one["committee"] == decision.committee_id), None)
        codes: list[str] = own["registers"] if own else []
        names = ", ".join(str(one.label) for one in registers() if one.code in codes)
        return _("Decided as not in use yet: %(names)s.") % {"names": names} if names else ""


def _undecided(context: AgendaContext) -> list[RegisterUse]:
    """Return what is not in use and the meeting's committee has not decided on."""
    committee = str(context.meeting.committee_id)
    found = context.once(_uses)
    return [one for one in found if one.said and committee not in one.said["decided"]]


def registers_in_use(context: AgendaContext) -> list[Register]:
    return [one.register for one in context.once(_uses) if not one.said]


def _uses(_context: AgendaContext) -> list[RegisterUse]:
    return uses(Municipality.current())


PUT_OFF: Final = RegistersPutOff()
