"""Many at once: one of them does it, the others are told so, and one next one is made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    add_duty,
    adopt_duties,
    finish,
    skip,
)
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import day

THREADS = 8


def test_of_many_who_finish_at_once_one_does(committing: Cast) -> None:
    duty = add_duty(
        committing.committee,
        by=committing.coordinator,
        values=DutyValues(title="Kontrol", responsible_person=committing.head_of_it),
        cadence=CadenceValues("interval", 1, day(3)),
    )

    def attempt(number: int) -> str:
        occurrence = Occurrence.objects.get(duty=duty, number=1)
        try:
            if number % 2:
                skip(occurrence, by=committing.coordinator, because="Fordi")
            else:
                finish(occurrence, by=committing.head_of_it, result="no_fault")
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(THREADS) as pool:
        said = list(pool.map(attempt, range(THREADS)))
    assert said.count("") == 1
    assert all(
        text == "" or committing.head_of_it.name in text or committing.coordinator.name in text
        for text in said
    )
    assert sorted(duty.occurrences.values_list("number", flat=True)) == [1, 2]


def test_of_many_who_adopt_at_once_each_duty_is_made_once(committing: Cast) -> None:
    committee = committing.committee
    wanted = [one for one in propose_duties(committee) if one.key in {"objectives", "ownership"}]

    def attempt(_number: int) -> int:
        try:
            return len(adopt_duties(committee, wanted, by=committing.coordinator))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [0, 0, 0, 2]
    assert Duty.objects.filter(committee=committee).count() == 2
