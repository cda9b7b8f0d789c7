"""Who answers a proposal to accept risks, in which capacity, and who may not."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, PersonQuerySet, held_on, is_another, why_no_other
from kommissorium.committees.leaders import who_chairs
from kommissorium.committees.models import Holding, Seat
from kommissorium.core.refusals import Refused
from kommissorium.risks.authority import committees_of, heads_of, lie_above, owns_what_is_assessed
from kommissorium.risks.models import Acceptance, Capacity, Scenario


def refuse_nobody(capacity: str, scenarios: Sequence[Scenario], by: Person) -> None:
    """Raise Refused where nobody but the proposer could accept in that capacity, or nobody at all.

    Who has left no longer answers. Whose own system it is does not accept a risk above the level
    alone.
    """
    if capacity not in Capacity.values:
        raise Refused(capacity=_("Choose one of the options."))
    if capacity == Capacity.CHAIR and len(committees_of(scenarios)) != 1:
        text = _("The risks lie before several committees, so no chair can decide on them alone.")
        raise Refused(capacity=text)
    if capacity in (Capacity.CHAIR, Capacity.EXECUTIVE):
        _refuse_nobody_else(_who_could(capacity, scenarios), scenarios, by)
    if capacity not in (Capacity.OWNER, Capacity.HEAD):
        return
    who = _the_one(capacity, scenarios)
    if who is None and capacity == Capacity.OWNER:
        raise Refused(capacity=_("The risks have no owner, or not the same one."))
    if who is None:
        raise Refused(capacity=_("No one person is head of what the risks are about."))
    if not who.is_active:
        text = _("%(name)s has left and cannot answer. Choose somebody else to accept it.")
        raise Refused(capacity=text % {"name": who.name})
    _refuse_same([who], by)
    refuse_own(who, scenarios)


def _refuse_nobody_else(people: PersonQuerySet, scenarios: Sequence[Scenario], by: Person) -> None:
    """Raise Refused where none of those who could answer is there, or the proposer alone is, or
    only those whose own matter it is."""
    found = list(people.active())
    if not found:
        raise Refused(capacity=_("Nobody could accept it in that capacity today. Choose another."))
    able = [one for one in found if not own_matter(one, scenarios)]
    if not able:
        raise Refused(capacity=own_matter(found[0], scenarios))
    _refuse_same(able, by)


def _refuse_same(able: Sequence[Person], by: Person) -> None:
    if not any(is_another(by, one) for one in able):
        own = _("You propose it, so somebody else must accept it. Choose another.")
        raise Refused(capacity=next(filter(None, (why_no_other(by, one) for one in able)), own))


def _who_could(capacity: str, scenarios: Sequence[Scenario]) -> PersonQuerySet:
    """Return who leads every committee of the risks today, or who sits on the executive board."""
    today = timezone.localdate()
    people: PersonQuerySet = Person.objects.all()
    if capacity == Capacity.EXECUTIVE:
        return people.with_role("executive", today)
    held = Holding.objects.filter(held_on(today), held_on(today, "seat__"))
    held = held.filter(seat__role__in=Seat.CHAIRING)
    for committee in committees_of(scenarios):
        own = held.filter(seat__committee=committee, person=OuterRef("pk"))
        people = people.filter(Exists(own.order_by()))
    return people


def _the_one(capacity: str, scenarios: Sequence[Scenario]) -> Person | None:
    keys = heads_of(scenarios) if capacity == Capacity.HEAD else {o.owner_id for o in scenarios}
    key = next(iter(keys)) if len(keys) == 1 else None
    return Person.objects.filter(pk=key).first() if key else None


def who_answers(capacity: str, scenarios: Sequence[Scenario], by: Person) -> list[Person]:
    """Return whom to ask for the answer `by` wants; nobody where the committee decides."""
    if capacity == Capacity.CHAIR:
        leading = _who_could(capacity, scenarios).active()
        own = [one for one in leading if own_matter(one, scenarios)]
        return who_chairs(committees_of(scenarios)[0], timezone.localdate(), but=[by, *own])
    if capacity == Capacity.EXECUTIVE:
        board = _who_could(capacity, scenarios)
        return [one for one in board if not own_matter(one, scenarios)]
    who = _the_one(capacity, scenarios) if capacity != Capacity.COMMITTEE else None
    return [who] if who else []


def refuse_own(person: Person, scenarios: Sequence[Scenario]) -> None:
    """Raise Refused where `person` would alone accept a risk above the level in an own system."""
    if sentence := own_matter(person, scenarios):
        raise Refused(capacity=sentence)


def own_matter(person: Person, scenarios: Sequence[Scenario]) -> str:
    """Return why `person` may not alone accept the risks, which lie above the level in an own
    system; "" where nothing hinders."""
    is_own = owns_what_is_assessed(person, scenarios)
    if not is_own or not lie_above(scenarios, timezone.localdate()):
        return ""
    text = _(
        "The risk lies above the risk level, and %(name)s has a role in what it is about. "
        "It must be accepted by somebody else or by the committee."
    )
    return text % {"name": person.name}


def answered_at(acceptance: Acceptance) -> str:
    """Return the address of the page on which it is answered."""
    if acceptance.capacity == Capacity.CHAIR:
        return reverse("proposal", args=["acceptance", acceptance.pk])
    return reverse("acceptance_answer", args=[acceptance.pk])
