"""Add duties, change them and end them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_reason, clean_text, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, shows
from kommissorium.core.ui.localised import day
from kommissorium.core.word_search import is_named
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions.meeting_occurrences import sync_meetings
from kommissorium.yearwheel.actions.next_occurrences import (
    CadenceValues,
    checked,
    follow_change,
    keep_cadence,
    rules_from,
    start,
)
from kommissorium.yearwheel.actions.occurrences import skip_open
from kommissorium.yearwheel.models import Duty, Rhythm, Tag
from kommissorium.yearwheel.models.duties import TAG_LENGTH, TITLE_LENGTH
from kommissorium.yearwheel.standards import is_requirement

__all__ = [
    "CadenceValues",
    "DutyValues",
    "add_duty",
    "change_duty",
    "end_duty",
    "keep_as_own",
]

MOST_TAGS, MOST_LEAD = 20, 365
# Items of the agenda a duty can have something to say under.
FEEDABLE = [
    Measure.AGENDA_ONGOING,
    Measure.AGENDA_INCIDENTS,
    Measure.AGENDA_YEAR_WHEEL,
    Measure.AGENDA_COMING_TASKS,
    Measure.AGENDA_POLICIES,
    Measure.EXECUTIVE_REPORTING,
    Measure.AGENDA_ANY_OTHER_BUSINESS,
]


@dataclass(frozen=True)
class DutyValues:
    """Values of a duty, apart from how often. The seat's holder is responsible, else the person."""

    title: str
    method: str = ""
    success: str = ""
    evidence_wanted: str = ""
    by_decision: bool = False
    lead_days: int = 30
    responsible_seat: Seat | None = None
    responsible_person: Person | None = None
    feeds: str = ""
    clause: Clause | None = None
    tags: tuple[str, ...] = ()


@transaction.atomic
def add_duty(
    committee: Committee,
    *,
    by: Person,
    values: DutyValues,
    cadence: CadenceValues,
    default_key: str = "",
) -> Duty:
    """Add a duty and what is due of it first.

    Raises Refused for no title, for a cadence that gives no days, for a day before the mandate
    took effect, and for a responsible who has left or sits elsewhere.
    """
    if not Duty.can_be_added_by(by, committee):
        raise PermissionDenied
    cadence = checked(cadence)
    begins = start(committee, cadence)
    is_plan = cadence.rhythm == Rhythm.ONCE
    duty = Duty.objects.create(
        committee=committee,
        kind=Duty.Kind.PLAN if is_plan else Duty.Kind.WHEEL,
        begins=begins,
        default_key=default_key,
        created_at=timezone.now(),
        **_fields(values, committee),
    )
    duty.tags.set(_tags(values.tags))
    keep_cadence(duty, cadence, rules_from(cadence, begins))
    follow_change(duty, begins)
    record("yearwheel.duty_added", duty, by=by, facts=_facts(cadence))
    if cadence.rhythm == Rhythm.MEETING:
        sync_meetings(committee, by=None, duty=duty)
    return duty


@transaction.atomic
def change_duty(
    duty: Duty,
    *,
    by: Person,
    values: DutyValues,
    cadence: CadenceValues,
    applies_from: date | None = None,
    edit_version: int,
) -> None:
    """Change a duty. A new cadence rules from `applies_from` (today when not given) on.

    What is done stays as it was, and so does what fell due before that day. Raises Refused as
    add_duty does, for a day that is over and for a duty that has ended; and Conflict.
    """
    if not duty.can_be_kept_by(by):
        raise PermissionDenied
    fields = _fields(values, duty.committee, own=duty)
    in_force = Duty.objects.filter(ended_on=None)
    update_row(duty, fields, edit_version=edit_version, among=in_force, current=_current)
    duty.tags.set(_tags(values.tags))
    record("yearwheel.duty_changed", duty, by=by)
    _change_cadence(duty, checked(cadence), applies_from or timezone.localdate(), by)
    sync_meetings(duty.committee, by=None, duty=duty)


@transaction.atomic
def end_duty(duty: Duty, *, by: Person, because: str) -> None:
    """End a duty today, with a reason; what is open of it is skipped for the same. Raises Refused."""
    if not duty.can_be_kept_by(by):
        raise PermissionDenied
    _end(duty, because=clean_reason(because), by=by)


@transaction.atomic
def end_covered(
    committee: Committee, keys: Sequence[str], *, because: str, by: Person | None
) -> None:
    """End the duties adopted from these proposals, which a register is the source of from now on.

    What they were done stays. Nothing is checked: it is the consequence of an act that was.
    """
    lasting = Duty.objects.filter(committee=committee, default_key__in=keys, ended_on=None)
    for duty in lasting.order_by("pk"):
        _end(duty, because=because, by=by)


@transaction.atomic
def keep_as_own(duty: Duty, *, by: Person) -> None:
    """Keep a duty whose clause is gone: from now on it is the committee's own. Raises Refused."""
    if not duty.can_be_kept_by(by):
        raise PermissionDenied
    lost = Duty.objects.filter(pk=duty.pk, ended_on=None, clause__isnull=False)
    version = F("edit_version") + 1
    if not lost.update(clause=None, clause_number="", measure="", edit_version=version):
        raise Refused(_("It is the committee's own already, or it has ended."))
    duty.refresh_from_db()
    record("yearwheel.duty_kept", duty, by=by)


def _end(duty: Duty, *, because: str, by: Person | None) -> None:
    lasting = Duty.objects.filter(pk=duty.pk, ended_on=None)
    version = F("edit_version") + 1
    if not lasting.update(
        ended_on=timezone.localdate(), ended_because=because, edit_version=version
    ):
        _refuse_ended(duty)
    duty.refresh_from_db()
    record("yearwheel.duty_ended", duty, by=by)
    skip_open(duty, by=by, because=because)


def _change_cadence(duty: Duty, wanted: CadenceValues, applies_from: date, by: Person) -> None:
    if not wanted.differs_from(duty):
        return
    if (wanted.rhythm == Rhythm.ONCE) != duty.is_plan:
        raise Refused(
            rhythm=_("What is done once and what recurs are kept apart. Add a new duty instead.")
        )
    if applies_from < timezone.localdate():
        raise Refused(applies_from=_("That day is over. Choose today or a later day."))
    if wanted.due and wanted.due < applies_from:
        raise Refused(due=_("Choose a day on or after the day from which this applies."))
    keep_cadence(duty, wanted, applies_from)
    follow_change(Duty.objects.get(pk=duty.pk), applies_from)
    facts = {**_facts(wanted), "applies_from": applies_from}
    record("yearwheel.cadence_changed", duty, by=by, facts=facts)


def _facts(cadence: CadenceValues) -> dict[str, object]:
    due = {"due": cadence.due} if cadence.due else {}
    months = {"months": cadence.interval_months} if cadence.interval_months else {}
    return {"rhythm": str(cadence.rhythm), **months, **due}


def _fields(values: DutyValues, committee: Committee, own: Duty | None = None) -> dict[str, object]:
    title = one_line(values.title)
    if not shows(title):
        raise Refused(title=_("Must be filled in."))
    if len(title) > TITLE_LENGTH:
        raise Refused(title=_("The title can be 200 characters long. Put the rest below it."))
    refuse_outside(values.lead_days, "lead_days", 0, MOST_LEAD)
    if values.feeds and values.feeds not in FEEDABLE:
        raise Refused(feeds=_("Choose from the list."))
    if values.by_decision and shows(values.evidence_wanted):
        raise Refused(evidence_wanted=_("The decision is the evidence. Leave this empty."))
    return {
        "title": title,
        "by_decision": values.by_decision,
        "method": clean_text(values.method, "method"),
        "success": clean_text(values.success, "success"),
        "evidence_wanted": clean_text(values.evidence_wanted, "evidence_wanted"),
        "lead_days": values.lead_days,
        "feeds": values.feeds,
        **_responsible(values, committee, own),
        **_clause(values.clause, committee),
    }


def _responsible(values: DutyValues, committee: Committee, own: Duty | None) -> dict[str, object]:
    seat, person = values.responsible_seat, values.responsible_person
    if seat is not None and seat.committee_id != committee.pk:
        raise Refused(responsible_seat=_("The seat is of another committee."))
    kept_seat = own is not None and seat is not None and own.responsible_seat_id == seat.pk
    if seat is not None and seat.to_date and seat.to_date < timezone.localdate() and not kept_seat:
        raise Refused(responsible_seat=_("The seat has ended. Choose another."))
    kept = own is not None and person is not None and own.responsible_person_id == person.pk
    if person is not None and not person.is_active and not kept:
        text = _("%(name)s has left. Choose somebody else.") % {"name": person.name}
        raise Refused(responsible_person=text)
    return {"responsible_seat": seat, "responsible_person": person}


def _clause(clause: Clause | None, committee: Committee) -> dict[str, object]:
    if clause is None:
        return {"clause": None, "clause_number": "", "measure": ""}
    if clause.mandate.committee_id != committee.pk or not clause.mandate.is_approved:
        raise Refused(clause=_("Choose a clause of the committee's own mandate."))
    return {"clause": clause, "clause_number": clause.number, "measure": clause.measure}


def _tags(names: Iterable[str]) -> list[Tag]:
    wanted = list(dict.fromkeys(name for raw in names if (name := one_line(raw))))
    if len(wanted) > MOST_TAGS or any(len(name) > TAG_LENGTH for name in wanted):
        raise Refused(tags=_("Give at most 20 tags of at most 60 characters."))
    found = []
    for name in wanted:
        known = Tag.objects.filter(is_named(name)).first()
        found.append(known or Tag.objects.get_or_create(name=name)[0])
    return found


def _refuse_ended(duty: Duty) -> None:
    now = Duty.objects.get(pk=duty.pk)
    if now.ended_on:
        raise Refused(_("The duty ended on %(date)s.") % {"date": day(now.ended_on)})


def _current(now: Duty) -> dict[str, object]:
    _refuse_ended(now)
    tags = list(now.tags.all())
    names = ("title", "method", "success", "evidence_wanted", "by_decision", "lead_days", "feeds")
    return {
        **{name: getattr(now, name) for name in names},
        "responsible_seat": now.responsible_seat_id,
        "responsible_person": now.responsible_person_id,
        "clause": now.clause_id,
        "tags": ", ".join(tag.name for tag in tags if not is_requirement(tag.name)),
        "requirements": [tag.name for tag in tags if is_requirement(tag.name)],
        "edit_version": now.edit_version,
    }
