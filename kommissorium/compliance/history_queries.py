"""The queries for a committee's history: a date and ten years of months cost the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.compliance.clause_identity import Saying, saying
from kommissorium.compliance.history import Began, History
from kommissorium.compliance.past_meetings import (
    EventFacts,
    Kept,
    MadeDecision,
    PastItem,
    PastMeeting,
    event_facts,
    events_about,
    events_of_registers,
    pasts_of_registers,
)
from kommissorium.compliance.task_facts import (
    clauses_with_duties,
    events_of_tasks,
    tasks_told_by,
    wheel_facts,
)
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Confirmation,
    Decision,
    Meeting,
    Outcome,
    Weighing,
)
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.registers.findings import year_before
from kommissorium.registers.past import past_events
from kommissorium.tasks.models import QuarterTask

Kind = OrganisationRole.Kind
KINDS = (Kind.EXECUTIVE, Kind.COORDINATOR, Kind.DPO)
APPROVED = (Outcome.APPROVED, Outcome.WITH_CHANGES)
HEAVY = Weighing.HEAVY
FIRST = date(1900, 1, 1)


def history_of(committee: Committee, on: date | None = None) -> History:
    """Fetch the committee's past as it is known today, in a fixed number of queries.

    For who asks about the day `on` alone, what tells nothing of it is left: registers' figures of
    other days, and items and decisions of more than a year before.
    """
    first = _first_moment(on)
    meetings = _meeting_rows(committee)
    roles, holdings = _role_rows(), _holding_rows(committee)
    people = {row.person_id: str(row.person.pseudonym) for row in roles}
    about = events_about(committee, [row["pk"] for row in meetings], people)
    events = past_events(about | events_of_tasks(committee) | events_of_registers(on))
    told = event_facts(events)
    mandates, clauses = _mandates(committee)
    says = {one.pk: saying(one) for group in clauses.values() for one in group}
    sayings = {key: frozenset(says[one.pk] for one in group) for key, group in clauses.items()}
    items, told_at = _items(committee, first, says, told)
    there = _who_was_there(committee)
    seats = Seat.objects.filter(committee=committee).order_by("position", "pk")
    return History(
        committee=committee,
        known=timezone.localdate(),
        all_mandates=mandates,
        clauses=clauses,
        sayings=sayings,
        seat_numbers=dict(seats.values_list("pk", "number")),
        seat_events=told.seats,
        role_events=[event for event in told.roles if event.facts["kind"] in KINDS],
        people=people,
        anchors=_anchors(roles, holdings),
        meetings=[
            _meeting(row, items, told, there.get(row["pk"]))
            for row in meetings
            if row["call__at"] or row["registered_at"]
        ],
        decisions=_decisions(committee, first, told_at, told),
        calendar=told.calendar,
        registers=pasts_of_registers(events),
        tied=clauses_with_duties(committee),
        wheel=wheel_facts(committee),
        tasks=tasks_told_by(events),
    )


def _first_moment(on: date | None) -> datetime:
    """Return when the twelve months began that the checks look at; for no day all there is."""
    begins = year_before(on) if on and on.year > FIRST.year else FIRST
    return timezone.make_aware(datetime.combine(begins, time()))


def _role_rows() -> list[OrganisationRole]:
    rows = OrganisationRole.objects.filter(kind__in=KINDS).select_related("person")
    return list(rows.order_by("pk"))


def _holding_rows(committee: Committee) -> list[Holding]:
    rows = Holding.objects.filter(seat__committee=committee).select_related("person")
    return list(rows.order_by("pk"))


def _anchors(roles: Sequence[OrganisationRole], holdings: Sequence[Holding]) -> dict[Began, str]:
    """Return the place on its page of each role and each holding, by what began when."""
    found = {
        (f"role {r.kind}", str(r.person.pseudonym), r.from_date): f"role-{r.pk}" for r in roles
    }
    return found | {
        (f"seat {h.seat_id}", str(h.person.pseudonym), h.from_date): f"holding-{h.pk}"
        for h in holdings
    }


def _mandates(committee: Committee) -> tuple[list[Mandate], dict[int, list[Clause]]]:
    approved = Mandate.objects.approved().filter(committee=committee).defer("source_text")
    mandates = list(approved.order_by("effective_from", "version").prefetch_related("clauses"))
    return mandates, {one.pk: list(one.clauses.all()) for one in mandates}


def _meeting_rows(committee: Committee) -> list[dict[str, Any]]:
    """Return a row for each meeting, the latest first."""
    voting = Attendance.objects.voting().filter(meeting=OuterRef("pk")).order_by()
    number = {
        name: Subquery(rows.values("meeting").annotate(n=Count("seat", distinct=True)).values("n"))
        for name, rows in (("present", voting.present()), ("seats", voting))
    }
    minutes = "minutes__approval"
    rows = Meeting.objects.filter(committee=committee).values(
        *("pk", "year", "number", "state", "starts_at", "closed_at", "call__at"),
        *("call__record", "call__record__content_hash", f"{minutes}__at", f"{minutes}__record"),
        *(f"{minutes}__record__content_hash", "registered_at", "registration__record"),
        *("registration__record__content_hash", "registration__by__name", f"{minutes}__by__name"),
        **number,
    )
    return list(rows.order_by("-starts_at", "-pk"))


def _who_was_there(committee: Committee) -> dict[int, set[str]]:
    """Return the pseudonyms of those present at each meeting whose attendance is known."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Attendance.objects.present().filter(meeting__committee=committee).order_by()
    for key, who in rows.values_list("meeting", "person__pseudonym"):
        found[key].add(str(who))
    return found


def _meeting(
    row: dict[str, Any],
    items: Mapping[int, list[PastItem]],
    told: EventFacts,
    there: set[str] | None,
) -> PastMeeting:
    key, registered_at = row["pk"], row["registered_at"]
    one = Meeting(pk=key, year=row["year"], number=row["number"], registered_at=registered_at)
    past = PastMeeting(
        key=key,
        label=one.label,
        day=timezone.localdate(row["starts_at"]),
        called_at=row["call__at"],
        call=_kept(row, "call"),
        cancelled_on=told.cancelled.get(key),
        present=row["present"] or 0,
        seats=row["seats"] or 0,
        who=frozenset(there) if there else None,
        link=one.get_absolute_url(),
        items=tuple(items.get(key, ())),
    )
    if registered_at:
        day = timezone.localdate(registered_at)
        return replace(
            past,
            registered_on=day,
            closed_on=day,
            minuted_on=day,
            minuted_by=row["registration__by__name"],
            minutes=_kept(row, "registration"),
            present=row["present"],
        )
    minuted_at = row["minutes__approval__at"]
    took_place = row["state"] in Meeting.TOOK_PLACE
    closed_at = (row["closed_at"] or row["starts_at"]) if took_place else None
    return replace(
        past,
        closed_on=timezone.localdate(closed_at) if closed_at else None,
        minuted_on=timezone.localdate(minuted_at) if minuted_at else None,
        minuted_by=row["minutes__approval__by__name"] or "",
        minutes=_kept(row, "minutes__approval"),
    )


def _kept(row: dict[str, Any], of: str) -> Kept | None:
    key = row[f"{of}__record"]
    return Kept(key, row[f"{of}__record__content_hash"]) if key else None


def _items(
    committee: Committee, first: datetime, says: Mapping[int, Saying], told: EventFacts
) -> tuple[dict[int, list[PastItem]], dict[str, set[int]]]:
    """Return the items the mandate demands, by meeting, and the meetings told of each decision."""
    confirmed: dict[int, set[int]] = defaultdict(set)
    of = Confirmation.objects.filter(item__meeting__committee=committee)
    for key, meeting in of.values_list("item", "minutes__meeting"):
        confirmed[key].add(meeting)
    items: dict[int, list[PastItem]] = defaultdict(list)
    told_at: dict[str, set[int]] = defaultdict(set)
    for row in _item_rows(committee, first):
        withdrawn_on = told.withdrawn.get(row["pk"])
        if row["clause"] in says:
            item = PastItem(
                says=says[row["clause"]],
                withdrawn_on=withdrawn_on,
                outcome=row["proceedings__outcome"] or "",
                nothing_new=bool(row["proceedings__nothing_new"]),
                was_discussed=bool(row["was_discussed"]),
                chose_tasks=row["chose_tasks"],
                confirmed=frozenset(confirmed[row["pk"]]),
            )
            items[row["meeting"]].append(item)
        if row["subject_kind"] == DECISION and withdrawn_on is None:
            told_at[row["subject_id"]].add(row["meeting"])
    return items, told_at


def _item_rows(committee: Committee, first: datetime) -> list[dict[str, Any]]:
    name = Cast(OuterRef("pk"), CharField())
    chosen = QuarterTask.objects.filter(committee=committee, born_kind=ITEM, born_id=name)
    settled = Q(meeting__call__isnull=False) | Q(meeting__registered_at__isnull=False)
    rows = AgendaItem.objects.filter(
        settled, meeting__committee=committee, meeting__starts_at__gte=first
    )
    found = rows.order_by("pk").values(
        *("pk", "meeting", "clause", "subject_kind", "subject_id"),
        *("proceedings__outcome", "proceedings__nothing_new"),
        chose_tasks=Exists(chosen),
        was_discussed=Q(proceedings__discussion__gt=""),
    )
    return list(found)


def _decisions(
    committee: Committee, first: datetime, told_at: Mapping[str, set[int]], told: EventFacts
) -> list[MadeDecision]:
    texts = [f"{aspect}_text" for aspect in HEAVY]
    # Of any age: reports approved before the program was there, and what was weighed afterwards.
    reports = Q(item__clause__measure=Measure.EXECUTIVE_REPORTING)
    wanted = Q(decided_at__gte=first) | reports | Q(later_weighing__isnull=False)
    rows = Decision.objects.filter(wanted, committee=committee).values(
        *("pk", "number", "item", "meeting", "decided_at", "written_at", "outcome", "is_closed"),
        *(*Decision.ASPECTS, *texts, "item__clause__measure", "record", "record__content_hash"),
        *("later_weighing__at", *(f"later_weighing__{aspect}" for aspect in HEAVY)),
        has_annex=Exists(Attachment.objects.filter(item=OuterRef("item"))),
    )
    rows = rows.order_by("-decided_at", "-pk")
    return [_decision(row, told_at, told.cancelled.get(row["meeting"])) for row in rows]


def _decision(
    row: dict[str, Any], told_at: Mapping[str, set[int]], undone_on: date | None
) -> MadeDecision:
    later = row["later_weighing__at"]
    heavy = [aspect for aspect, choice in HEAVY.items() if row[aspect] == choice]
    then = any(row[f"later_weighing__{aspect}"] == choice for aspect, choice in HEAVY.items())
    return MadeDecision(
        key=row["pk"],
        number=row["number"],
        at=row["decided_at"],
        on=timezone.localdate(row["decided_at"]),
        written_on=timezone.localdate(row["written_at"]),
        undone_on=undone_on,
        outcome=row["outcome"],
        measure=row["item__clause__measure"] or "",
        is_weighed=all(row[aspect] for aspect in Decision.ASPECTS),
        is_heavy=bool(heavy) and row["outcome"] in APPROVED,
        is_heavy_later=then and row["outcome"] in APPROVED,
        weighed_later_on=timezone.localdate(later) if later else None,
        has_reasons=all(row[f"{aspect}_text"].strip() for aspect in heavy),
        has_annex=row["has_annex"],
        meeting=row["meeting"],
        is_chairs=row["item"] is None,
        is_closed=row["is_closed"],
        told_at=frozenset(told_at.get(str(row["pk"]), ())),
        kept=Kept(row["record"], row["record__content_hash"]),
    )
