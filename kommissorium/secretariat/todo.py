"""To-do items of a person: the one list that the overview, the tasks, the menu and mails show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts import waiting as access
from kommissorium.accounts.models import Municipality, OrganisationRole, Person
from kommissorium.committees import seat_holders
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo, in_order
from kommissorium.meetings import todo as meetings
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.registers.counts import asked_once
from kommissorium.registers.installed import proposal_kinds
from kommissorium.registers.links import OUT_OF_REACH, TOLD_ELSEWHERE
from kommissorium.registers.proposing import ProposalKind
from kommissorium.secretariat import put_off
from kommissorium.secretariat.committee_status import CommitteeStatus, committee_statuses
from kommissorium.tasks import todo as tasks
from kommissorium.yearwheel import todo as yearwheel

type Rows = Callable[[ProposalKind[Any], Person], QuerySet[Any]]

CALL_SHOWN = 14  # days before the last day of the call
WRITING_SHOWN = 30  # days before that day: the texts are written
CALLING, WRITING, DRAFTING = 30, 20, 45  # minutes: a call, an item's text, a draft
SHOWN_SEATS = 3
SHOWN_DRAFTS = 3


def waits_for(
    person: Person, statuses: Sequence[CommitteeStatus] | None = None, on: date | None = None
) -> list[Todo]:
    """Return all that waits for the person, each thing once, the most urgent first.

    `statuses` are those of the committees they follow, where these have been asked for already.
    What nobody can do any more, and what is others' to do, is not among it.
    """
    today = on or timezone.localdate()
    found = committee_statuses(person, today) if statuses is None else statuses
    kept = _kept_by(person, found, today)
    led = {one.committee.pk for one in found if one.is_decided_by(person)}
    keys = {one.committee.pk for one in kept}
    told = [source for sources in TOLD_ELSEWHERE.ask_all() for source in sources]
    gone = set(OUT_OF_REACH.ask()(person))
    municipality = Municipality.current()
    with asked_once():
        things = [
            *access.todos(person),
            *seat_holders.todos(person),
            *_next_meetings(kept, today),
            *meetings.todos_of(person, today, led=led, kept=keys),
            *tasks.todos_of(person, today),
            *_decisions(person, found),
            *_drafts(person),
            *(
                one
                for register in put_off.in_use(municipality)
                for one in register.todos(person, today)
            ),
            *put_off.todos_of(person, today, municipality),
            *yearwheel.todos_of(person, today, kept=keys, told=told),
            *(one for status in kept for one in (*_draft(status), *lacks(status))),
        ]
    return in_order(things, gone)


def _kept_by(
    person: Person, found: Sequence[CommitteeStatus], today: date
) -> list[CommitteeStatus]:
    """Return the committees whose papers are the person's to keep.

    Those who sit as secretary keep them; where nobody does the coordinators, and where there are
    none who may.
    """
    kept, unkept = [], []
    for status in found:
        if status.secretaries:
            kept += [status] if person.pk in status.secretaries else []
        elif status.reach.may_plan:
            unkept.append(status)
    if unkept and not person.is_coordinator:
        coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, today)
        return kept if coordinators.exists() else [*kept, *unkept]
    return [*kept, *unkept]


def _decisions(person: Person, found: Sequence[CommitteeStatus]) -> Iterator[Todo]:
    """Yield what it is the person's turn to decide on between meetings."""
    led = {one.committee.pk: one for one in found if one.is_led_by(person)}
    for kind in _kinds_with(person, _undecided) if led else ():
        for proposal in kind.undecided(person):
            status = led.get(proposal.committee_id)
            if status and status.is_decided_by(person, proposal.proposed_by_id):
                url = reverse("proposal", args=[kind.slug, proposal.pk])
                text = _("Waits for your decision: %(title)s") % {"title": kind.title_of(proposal)}
                note = str(kind.listed[0])
                yield Todo(text, _("Look and decide"), url, urgent=True, note=note)


def _drafts(person: Person) -> Iterator[Todo]:
    """Yield the drafts that are the person's to finish; of many of a kind one line."""
    for kind in _kinds_with(person, _of_drafts):
        drafts = list(kind.drafts(person).select_related(*kind.related))
        label, home = kind.listed
        if len(drafts) > SHOWN_DRAFTS:
            text = _("%(number)d drafts are yours to finish: %(kind)s")
            values = {"number": len(drafts), "kind": label}
            minutes = DRAFTING * len(drafts)
            yield Todo(text % values, _("See which"), reverse(home), minutes=minutes)
            continue
        for draft in drafts:
            text = _("Your draft waits: %(title)s") % {"title": kind.title_of(draft)}
            url = draft.get_absolute_url()
            yield Todo(text, _("Go on"), url, note=str(label), minutes=DRAFTING)


def _undecided(kind: ProposalKind[Any], person: Person) -> QuerySet[Any]:
    if not kind.is_asked:
        return AgendaItem.objects.none()
    return kind.undecided(person)


def _of_drafts(kind: ProposalKind[Any], person: Person) -> QuerySet[Any]:
    return kind.drafts(person)


def _kinds_with(person: Person, rows: Rows) -> list[ProposalKind[Any]]:
    """Return the kinds of proposals of which there are such rows: one query, however many kinds."""
    kinds = list(proposal_kinds().values())
    asked = {f"of{place}": Exists(rows(kind, person)) for place, kind in enumerate(kinds)}
    there = Person.objects.filter(pk=person.pk).values(**asked).get()
    return [kind for place, kind in enumerate(kinds) if there[f"of{place}"]]


def _next_meetings(kept: Sequence[CommitteeStatus], today: date) -> Iterator[Todo]:
    """Yield what the next meeting of each of these committees wants of whoever keeps its papers."""
    rows = Meeting.objects.filter(
        committee__in=[one.committee.pk for one in kept], ends_at__gte=timezone.now()
    ).exclude(state=Meeting.State.CANCELLED)
    items = Prefetch("items", AgendaItem.objects.standing())
    seen: set[int] = set()
    coming = rows.select_related("committee").prefetch_related(items).order_by("starts_at", "pk")
    for meeting in coming if kept else ():
        if meeting.is_to_come and meeting.committee_id not in seen:
            seen.add(meeting.committee_id)
            yield from _next_step(meeting, today)
            yield from _unwritten(meeting, today)


def _next_step(meeting: Meeting, today: date) -> Iterator[Todo]:
    starts, note = timezone.localdate(meeting.starts_at), str(meeting.committee)
    if meeting.state == Meeting.State.PLANNED:
        last = last_day_of_call(meeting)
        if (last - today).days <= CALL_SHOWN:
            text = _("Call the meeting on %(day)s.") % {"day": day(starts)}
            url = reverse("meeting_call", args=[meeting.pk])
            line = Todo(text, _("Call the meeting"), url, urgent=True, due=last, note=note)
            yield line._replace(minutes=CALLING)
    elif meeting.state == Meeting.State.CALLED and starts == today:
        url = reverse("conduct", args=[meeting.pk])
        text = _("The meeting is today.")
        minutes = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
        line = Todo(text, _("Hold the meeting"), url, urgent=True, due=today, note=note)
        yield line._replace(minutes=minutes)


def _unwritten(meeting: Meeting, today: date) -> Iterator[Todo]:
    last = last_day_of_call(meeting)
    if (last - today).days > WRITING_SHOWN:
        return
    if empty := unwritten(meeting.items.all()):
        text = ngettext(
            "%(number)d item for decision has no text for the next meeting.",
            "%(number)d items for decision have no text for the next meeting.",
            len(empty),
        ) % {"number": len(empty)}
        url, note = meeting.get_absolute_url(), str(meeting.committee)
        due = last if meeting.state == Meeting.State.PLANNED else None
        minutes = WRITING * len(empty)
        yield Todo(text, _("Open the agenda"), url, due=due, note=note, minutes=minutes)


def unwritten(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return those of a meeting's items that are for decision, stand, and say nothing yet."""
    decided = (one for one in items if one.type == AgendaItem.Type.DECISION)
    return [
        one
        for one in decided
        if not (one.withdrawn_because or one.told_presentation or one.recommendation)
    ]


def lacks(status: CommitteeStatus) -> list[Todo]:
    """Return what a committee lacks: mandate, seats, people in them, and a calendar (K2)."""
    committee = status.committee
    things = []
    if status.mandate is None and status.draft is None:
        url = reverse("mandate_read", args=[committee.pk])
        text = _("%(name)s has no approved mandate.") % {"name": committee.name}
        things.append(Todo(text, _("Read in the mandate"), url, urgent=True, minutes=60))
    things += _vacancies(status)
    if status.reach.warning:
        url = reverse("meetings_plan", args=[committee.pk])
        text = f"{committee.name}: {status.reach.warning}"
        things.append(Todo(text, _("Plan the year"), url, urgent=True))
    return things


def _vacancies(status: CommitteeStatus) -> list[Todo]:
    url = status.committee.get_absolute_url()
    if not status.seats:
        text = _("%(name)s has no seats.") % {"name": status.committee.name}
        return [Todo(text, _("Make the seats"), url)]
    vacant = status.vacant
    if not vacant:
        return []
    shown = [str(seat.function or seat.get_role_display()) for seat in vacant[:SHOWN_SEATS]]
    names = ", ".join(shown) + (" …" if len(vacant) > SHOWN_SEATS else "")
    number = ngettext("%(number)d seat is vacant: ", "%(number)d seats are vacant: ", len(vacant))
    return [Todo(number % {"number": len(vacant)} + names, _("Fill the seats"), url)]


def _draft(status: CommitteeStatus) -> list[Todo]:
    if status.draft is None:
        return []
    text = _("A draft of the mandate waits: %(title)s.") % {"title": status.draft.title}
    url = reverse("mandate_edit", args=[status.draft.pk])
    return [Todo(text, _("See"), url, urgent=True)]
