"""Takes a register into use later, or notes that it is kept elsewhere; and takes it into use.

Until the day it stands in no menu and asks nothing of anybody. The clauses that it measures are not
fulfilled meanwhile: they say until when, and by whose decision (measures.beginnings).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.measures.beginnings import ELSEWHERE, LATER
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Decision
from kommissorium.registers.installed import registers

LONGEST: Final = 24  # months that a register can be put off for


def may_put_off(person: Person) -> bool:
    """Return whether `person` says what is in use: a coordinator, or who sets the municipality up."""
    being_set_up = Municipality.is_being_set_up() and Person.can_change_municipality(person)
    return person.is_coordinator or being_set_up


@transaction.atomic
def put_off(
    codes: Iterable[str],
    *,
    by: Person,
    until: date,
    way: str = LATER,
    where: str = "",
    who: str = "",
    seen: date | None = None,
) -> None:
    """Note that registers are not in use before a day; what was decided of them before ends.

    Raises Refused for a day that has come or lies too far off, and where it is kept elsewhere and
    is not said where, by whom and when somebody last looked.
    """
    found = _locked(by)
    _refuse_day(until)
    said: dict[str, Any] = {"way": way, "until": until.isoformat()}
    if way == ELSEWHERE:
        said |= _of_elsewhere(where, who, seen)
    wanted = {one.code for one in registers()} & set(codes)
    moment = timezone.now().isoformat()
    entry = {**said, "noted": moment, "decided": {}}
    _save(found, {**found.put_off, **dict.fromkeys(sorted(wanted), entry)})
    for code in sorted(wanted):
        record("registers.put_off", found, by=by, facts={"register": code, **said})


@transaction.atomic
def take_into_use(codes: Iterable[str], *, by: Person) -> None:
    """Take registers into use that were put off, before their day. Raises Refused for none such."""
    found = _locked(by)
    taken = sorted(set(codes) & found.put_off_on(timezone.localdate()))
    if not taken:
        raise Refused(_("Somebody else has already done this."))
    _save(found, {code: one for code, one in found.put_off.items() if code not in taken})
    record("registers.taken_into_use", found, by=by, facts={"registers": taken})


def note_put_off_decided(decision: Decision, *, by: Person) -> list[str]:
    """Note that a committee decided on what was not in use when it was called; return the codes.

    What was said after the call stood before nobody, and waits for another decision.
    """
    if decision.item is None:
        return []
    found = Municipality.objects.select_for_update().get(pk=1)
    until, committee = decision.item.meeting.call.at.isoformat(), str(decision.committee_id)
    shown = [
        code
        for code in sorted(found.put_off_on(timezone.localdate()))
        if found.put_off[code]["noted"] <= until and committee not in found.put_off[code]["decided"]
    ]
    if shown:
        kept = dict(found.put_off)
        for code in shown:
            decided = {**kept[code]["decided"], committee: decision.number}
            kept[code] = {**kept[code], "decided": decided}
        _save(found, kept)
        facts = {
            "registers": shown,
            "committee": decision.committee_id,
            "committee_name": decision.committee.name,
            "decision": decision.number,
        }
        record("registers.put_off_decided", found, by=by, facts=facts)
    return shown


def _locked(by: Person) -> Municipality:
    if not may_put_off(by):
        raise PermissionDenied
    return Municipality.objects.select_for_update().get(pk=1)


def _save(found: Municipality, kept: dict[str, Any]) -> None:
    found.put_off = kept
    found.save(update_fields=["put_off"])


def _refuse_day(until: date) -> None:
    today = timezone.localdate()
    if until <= today:
        raise Refused(until=_("Choose a day to come."))
    if until > add_months(today, LONGEST):
        text = _("It can be put off for %(months)d months at most.") % {"months": LONGEST}
        raise Refused(until=text)


def _of_elsewhere(where: str, who: str, seen: date | None) -> dict[str, Any]:
    lacks = {
        name: _("Say this of what is kept elsewhere.")
        for name, value in (("where", where.strip()), ("who", who.strip()), ("seen", seen))
        if not value
    }
    if lacks:
        raise Refused(**lacks)
    if seen and seen > timezone.localdate():
        raise Refused(seen=_("The day has not come yet."))
    return {"where": where.strip(), "who": who.strip(), "seen": seen.isoformat() if seen else ""}
