"""Actions on committees: found one and set how it meets."""

from __future__ import annotations

from datetime import time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.word_search import is_named


@transaction.atomic
def found_committee(*, name: str, by: Person) -> Committee:
    """Make a committee. Raises Refused when one has that name."""
    if not Committee.can_be_founded_by(by):
        raise PermissionDenied
    if Committee.objects.filter(is_named(name)).exists():
        raise Refused(name=_("The name is taken already. Choose another."))
    committee = Committee.objects.create(name=name)
    record("committees.committee_founded", committee, by=by, facts={"name": name})
    return committee


@transaction.atomic
def change_habits(
    committee: Committee,
    *,
    by: Person,
    name: str,
    weekday: int,
    start_time: time,
    minutes: int,
    place: str,
    link: str,
    avoided_weeks: str,
    auditors_see_closed: bool,
    edit_version: int,
    email: str = "",
    call_days: int = 4,
    review_days: int = 7,
    invites_when_planned: bool = False,
    quorum: int | None = None,
) -> None:
    """Set name, usual time and place, the form of the call, and who sees closed items.

    `call_days` are working days, `review_days` days; a `quorum` of None is "not laid down".

    Raises Refused for a name in use and Conflict when somebody saved first.
    """
    if not committee.can_be_arranged_by(by):
        raise PermissionDenied
    if Committee.objects.filter(is_named(name)).exclude(pk=committee.pk).exists():
        raise Refused(name=_("The name is taken already. Choose another."))
    values = {
        "name": name,
        "weekday": weekday,
        "start_time": start_time,
        "minutes": minutes,
        "place": place,
        "link": link,
        "avoided_weeks": avoided_weeks,
        "auditors_see_closed": auditors_see_closed,
        "email": email,
        "call_days": call_days,
        "review_days": review_days,
        "invites_when_planned": invites_when_planned,
        "quorum": quorum,
    }
    update_row(committee, values, edit_version=edit_version)
    record("committees.habits_changed", committee, by=by, facts=values)
