"""Independence of auditors: they do not run, own, advise on or approve what is audited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on, named, refuse_no_other
from kommissorium.assets.models import Area, Asset
from kommissorium.audits.models import Audit
from kommissorium.audits.scope import clause_numbers, clauses_of, control_numbers
from kommissorium.committees.models import Clause, Holding
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

Role = OrganisationRole.Kind
SUSPECT: Final = (Role.COORDINATOR, Role.EXECUTIVE, Role.DPO)
PRIVACY: Final = "5.34"  # the control on which the data protection officer advises


def refuse_dependent(person: Person, area: Area | None, clauses: str, controls: str) -> None:
    """Raise Refused, beside the auditor, with the first reason why they are not independent."""
    if why := next(reasons(person, area, clauses, controls), None):
        raise Refused(auditor=why)


NAMING: Final = (
    "audits.auditor_named",
    "audits.auditor_change_asked",
    "registers.activity_changed",
)


def refuse_made_up(audit: Audit, auditor: Person, *others: Person | None) -> None:
    """Raise Refused where the auditor is no second person beside those who named them, or `others`.

    Whoever names an auditor they have just made up would answer to themself.
    """
    acts = Event.objects.about(audit).filter(act__in=NAMING).order_by()
    for one in [audit.made_by, *others, *named(acts.values_list("actor", flat=True))]:
        if one != auditor:
            refuse_no_other(one, auditor)


def suspects(keys: Iterable[int]) -> set[int]:
    """Return those of the people for whom there may be a reason (one query): they are checked."""
    today = timezone.localdate()
    roles = OrganisationRole.objects.filter(held_on(today), kind__in=SUSPECT)
    seats = Holding.objects.filter(held_on(today), held_on(today, "seat__"))
    owned = Asset.objects.in_register().filter(ownerships__to_date=None)
    asked = Q(pk__in=roles.values("person")) | Q(pk__in=seats.values("person"))
    asked |= Q(pk__in=Area.objects.in_use().exclude(head=None).values("head"))
    asked |= Q(pk__in=owned.values("ownerships__person"))
    found = Person.objects.filter(asked, pk__in=set(keys))
    return set(found.order_by().values_list("pk", flat=True))


def reasons(person: Person, area: Area | None, clauses: str, controls: str) -> Iterator[str]:
    """Yield the reasons why the person cannot audit this, a sentence each."""
    who = {"name": person.name}
    roles = person.roles_on(timezone.localdate())
    if Role.COORDINATOR in roles:
        yield _("%(name)s coordinates information security, and would audit their own work.") % who
    if Role.EXECUTIVE in roles:
        text = _("%(name)s is of the executive board, which answers for what is audited.")
        yield text % who
    yield from _of_seats(person)
    yield from _of_area(person, area)
    if Role.DPO in roles and _is_advised_on(clauses, controls):
        text = _(
            "%(name)s is data protection officer, and would audit their own advice. Name clauses"
            " and controls that are not about data protection."
        )
        yield text % who


def _of_seats(person: Person) -> Iterator[str]:
    """Name the committees in which the person votes: they approve and evaluate what is audited."""
    today = timezone.localdate()
    seats = Holding.objects.filter(held_on(today), held_on(today, "seat__"), person=person)
    deciding = seats.exclude(seat__role=Clause.Role.ADVISER).select_related("seat__committee")
    if found := deciding.first():
        text = _("%(name)s sits in %(committee)s, which approves and evaluates the audit.")
        yield text % {"name": person.name, "committee": found.seat.committee.name}


def _of_area(person: Person, area: Area | None) -> Iterator[str]:
    areas = Area.objects.in_use().filter(head=person)
    if found := (areas.filter(pk=area.pk) if area else areas).first():
        text = _("%(name)s leads %(area)s, which is audited.")
        yield text % {"name": person.name, "area": found.name}
    owned = Asset.objects.in_register().owned_by(person)
    if mine := (owned.filter(area=area) if area else owned).order_by("name").first():
        text = _("%(name)s answers for %(asset)s, which is audited.")
        yield text % {"name": person.name, "asset": mine.name}


def _is_advised_on(clauses: str, controls: str) -> bool:
    """Return whether the data protection officer's advice is in the scope: always, if it is all."""
    numbers = clause_numbers(clauses)
    if not numbers and not control_numbers(controls):
        return True
    advisers = clauses_of(numbers).filter(role=Clause.Role.ADVISER) if numbers else ()
    return PRIVACY in control_numbers(controls) or any(True for _one in advisers)
