"""Notifications: whether one is needed, kept in step with the case, what was sent and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.models import Answer
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_fields, clean_text, past_moment
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.canonical import in_local_time
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.emails import queue_deadline
from kommissorium.incidents.laws import AWARENESS, Rule, rules_of, stage_of
from kommissorium.incidents.models import EntryKind, Incident, Notification


def sync_notifications(incident: Incident) -> dict[str, str]:
    """Make the rows the laws ask for, and recalculate all deadlines.

    Return the deadlines by code: the caller records them, as T5 is measured by them. One that was
    sent is held against when it became known as that stands now, else against its own deadline.
    Raises Refused where the triage would drop one whose deadline has passed, as a decision does.
    """
    known = {one.code: one for one in incident.notifications.all()}
    wanted = rules_of(incident.laws) if incident.is_incident else []
    for rule in wanted:
        if rule.code not in known:
            needed = Answer.YES if rule.runs_from else Answer.UNSET
            known[rule.code] = incident.notifications.create(code=rule.code, needed=needed)
    codes = {rule.code for rule in wanted}
    for notification in known.values():
        if notification.code not in codes:
            _withdraw(notification)
        elif notification.because == _withdrawn() and notification.decided_by_id is None:
            needed = Answer.YES if notification.rule.runs_from else Answer.UNSET
            Notification.objects.filter(pk=notification.pk).update(needed=needed, because="")
    for notification in known.values():
        if not notification.sent_at or notification.rule.runs_from == AWARENESS:
            _reckon(notification, known, incident)
    rows = incident.notifications.exclude(needed=Answer.NO, decided_by=None)
    due = {one.code: one.due_at for one in rows.order_by("pk")}
    return {code: in_local_time(at) for code, at in due.items() if at}


def _withdraw(notification: Notification) -> None:
    """Note that the triage no longer asks for it; sent ones stay."""
    if not notification.is_settled:
        _refuse_too_late(notification)
        Notification.objects.filter(pk=notification.pk).update(
            needed=Answer.NO, because=_withdrawn()
        )


def _withdrawn() -> str:
    return _("The triage no longer asks for it.")


def _reckon(notification: Notification, known: dict[str, Notification], incident: Incident) -> None:
    begin = begin_of(notification, notification.rule, known, incident)
    due = notification.rule.due_from(begin) if begin else None
    if (begin, due) != (notification.from_at, notification.due_at):
        notification.from_at, notification.due_at, notification.told_stage = begin, due, 0
        Notification.objects.filter(pk=notification.pk).update(
            from_at=begin, due_at=due, told_stage=0
        )


def begin_of(
    notification: Notification, rule: Rule, known: dict[str, Notification], incident: Incident
) -> datetime | None:
    """Return the start of its period; None where that has not come.

    The final report follows the notification, one month after it was sent or should have been.
    Where a status was sent in its place, it follows the end of the handling.
    """
    if rule.runs_from == AWARENESS:
        rows = incident.awareness.counting().filter(law=rule.law)
        return rows.order_by("-pk").values_list("at", flat=True).first()
    if not rule.runs_from:
        return None
    if notification.status_sent_at:
        return incident.closed_at
    before = known.get(rule.runs_from)
    return (before.sent_at or before.due_at) if before else None


@transaction.atomic
def decide_notification(
    notification: Notification,
    *,
    by: Person,
    needed: str,
    because: str,
    exception: str = "",
    edit_version: int,
) -> None:
    """Decide whether it is to be sent. A no needs a reason. Raises Refused, Conflict."""
    incident = _open(notification, by)
    if needed not in (Answer.YES, Answer.NO):
        raise Refused(needed=_("Choose from the list."))
    wanted = _("Write why.") if needed == Answer.NO else ""
    values = {"needed": needed, "because": clean_text(because, "because", wanted=wanted)}
    values["exception"] = _exception(notification, exception) if needed == Answer.NO else ""
    if needed == Answer.NO:
        _refuse_too_late(notification)
    stamp = {"decided_by": by, "decided_at": timezone.now()}
    update_row(notification, values, edit_version=edit_version, stamp=stamp)
    deadlines = sync_notifications(incident)
    facts = facts_of(incident, notification=notification.code, needed=needed, deadlines=deadlines)
    record("incidents.notification_decided", incident, by=by, facts=facts)


def _refuse_too_late(notification: Notification) -> None:
    """Refuse that it is called needless once its deadline has passed, without the officer's advice."""
    has_passed = notification.due_at is not None and notification.due_at < timezone.now()
    if has_passed and notification.advised_at is None:
        text = _(
            "The deadline of “%(what)s” has passed: the data protection officer is to advise first."
        )
        raise Refused(text % {"what": notification.rule.label})


@transaction.atomic
def advise_on_notification(
    notification: Notification, *, by: Person, advice: str, edit_version: int
) -> None:
    """Give the data protection officer's advice. Raises Refused if it is empty; Conflict."""
    incident = notification.incident
    if not incident.can_be_advised_by(by):
        raise PermissionDenied
    values = {"advice": clean_text(advice, "advice", wanted=_("Must be filled in."))}
    stamp = {"advised_by": by, "advised_at": timezone.now()}
    update_row(notification, values, edit_version=edit_version, stamp=stamp)
    record(
        "incidents.notification_advised",
        incident,
        by=by,
        facts=facts_of(incident, notification=notification.code),
    )


@transaction.atomic
def write_draft(
    notification: Notification, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Keep the text that is to be sent. Raises Refused if it was sent already; Conflict."""
    incident = _open(notification, by)
    update_row(notification, clean_fields(Notification, values), edit_version=edit_version)
    record(
        "incidents.notification_drafted",
        incident,
        by=by,
        facts=facts_of(incident, notification=notification.code),
    )


@transaction.atomic
def note_sent(
    notification: Notification,
    *,
    by: Person,
    sent_at: datetime,
    values: Mapping[str, Any],
    edit_version: int,
    file: GivenFile | None = None,
) -> None:
    """Note that it was sent. What a law asks for needs a receipt, a file, or how they were told;
    what was sent after the deadline a reason. Raises Refused, Conflict."""
    incident = _open(notification, by)
    moment = refuse_sent_at(notification, sent_at)
    changes = clean_fields(Notification, values)
    late = is_late(notification, moment)
    if late and not changes.get("late_because"):
        raise Refused(late_because=_("The deadline had passed: write why it was later."))
    if not late:
        changes["late_because"] = ""
    is_proved = bool(changes.get("receipt") or changes.get("how") or file)
    if notification.rule.law and not is_proved:
        raise Refused(receipt=_("Write the number of the receipt, or add a file that shows it."))
    changes |= {"sent_at": moment, "needed": Answer.YES}
    update_row(notification, changes, edit_version=edit_version, stamp={"sent_by": by})
    told = _("Sent: %(what)s") % {"what": notification.rule.label}
    add_line(incident, EntryKind.NOTIFICATION, told, by=by, at=moment, file=file)
    facts = facts_of(
        incident,
        notification=notification.code,
        sent=in_local_time(moment),
        due=in_local_time(notification.due_at) if notification.due_at else "",
        late=late,
        proved=is_proved,
        deadlines=sync_notifications(incident),
    )
    record("incidents.notification_sent", incident, by=by, facts=facts)


def refuse_sent_at(notification: Notification, sent_at: datetime) -> datetime:
    """Return when it was sent. Raises Refused for a future moment, and one before its time began."""
    moment = past_moment(sent_at, "sent_at")
    if notification.from_at and moment < notification.from_at:
        raise Refused(sent_at=_("It cannot have been sent before its time began."))
    return moment


def is_late(notification: Notification, sent_at: datetime | None) -> bool:
    """Return whether it was sent after its deadline."""
    return bool(notification.due_at and sent_at and sent_at > notification.due_at)


@transaction.atomic
def note_status_sent(
    notification: Notification, *, by: Person, sent_at: datetime, edit_version: int
) -> None:
    """Note a status sent in place of a final report, while the incident is still handled."""
    incident = _open(notification, by)
    if not notification.may_have_status:
        raise Refused(_("A status is sent once, while the incident is handled."))
    moment = past_moment(sent_at, "sent_at")
    update_row(notification, {"status_sent_at": moment}, edit_version=edit_version)
    told = _("Status sent: %(what)s") % {"what": notification.rule.label}
    add_line(incident, EntryKind.NOTIFICATION, told, by=by, at=moment)
    facts = facts_of(
        incident,
        notification=notification.code,
        sent=in_local_time(moment),
        deadlines=sync_notifications(incident),
    )
    record("incidents.status_sent", incident, by=by, facts=facts)


def tell_deadlines(now: datetime | None = None) -> int:
    """Queue the mails of deadlines whose moments have come; return the number of deadlines.

    Each is claimed by a conditional UPDATE: of two workers one tells. A moment that was missed
    with others is told with the newest of them, once; set back, the clock tells nothing again.
    """
    now = now or timezone.now()
    told = 0
    for notification in Notification.objects.running().select_related("incident"):
        stage = stage_of(notification.from_at or notification.due_at, notification.due_at, now)  # type: ignore[arg-type]
        if stage > notification.told_stage:
            told += _tell(notification, stage)
    return told


@transaction.atomic
def _tell(notification: Notification, stage: int) -> bool:
    still = Notification.objects.running().filter(
        pk=notification.pk, told_stage=notification.told_stage, due_at=notification.due_at
    )
    if not still.update(told_stage=stage):
        return False
    queue_deadline(notification, stage)
    facts = facts_of(notification.incident, notification=notification.code, stage=stage)
    record("incidents.deadline_told", notification.incident, by=None, facts=facts)
    return True


def _open(notification: Notification, by: Person) -> Any:
    """Return the case of a notification that is not sent. Raises PermissionDenied, Refused."""
    if not notification.incident.can_be_handled_by(by):
        raise PermissionDenied
    if Notification.objects.filter(pk=notification.pk, sent_at__isnull=False).exists():
        raise Refused(_("It was sent already."))
    return notification.incident


def _exception(notification: Notification, exception: str) -> str:
    if exception and exception not in {one.name for one in notification.rule.exceptions}:
        raise Refused(exception=_("Choose from the list."))
    return exception
