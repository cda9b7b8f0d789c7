"""Another auditor after the audit was held: ask for one, say yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.actions import ask_once, note_answer, note_confirmed
from kommissorium.accounts.models import Person
from kommissorium.accounts.models.second_person import leads_something
from kommissorium.audits.independence import refuse_dependent
from kommissorium.audits.models import Audit, AuditorChange
from kommissorium.committees.leaders import who_chairs
from kommissorium.core.cleaning import clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused
from kommissorium.registers.mails import queue_notices

MAIL = "audits.auditor_change"


@transaction.atomic
def ask_for_auditor(
    audit: Audit, *, by: Person, values: Mapping[str, Any], because: str
) -> AuditorChange:
    """Ask that another audits what was held already; the chair or the old auditor says yes.

    Raises Refused without a reason, and while another waits.
    """
    if not audit.auditor_can_be_named_by(by):
        raise PermissionDenied
    reason = clean_reason(because, _("Write why."))
    change = AuditorChange(
        audit=audit,
        by=by,
        before=audit.auditor,
        person=values["auditor"],
        because=reason,
        **{name: values[name] for name in ("independence", "first_day", "last_day")},
    )
    ask_once(change, _("Another auditor is proposed already. Answer to that first."))
    facts = {"title": audit.title, "person": str(change.person.pseudonym), "because": reason}
    record("audits.auditor_change_asked", audit, by=by, facts=facts)
    _mail(change, [one for one in _seconders(change) if change.can_be_accepted_by(one)], _asks)
    return change


@transaction.atomic
def accept_auditor(change: AuditorChange, *, by: Person) -> None:
    """Say yes: the other one is the auditor now. Raises Refused where that cannot be any more."""
    note_answer(change, by=by, accepted=True)
    audit, person = change.audit, change.person
    if audit.called_off_at or not change.by.is_active:
        raise Refused(_("This can no longer be done. Say no."))
    refuse_dependent(person, audit.area, audit.clauses, audit.controls)
    days = _days(change)
    values = {"independence": change.independence, **days}
    same = Audit.objects.filter(pk=audit.pk, auditor=change.before_id)
    if not same.update(auditor=person, edit_version=F("edit_version") + 1, **values):
        raise Refused(_("This can no longer be done. Say no."))
    facts = {
        "title": audit.title,
        "auditor": str(person.pseudonym),
        "asked_by": str(change.by.pseudonym),
        **days,
    }
    record("audits.auditor_named", audit, by=by, facts=facts)
    if leads_something(by):
        note_confirmed(person, by=by)
    _mail(change, [*_seconders(change), change.by, person], _tells)


def _days(change: AuditorChange) -> dict[str, date | None]:
    """Return the days of the new auditor, from the yes on: on those gone by they read nothing.

    Raises Refused where all of them are.
    """
    first, last, today = change.first_day, change.last_day, timezone.localdate()
    if (first, last) != (change.audit.first_day, change.audit.last_day):
        if last and last < today:
            raise Refused(_("This can no longer be done. Say no."))
        first = first and max(first, today)
    return {"first_day": first, "last_day": last}


@transaction.atomic
def refuse_auditor(change: AuditorChange, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(change, by=by, accepted=False)
    facts = {"title": change.audit.title, "person": str(change.person.pseudonym)}
    record("audits.auditor_change_refused", change.audit, by=by, facts=facts)


def change_in_words(change: AuditorChange) -> str:
    """Return who is to audit what in whose place, and why."""
    return _("%(who)s Why: %(because)s") % {"who": who_audits(change), "because": change.because}


def who_audits(change: AuditorChange) -> str:
    """Return who is to audit what in whose place."""
    text = _("%(name)s is to be the auditor of “%(title)s” in place of %(before)s.")
    return text % _values(change)


def _seconders(change: AuditorChange) -> list[Person]:
    committee = change.audit.plan.committee
    chairs = who_chairs(committee, timezone.localdate(), but=[change.by]) if committee else []
    return list({one.pk: one for one in [change.before, *chairs]}.values())


def _mail(
    change: AuditorChange, people: list[Person], words: Callable[[AuditorChange], Letter]
) -> None:
    key = f"{change.pk}:{'asked' if words is _asks else 'agreed'}"
    queue_notices(people, MAIL, key, lambda: words(change))


def _asks(change: AuditorChange) -> Letter:
    return Letter(
        _("Your yes or no is needed: another auditor"),
        Link(_("Say yes or no"), change.get_absolute_url()),
        lines=[who_audits(change)],
        facts=[(_("Why"), change.because)],
    )


def _tells(change: AuditorChange) -> Letter:
    text = _("%(name)s is the auditor of “%(title)s” now, in place of %(before)s.")
    button = Link(_("See the audit"), change.audit.get_absolute_url())
    return Letter(_("An audit has another auditor"), button, lines=[text % _values(change)])


def _values(change: AuditorChange) -> dict[str, str]:
    return {
        "name": change.person.name,
        "title": change.audit.title,
        "before": change.before.name,
    }
