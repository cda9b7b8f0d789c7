"""Whether two people are two real ones: who made up whom lately, as the chain tells.

Whoever was added, invited, given an e-mail or alone given a role by somebody is that one's making,
and so on down a chain of such acts, for a set time (`KNOWN_AFTER`) or until another confirms who it
is. What one person did alone while the municipality was set up counts for nothing here: the events
say so themselves. Every approval that asks for a second person asks here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.leaders import chairs
from kommissorium.accounts.models.conditions import held_on
from kommissorium.accounts.models.municipality import Municipality
from kommissorium.accounts.models.people import OrganisationRole, Person, PersonQuerySet
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day

MAKING: Final = (
    "accounts.person_added",
    "accounts.person_invited",
    "accounts.invitation_shown",
    "accounts.email_changed",
    "accounts.role_given",
)
CONFIRMED: Final = "accounts.person_confirmed"
PERSON: Final = "accounts.person"
PROGRAM: Final = "system"
ASKED_BY: Final = "asked_by"
ANEW: Final = "anew"  # of an invitation that only follows from what was agreed
MAKERS: Final = "makers"  # of a confirmation: towards whom it counts


@dataclass(frozen=True)
class Making:
    """An act by which `maker` made up somebody, not confirmed since."""

    person: int
    maker: int
    at: datetime

    @property
    def until(self) -> date:
        """Return the last day on which it counts."""
        return timezone.localdate(self.at + settings.KNOWN_AFTER)


def named(pseudonyms: Iterable[str]) -> PersonQuerySet:
    """Return the people by the names the chain knows them by; the program is none of them."""
    found: PersonQuerySet = Person.objects.filter(pseudonym__in={*pseudonyms} - {PROGRAM, ""})
    return found


def makings(people: Iterable[int]) -> list[Making]:
    """Return what counts today against these people, the first first; mostly one query."""
    keys = {str(key) for key in people}
    known = Municipality.objects.filter(pk=1).values("setup_finished_at")[:1]
    events = Event.objects.filter(
        object_kind=PERSON,
        object_id__in=keys,
        act__in=(*MAKING, CONFIRMED),
        at__gt=timezone.now() - settings.KNOWN_AFTER,
    ).filter(at__gt=Subquery(known))
    rows = events.order_by("seq").values_list("object_id", "act", "actor", "facts", "at")
    found: dict[tuple[str, str], datetime] = {}
    for key, act, actor, text, at in rows:
        facts = json.loads(text)
        if act == CONFIRMED:
            for maker in facts[MAKERS]:
                found.pop((key, maker), None)
        elif maker := _maker(act, actor, facts):
            found[key, maker] = at
    pseudonyms = {maker for _key, maker in found}
    rows_of = named(pseudonyms).values_list("pseudonym", "pk") if pseudonyms else ()
    makers = {str(name): pk for name, pk in rows_of}
    return [
        Making(int(key), makers[maker], at)
        for (key, maker), at in found.items()
        if maker in makers and makers[maker] != int(key)
    ]


def _maker(act: str, actor: str, facts: dict[str, object]) -> str:
    """Return the pseudonym of who made the person up by an act; "" for nobody."""
    if facts.get(ANEW) or (act == "accounts.role_given" and ASKED_BY in facts):
        return ""  # two agreed
    asked_by = facts.get(ASKED_BY)
    maker = asked_by if isinstance(asked_by, str) else actor
    return "" if maker == PROGRAM else maker


def behind(*people: Person) -> set[int]:
    """Return the keys of the people and of all who may stand behind them."""
    found = new = {one.pk for one in people}
    while new:
        new = {one.maker for one in makings(new)} - found
        found = found | new
    return found


def was_made_by(person: Person, maker: Person) -> bool:
    """Return whether `person` is a making of `maker`, by whatever chain."""
    return person.pk != maker.pk and maker.pk in behind(person)


def is_another(first: Person | None, second: Person) -> bool:
    """Return whether `second` counts as a second person beside `first`; beside nobody all do.

    Neither made the other, and nobody made both: of two puppets one is no second person.
    """
    return are_others([first], second)


def are_others(first: Iterable[Person | None], second: Person) -> bool:
    """Return whether `second` counts as a second person beside each of them."""
    given = {one.pk: one for one in first if one is not None}
    if second.pk in given:
        return False
    if not given or not makings([*given, second.pk]):  # mostly, and then it is one query
        return True
    return not behind(*given.values()) & behind(second)


def why_no_other(first: Person | None, second: Person) -> str:
    """Return why `second` is no second person beside `first` and what to do, "" where they are.

    Not for one and the same: each room says in its own words that nobody agrees with himself.
    """
    if first is None or first.pk == second.pk or is_another(first, second):
        return ""
    lasting = makings(behind(first, second))
    made = next((one for one in lasting if one.person == second.pk), lasting[0])
    names = Person.objects.in_bulk([made.person, made.maker])
    values = {
        "maker": names[made.maker].name,
        "name": names[made.person].name,
        "until": day(made.until),
        "first": first.name,
        "second": second.name,
    }
    return (
        _(
            "%(second)s does not count as a second person beside %(first)s yet: %(maker)s has added or "
            "invited %(name)s, or given an e-mail or a role. Somebody else can confirm who %(name)s is; "
            "ask for it on %(name)s's page under People. Without that it passes after %(until)s."
        )
        % values
    )


def refuse_no_other(first: Person | None, second: Person) -> None:
    """Raise Refused where `second` is not a second real person beside `first`."""
    if sentence := why_no_other(first, second):
        raise Refused(sentence)


def confirmable_by(person: Person, by: Person, lasting: Iterable[Making] | None = None) -> set[str]:
    """Return the pseudonyms of those beside whom `by` can confirm who `person` is."""
    lasting = makings([person.pk]) if lasting is None else lasting
    makers = {one.maker for one in lasting} - {by.pk}
    if not makers or by.pk == person.pk or was_made_by(by, person):
        return set()
    own = behind(by)
    people = Person.objects.filter(pk__in=makers)
    return {str(one.pseudonym) for one in people if not behind(one) & own}


def can_be_confirmed_by(person: Person, by: Person) -> bool:
    """Return whether `by` may say who `person` is: they lead something, and count as another."""
    lasting = makings([person.pk])
    return bool(lasting) and leads_something(by) and bool(confirmable_by(person, by, lasting))


def leads_something(person: Person) -> bool:
    """Return whether the person is administrator, coordinator or executive, or chairs a committee."""
    leads = person.is_administrator or person.is_coordinator or person.is_executive
    return leads or (person.sits_today is not False and person.pk in chairs())


def leading_people() -> PersonQuerySet:
    """Return those who lead something today, whose yes or word may count."""
    kinds = OrganisationRole.Kind
    roles = OrganisationRole.objects.filter(
        held_on(timezone.localdate()),
        kind__in=(kinds.ADMINISTRATOR, kinds.COORDINATOR, kinds.EXECUTIVE),
    )
    found: PersonQuerySet = Person.objects.filter(
        Q(pk__in=roles.values("person")) | Q(pk__in=chairs())
    )
    return found


def asked_to_confirm() -> list[Person]:
    """Return the people of whom somebody has asked lately that it is confirmed who they are."""
    asked = Event.objects.filter(
        act="accounts.confirmation_asked", at__gt=timezone.now() - settings.KNOWN_AFTER
    )
    keys = {int(key) for key in asked.values_list("object_id", flat=True)}
    open_ones = {one.person for one in makings(keys)} if keys else set()
    return list(Person.objects.active().filter(pk__in=open_ones))
