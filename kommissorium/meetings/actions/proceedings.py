"""Save what is said and decided on each item, as it is typed, and the tasks given there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.richtext import RichTextRefused, is_empty, sanitise
from kommissorium.meetings.actions.committee_lock import lock_for_item, lock_for_meeting
from kommissorium.meetings.actions.proposed_weighings import weighing_about
from kommissorium.meetings.actions.row_choices import decided_on, settle_rows
from kommissorium.meetings.decision_words import (
    decided_as_recommended,
    decides_nothing,
    nothing_decided,
)
from kommissorium.meetings.models import (
    AgendaItem,
    Attendance,
    Dissent,
    Meeting,
    Outcome,
    Proceedings,
)
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.meetings.rows_to_choose import rows_of
from kommissorium.tasks.actions import choose_for_quarter, give_task, unchoose
from kommissorium.tasks.models import QuarterTask, Task

AGAINST = (Outcome.REJECTED, Outcome.DEFERRED)  # outcomes that follow no recommendation
LONGEST_TEXT = 200_000  # characters of rich text
LONGEST_REASON = 2000


@transaction.atomic
def save_field(item: AgendaItem, field: str, value: Any, *, by: Person, version: int) -> int:
    """Save one field of what is recorded of an item; return its new version.

    `version` is the one the writer saw, 0 for a field never saved. Raises Conflict with what
    is there now (`value`, `edit_version`) when somebody saved the field since, and Refused for
    a decision under any other business, an outcome nobody knows, nothing new where something
    waits for a decision, and minutes approved meanwhile.
    Saving what is there already changes nothing.
    """
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
    if field not in Proceedings.FIELDS:
        raise Refused(_("There is no such field."))
    value = _checked(item, field, value)
    lock_for_item(item, *Meeting.RECORDED)
    _refuse_given(item, field)
    row = _held(item)
    if row.version_of(field) != version:
        if row.value_of(field) == value:
            return row.version_of(field)
        raise Conflict({"value": row.value_of(field), "edit_version": row.version_of(field)})
    if row.value_of(field) == value:
        return version
    setattr(row, field, value)
    row.versions = {**row.versions, field: version + 1}
    _keep_sense(row, field)
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    if field == "outcome" and value in APPROVING:
        settle_rows(item, by=by)
    told = {"item": item.pk, "field": field, "version": version + 1, **_capacity(item, by)}
    record("meetings.proceedings_saved", item.meeting, by=by, facts=told)
    return version + 1


def _refuse_given(item: AgendaItem, field: str) -> None:
    """Refuse to change what the committee said of minutes that it approved by this item."""
    given = {"outcome", "decision", "not_discussed", "nothing_new"}
    if field in given and item.confirms_minutes and item.confirmations.exists():
        text = _("The meeting approved the minutes by this item when it was closed. That stands.")
        raise Refused(text)


@transaction.atomic
def use_recommendation(item: AgendaItem, *, by: Person) -> int:
    """Write that the recommendation was followed, and set the outcome; return the new version.

    Where the committee chooses row by row, what was chosen is written. Raises Refused when there is
    no recommendation, when it says only that something is to be decided, a decision is written
    already, or an outcome is chosen that says otherwise.
    """
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
    # What minutes are changed to is nobody's recommendation.
    rows = rows_of(item)
    if (is_empty(item.recommendation) and not rows) or item.confirms_minutes:
        raise Refused(_("The item has no recommendation."))
    lock_for_item(item, *Meeting.RECORDED)
    row = _held(item)
    if row.decision:
        raise Refused(_("A decision is written already. Empty it first."))
    if row.outcome in AGAINST:
        text = _("The outcome is “%(outcome)s”. Choose another one first.")
        raise Refused(text % {"outcome": row.get_outcome_display()})
    if not rows and (empty := decides_nothing(item.recommendation)):
        raise Refused(nothing_decided(empty))
    decision, outcome = decided_on(rows) if rows else decided_as_recommended(item.recommendation)
    if not row.outcome:
        save_field(item, "outcome", outcome, by=by, version=row.version_of("outcome"))
    _weigh_as_proposed(item, row, by)
    return save_field(item, "decision", decision, by=by, version=row.version_of("decision"))


def _weigh_as_proposed(item: AgendaItem, row: Proceedings, by: Person) -> None:
    """Write the weighing of whoever proposed it, where the meeting has written none of it."""
    proposed = weighing_about(item.subject_kind, item.subject_id)
    if proposed is not None and not any(row.weighing().values()):
        for name, said in proposed.weighing().items():
            save_field(item, name, said, by=by, version=row.version_of(name))


@transaction.atomic
def note_dissent(
    item: AgendaItem, attendance: Attendance, *, by: Person, kind: str, text: str
) -> Dissent:
    """Note that somebody with a vote disagreed with the decision or reserved their position.

    Raises Refused for whoever was not there during the item, without a reason, and the second time.
    """
    _refuse_unrecordable(item, by)
    if kind not in Dissent.Kind.values:
        raise Refused(kind=_("Choose one of the options."))
    text = clean_text(text, "text", LONGEST_REASON, wanted=_("Write why."))
    lock_for_item(item, *Meeting.RECORDED)
    row = _voter(item, attendance)
    values = {"kind": kind, "text": text, "noted_at": timezone.now()}
    dissent, is_new = Dissent.objects.get_or_create(item=item, attendance=row, defaults=values)
    if not is_new:
        raise Refused(attendance=_("It is noted already. Take that back first."))
    told = {"item": item.pk, "kind": kind, **_capacity(item, by)}
    person = {"person": str(row.person.pseudonym)}
    record("meetings.dissent_noted", item.meeting, by=by, facts=told | person)
    return dissent


@transaction.atomic
def undo_dissent(dissent: Dissent, *, by: Person) -> None:
    """Take back that somebody dissented or reserved their position."""
    item = dissent.item
    if not item.meeting.can_be_recorded_by(by):
        raise PermissionDenied
    lock_for_meeting(item.meeting, *Meeting.RECORDED)
    refuse_gone(dissent)
    person = {"person": str(dissent.attendance.person.pseudonym)}
    Dissent.objects.filter(pk=dissent.pk).delete()
    told = {"item": item.pk, **person, **_capacity(item, by)}
    record("meetings.dissent_undone", item.meeting, by=by, facts=told)


def _refuse_unrecordable(item: AgendaItem, by: Person) -> None:
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
    if not item.takes_decisions:
        raise Refused(_("Nothing is decided here, so nobody can dissent."))


def _voter(item: AgendaItem, attendance: Attendance) -> Attendance:
    """Return the row, held; raise Refused for whoever had no vote on the item."""
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("person", "seat")
    row = rows.filter(meeting=item.meeting_id, pk=attendance.pk).first()
    if row is None or not row.is_present or row.absences.filter(item=item).exists():
        raise Refused(attendance=_("Only those who were there during the item can dissent."))
    if not row.has_vote:
        raise Refused(attendance=_("%(name)s has no vote.") % {"name": row.person.name})
    return row


def _capacity(item: AgendaItem, by: Person) -> dict[str, str]:
    return {"capacity": item.meeting.committee.capacity_of(by)}


def _held(item: AgendaItem) -> Proceedings:
    """Return the item's proceedings, held until the transaction ends; not saved yet where new.

    Its committee is held already, so nobody else begins them meanwhile.
    """
    held = Proceedings.objects.select_for_update().filter(item=item)
    return held.first() or Proceedings(item=item)


def _checked(item: AgendaItem, field: str, value: Any) -> Any:
    if field in ("not_discussed", "nothing_new"):
        if field == "nothing_new" and value and not item.can_have_nothing_new:
            raise Refused(value=_("Something waits here for a decision. Choose an outcome."))
        return bool(value)
    text = str(value or "").strip()
    if field != "discussion" and text and not item.takes_decisions:
        raise Refused(
            value=_(
                "Nothing can be decided under any other business, for nobody could prepare for"
                " it. Add a late item instead."
            )
        )
    if field in Proceedings.TEXTS:
        if len(text) > LONGEST_TEXT:
            text = _("The text can be %(most)d characters long.")
            raise Refused(value=text % {"most": LONGEST_TEXT})
        return _clean(text)
    choices = {
        "outcome": Outcome.values,
        "security": Proceedings.Security.values,
        "usability": Proceedings.Usability.values,
        "economy": Proceedings.Economy.values,
        "proportion": Proceedings.Proportion.values,
    }
    if field in choices and text and text not in choices[field]:
        raise Refused(value=_("Choose one of the options."))
    return text[:500] if field.endswith("_text") else text


def _clean(text: str) -> str:
    try:
        return "" if is_empty(text) else sanitise(text)
    except RichTextRefused as refused:
        raise Refused(value=str(refused)) from refused


def _keep_sense(row: Proceedings, field: str) -> None:
    """An item has one answer: giving one takes back the others."""
    if field not in Proceedings.ANSWERS or not row.value_of(field):
        return
    for other in Proceedings.ANSWERS:
        if other != field and row.value_of(other):
            setattr(row, other, "" if other == "outcome" else False)
            row.versions = {**row.versions, other: row.version_of(other) + 1}


@transaction.atomic
def give_task_at(
    item: AgendaItem, *, by: Person, title: str, owner: Person | None, due: date
) -> Task:
    """Give somebody a task that is born at the item. Raises Refused as give_task does."""
    _refuse_stranger(item, by)
    lock_for_item(item, *Meeting.RECORDED)
    return give_task(
        by=by,
        title=title,
        owner=owner,
        due=due,
        committee=item.meeting.committee,
        born=item,
        born_link=item.get_absolute_url(),
        is_closed=item.is_closed,
    )


@transaction.atomic
def choose_at(
    item: AgendaItem, quarter: date, tasks: Iterable[Task], *, by: Person
) -> list[QuarterTask]:
    """Choose tasks for a quarter at the item. Raises Refused as choose_for_quarter does."""
    _refuse_stranger(item, by)
    lock_for_item(item, *Meeting.RECORDED)
    return choose_for_quarter(item.meeting.committee, quarter, tasks, by=by, born=item)


@transaction.atomic
def unchoose_at(item: AgendaItem, chosen: QuarterTask, *, by: Person) -> None:
    """Take a task off a quarter's list at the item. Raises Refused as unchoose does."""
    if not item.meeting.can_be_recorded_by(by):
        raise PermissionDenied
    lock_for_meeting(item.meeting, *Meeting.RECORDED)
    unchoose(chosen, by=by)


def _refuse_stranger(item: AgendaItem, by: Person) -> None:
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
