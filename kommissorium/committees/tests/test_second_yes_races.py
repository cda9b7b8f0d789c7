"""Two answers to one request at the same moment: one counts, the other is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections
from django.utils import timezone

from kommissorium.accounts.actions import accept_role_nomination, give_role, nominate_for_role
from kommissorium.accounts.models import OrganisationRole, Person, RoleNomination
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    nominate_for_seat,
    refuse_seat_nomination,
)
from kommissorium.committees.models import Holding
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def at_once(*deeds: Callable[[], object]) -> int:
    """Perform the acts in threads at the same moment; return the number refused."""
    barrier, refused, other = threading.Barrier(len(deeds)), list[Refused](), list[Exception]()

    def run(deed: Callable[[], object]) -> None:
        try:
            barrier.wait()
            deed()
        except Refused as refusal:
            refused.append(refusal)
        except Exception as error:  # noqa: BLE001 looked at below
            other.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not other
    return len(refused)


def test_three_coordinators_say_yes_at_once(committing: Cast) -> None:
    cast, today = committing, timezone.localdate()
    give_role(cast.head_of_it, "coordinator", by=None, from_date=today)
    give_role(cast.deputy, "coordinator", by=None, from_date=today)
    row = nominate_for_role(cast.employee, "executive", by=cast.coordinator, from_date=today)
    yes = [anew(cast.chair), anew(cast.head_of_it), anew(cast.deputy)]
    deeds = [
        lambda who=who: accept_role_nomination(RoleNomination.objects.get(pk=row.pk), by=who)
        for who in yes
    ]
    assert at_once(*deeds) == 2
    assert OrganisationRole.objects.filter(person=cast.employee).count() == 1


def test_yes_and_no_at_once(committing: Cast) -> None:
    cast, today = committing, timezone.localdate()
    seat = cast.committee.seats.get(role="chair")
    row = nominate_for_seat(seat, by=cast.coordinator, person=cast.executive, from_date=today)

    def yes() -> None:
        accept_seat_nomination(SeatNomination.objects.get(pk=row.pk), by=cast.administrator)

    def no() -> None:
        refuse_seat_nomination(SeatNomination.objects.get(pk=row.pk), by=cast.deputy)

    assert at_once(yes, no) == 1
    row.refresh_from_db()
    assert Holding.objects.filter(person=cast.executive).exists() == row.accepted


def test_the_same_role_is_asked_for_at_once(committing: Cast) -> None:
    cast, today = committing, timezone.localdate()

    def ask() -> None:
        nominate_for_role(anew(cast.employee), "executive", by=cast.coordinator, from_date=today)

    assert at_once(*[ask] * 6) == 5
    assert RoleNomination.objects.count() == 1
