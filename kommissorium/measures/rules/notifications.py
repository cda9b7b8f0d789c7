"""Notifications of incidents, as T5 asks of them: owed by a deadline, sent, late, found needless.

A deadline is the one that was reckoned with the case (`deadlines` of its events), whether anybody
was told of it or not; events from before that was written tell it by the mail that it has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Question,
    Step,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
)
from kommissorium.measures.past import PastEvent
from kommissorium.measures.said import Words, _, joined, link, ngettext

PASSED: Final = 5  # the stage of a deadline that is over
TOLD: Final = "incidents.deadline_told"
SENT: Final = "incidents.notification_sent"
DECIDED: Final = "incidents.notification_decided"
ADVISED: Final = "incidents.notification_advised"
UNSENT: Final = Counted(
    "passed",
    plural(
        "The deadline of one notification has passed, and it has not been sent.",
        "The deadlines of %(number)d notifications have passed, and they have not been sent.",
    ),
)


@dataclass
class Owed:
    """A notification as the chain tells of it: its deadline as last reckoned, and its fate."""

    due: str = ""
    told: PastEvent | None = None  # that the deadline has passed
    sent: PastEvent | None = None
    refused: PastEvent | None = None  # found needless
    is_advised: bool = False
    newest: PastEvent | None = None

    def take(self, event: PastEvent) -> None:
        """Take in an event about it."""
        if event.act == SENT:
            self.sent = event
        elif event.act == DECIDED:
            self.refused = event if event.facts["needed"] == "no" else None
        elif event.act == ADVISED:
            self.is_advised = True
        elif event.act == TOLD and event.facts["stage"] == PASSED:
            self.told = event

    def reckon(self, due: str, event: PastEvent) -> None:
        """Take in its deadline: moved, what was told of the former one counts no more."""
        if due != self.due:
            self.due, self.told, self.newest = due, None, event

    @property
    def due_on(self) -> date | None:
        due = self.due or (self.sent.facts["due"] if self.sent else "")
        return datetime.fromisoformat(due).date() if due else None

    def has_passed(self, on: date, today: date) -> bool:
        """Return whether its deadline is over when the day ends; today, once that is told."""
        if self.told:
            return True
        due = self.due_on
        return due is not None and (due < on or due == on < today)

    @property
    def is_late(self) -> bool:
        """Return whether it was sent after its deadline, as that is reckoned now."""
        if self.sent is None:
            return False
        facts = self.sent.facts
        if not self.due or self.due == facts["due"]:
            return bool(facts["late"])
        return datetime.fromisoformat(facts["sent"]) > datetime.fromisoformat(self.due)

    @property
    def is_noted_afterwards(self) -> bool:
        """Return whether that it was sent in time was written on a day after its deadline."""
        if self.sent is None or self.is_late or self.due_on is None:
            return False
        return self.sent.noted.on > self.due_on

    @property
    def is_refused_late(self) -> bool:
        """Return whether it was found needless once its deadline had passed."""
        if self.refused is None or self.sent:
            return False
        is_told = self.told is not None and self.told.noted.seq < self.refused.noted.seq
        return is_told or (self.due_on is not None and self.refused.noted.on > self.due_on)


def owed_by(events: Iterable[PastEvent]) -> list[Owed]:
    """Return the notifications that events tell of, in the order in which they came up."""
    found: dict[tuple[int, str], Owed] = {}
    for event in events:
        deadlines: Mapping[str, str] | None = event.facts.get("deadlines")
        if deadlines is not None:
            own = {code for key, code in found if key == event.key}
            for code in (*deadlines, *(own - deadlines.keys())):
                one = found.setdefault((event.key, code), Owed())
                one.reckon(deadlines.get(code, ""), event)
        if code := str(event.facts.get("notification", "")):
            found.setdefault((event.key, code), Owed()).take(event)
    return list(found.values())


def deadlines_kept(owed: Iterable[Owed], asked: Question, today: date) -> list[Finding]:
    """Return the notifications missed, those sent late, and those found needless too late."""
    rows = list(owed)
    sent = [one for one in rows if one.sent]
    open_ones = [one for one in rows if not one.sent and not one.refused]
    passed = [one for one in open_ones if one.has_passed(asked.on, today)]
    found = list(_needless([one for one in rows if one.is_refused_late]))
    if passed:
        text = UNSENT.said(len(passed))
        step = Step(_("See the incidents"), link("incidents", end="?late=1"))
        why = (one.told or one.newest for one in passed)
        found.insert(0, not_fulfilled(text, *case_evidence(filter(None, why)), step=step))
    late = [one for one in sent if one.is_late]
    after = [one for one in sent if one.is_noted_afterwards]
    found += [*_late(late, sent), *_afterwards(after, sent)]
    if sent and not passed and not late and not after:
        found.append(fulfilled(_("All notifications were sent within their deadlines.")))
    return found


def _late(late: list[Owed], sent: list[Owed]) -> Iterator[Finding]:
    """Yield those sent late: with a reason, or by a deadline that was moved after the sending."""
    told = [one for one in late if one.sent and one.sent.facts["late"]]
    parts: list[Words] = []
    if told:
        text = ngettext(
            "%(number)d of %(all)d notifications was sent after its deadline; the reason is given.",
            "%(number)d of %(all)d notifications were sent after their deadline; the reasons are"
            " given.",
            len(told),
        )
        parts.append(text % {"number": len(told), "all": len(sent)})
    if moved := len(late) - len(told):
        text = ngettext(
            "%(number)d of %(all)d notifications was sent after its deadline as that was reckoned"
            " anew: when it became known was moved afterwards.",
            "%(number)d of %(all)d notifications were sent after their deadlines as those were"
            " reckoned anew: when it became known was moved afterwards.",
            moved,
        )
        parts.append(text % {"number": moved, "all": len(sent)})
    if parts:
        yield fulfilled(joined(*parts), *case_evidence(one.sent for one in late if one.sent))


def _afterwards(after: list[Owed], sent: list[Owed]) -> Iterator[Finding]:
    """Yield what was noted after the deadline as sent within it: it wants a receipt or a file."""
    for proved in (True, False):
        events = [one.sent for one in after if one.sent]
        rows = [one for one in events if bool(one.facts.get("proved")) == proved]
        if not rows:
            continue
        values = {"number": len(rows), "all": len(sent)}
        if proved:
            text = ngettext(
                "%(number)d of %(all)d notifications was noted after its deadline as sent within"
                " it; there is a receipt or a file.",
                "%(number)d of %(all)d notifications were noted after their deadlines as sent"
                " within them; there are receipts or files.",
                len(rows),
            )
            yield fulfilled(text % values, *case_evidence(rows))
            continue
        text = ngettext(
            "%(number)d of %(all)d notifications was noted after its deadline as sent within it,"
            " without a receipt or a file.",
            "%(number)d of %(all)d notifications were noted after their deadlines as sent within"
            " them, without a receipt or a file.",
            len(rows),
        )
        yield due_soon(text % values, *case_evidence(rows), step=_open_cases())


def _needless(refused: list[Owed]) -> Iterator[Finding]:
    """Yield what was found needless after the deadline: on the officer's advice, or without."""
    if alone := [one.refused for one in refused if one.refused and not one.is_advised]:
        text = ngettext(
            "%(number)d notification was found needless after its deadline, without the data"
            " protection officer's advice.",
            "%(number)d notifications were found needless after their deadlines, without the data"
            " protection officer's advice.",
            len(alone),
        )
        said = text % {"number": len(alone)}
        yield not_fulfilled(said, *case_evidence(alone), step=_open_cases())
    if advised := [one.refused for one in refused if one.refused and one.is_advised]:
        text = ngettext(
            "%(number)d notification was found needless after its deadline; the data protection"
            " officer has advised on it.",
            "%(number)d notifications were found needless after their deadlines; the data"
            " protection officer has advised on them.",
            len(advised),
        )
        yield fulfilled(text % {"number": len(advised)}, *case_evidence(advised))


def _open_cases() -> Step:
    return Step(_("See the incidents"), link("incidents"))


def case_evidence(events: Iterable[PastEvent]) -> list[Evidence]:
    """Return the newest of these events about cases as evidence."""
    return [
        replace(
            event_evidence(
                _("Incident %(number)s") % {"number": one.facts["number"]},
                link("incident", one.key),
                f"incidents.incident {one.key}",
                one.noted,
                one.noted.on,
            ),
            is_closed=True,
        )
        for one in list(events)[-10:]
    ]
