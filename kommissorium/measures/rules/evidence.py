"""The evidence and the next steps that several rules point to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kommissorium.measures.codes import ROLE_NAMES, SEAT_NAMES
from kommissorium.measures.days import year_before
from kommissorium.measures.findings import Evidence, Noted, Step, event_evidence
from kommissorium.measures.history import History
from kommissorium.measures.meetings import CalendarFact, MadeDecision, PastMeeting
from kommissorium.measures.said import Link, Words, _, day, joined, link, listed, ngettext
from kommissorium.measures.tasks import BornTask
from kommissorium.measures.terms import SeatTerm, Term


def of_minutes(meeting: PastMeeting) -> Evidence:
    """Return a meeting as evidence: by its minutes, or before there are any by the call."""
    kept = meeting.minutes or meeting.call
    page = link("minutes", meeting.key)
    is_minuted = meeting.minutes is not None and meeting.registered_on is None
    label: Words = _("Meeting %(number)s, %(day)s") % {
        "number": meeting.label,
        "day": day(meeting.day),
    }
    if meeting.registered_on:
        label = joined(label, joined("(", _("registered afterwards"), ")", between=""))
    return Evidence(
        label=label,
        link=page if is_minuted else meeting.link,
        reference=f"meetings.meeting {meeting.key}",
        record=kept.record if kept else None,
        fingerprint=kept.content_hash if kept else "",
        on=meeting.day,
        noted_on=meeting.minuted_on or meeting.closed_on,
    )


def of_calendar(fact: CalendarFact, on: date) -> Evidence:
    """Return a meeting's place in the calendar as evidence, with the event that put it there.

    The page tells what had happened to the meeting by the day.
    """
    return Evidence(
        label=_("Meeting on %(day)s") % {"day": day(fact.starts_on)},
        link=link("meeting_history", fact.meeting, end=f"?on={on.isoformat()}"),
        reference=f"meetings.meeting {fact.meeting}",
        event=fact.noted.seq,
        fingerprint=fact.noted.hash,
        on=fact.starts_on,
        noted_on=fact.noted.on,
    )


def of_decision(decision: MadeDecision) -> Evidence:
    """Return a decision as evidence, with the record that holds it."""
    return Evidence(
        label=_("Decision %(number)s, %(day)s")
        % {"number": decision.number, "day": day(decision.on)},
        link=decision.link,
        reference=f"meetings.decision {decision.key}",
        record=decision.kept.record,
        fingerprint=decision.kept.content_hash,
        on=decision.on,
        noted_on=decision.written_on,
        is_closed=decision.is_closed,
    )


def of_task(task: BornTask) -> Evidence:
    """Return a task from a meeting as evidence; nothing of its text is told."""
    label = _("A task given for %(day)s") % {"day": day(task.first_due)}
    page, about = link("task", task.key), f"tasks.task {task.key}"
    found = event_evidence(label, page, about, task.given, task.given.on)
    return replace(found, is_closed=task.is_closed)


def of_seat(seat: SeatTerm, history: History, on: date) -> Evidence:
    """Return a seat and the start of its holder's term as evidence; nobody is named."""
    held = seat.holding_on(on)
    name = listed(filter(None, [SEAT_NAMES[seat.role], seat.function_on(on)]))
    text = _("%(seat)s: held since %(day)s") if held else _("%(seat)s: vacant")
    return _of_term(
        text % {"seat": name, "day": day(held.from_date) if held else ""},
        _on_page(history, f"seat {seat.key}", held, f"seat-{seat.key}", on),
        f"committees.committee {history.committee}",
        held,
    )


def of_role(kind: str, term: Term, history: History, on: date) -> Evidence:
    """Return a role held in the municipality as evidence; nobody is named."""
    text = _("%(role)s since %(day)s")
    values = {"role": ROLE_NAMES[kind], "day": day(term.from_date)}
    person = next((key for key, one in history.people.items() if one == term.person), 0)
    page = _on_page(history, f"role {kind}", term, "roles", on)
    return _of_term(text % values, page, f"accounts.person {person}", term)


def _on_page(history: History, what: str, term: Term | None, otherwise: str, on: date) -> Link:
    """Return the term's place on the page of the day's seats; `otherwise` where it has none."""
    began = (what, term.person, term.from_date) if term else ("", "", date.min)
    anchor = history.anchors.get(began, otherwise)
    return link("seat_history", history.committee, end=f"?on={on.isoformat()}#{anchor}")


def _of_term(label: Words, page: Link, reference: str, term: Term | None) -> Evidence:
    noted: Noted | None = term.noted if term else None
    because = term.because if term else ""
    reason = _("Noted afterwards: %(because)s") % {"because": because} if because else ""
    return Evidence(
        label=joined(label, reason, between=". "),
        link=page,
        reference=reference,
        event=noted.seq if noted else None,
        fingerprint=noted.hash if noted else "",
        on=term.from_date if term else None,
        noted_on=noted.on if noted else None,
    )


def earlier_in_words(history: History, on: date) -> Words:
    """Return how many meetings of the last twelve months were only registered afterwards, and do
    not count since the program is in use; "" for none."""
    number = len(history.earlier_between(year_before(on), on))
    if not number:
        return ""
    text = ngettext(
        "%(number)d earlier meeting, noted afterwards, does not count now that the program is in use.",
        "%(number)d earlier meetings, noted afterwards, do not count now that the program is in use.",
        number,
    )
    return text % {"number": number}


def none_minuted(history: History, on: date) -> Words:
    """Return that no meeting that counts was held in the last twelve months."""
    if earlier := earlier_in_words(history, on):
        none = _("No meeting whose minutes are sent out was held with the program.")
        return joined(none, earlier)
    return _("No meeting whose minutes are sent out was held in the last twelve months.")


def plan_the_year(history: History) -> Step:
    return Step(_("Plan the year"), link("meetings_plan", history.committee))


def open_the_committee(history: History) -> Step:
    return Step(_("Open the committee"), link("committee", history.committee))


def fill_the_seat(seat: SeatTerm, history: History) -> Step:
    return Step(_("Fill the seat"), link("seat_take", history.committee, seat.key))


def open_next_agenda(history: History, on: date) -> Step:
    """Return the step to the next meeting's agenda; to planning one where there is none."""
    coming = history.next_meeting(on)
    if coming is None:
        return plan_the_year(history)
    return Step(_("Open the next agenda"), link("meeting", coming))
