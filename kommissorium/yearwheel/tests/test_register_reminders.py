"""Reminders of what registers put on the wheel: one line for many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.core.mail.models import OutboxMail
from kommissorium.yearwheel.reminders import reminders
from kommissorium.yearwheel.tests.conftest import Keep

# Days that lie so that three of them are of one month, whatever today is.
MARCH = [date(2031, 3, 3), date(2031, 3, 10), date(2031, 3, 28)]


@pytest.fixture
def cast(cast: Cast) -> Cast:
    Person.objects.update(language="en")
    return cast


@pytest.fixture
def many(cast: Cast, keep: Keep) -> list[int]:
    """Three of one owner in March 2031; returns their keys."""
    return [
        keep(
            source=f"a:{day}", due=day, occasion=f"System {day.day}", delegate=cast.system_owner
        ).pk
        for day in MARCH
    ]


def told(on: date, who: Person) -> list[Reminder]:
    return [one for one in reminders(on) if one.person == who]


def test_those_of_a_month_are_one_line_with_their_number_and_their_list(
    cast: Cast, many: list[int]
) -> None:
    [line] = told(MARCH[0] - timedelta(days=5), cast.system_owner)
    assert line.text == "Review the documents: 3 are due, the first on 3 March 2031"
    assert line.heading == "Due soon"
    assert line.url.endswith(f"/times/?month=2031-03&person={cast.system_owner.pk}")


def test_one_alone_is_named(cast: Cast, keep: Keep) -> None:
    row = keep(due=MARCH[0], delegate=cast.system_owner)
    [line] = told(MARCH[0], cast.system_owner)
    assert line.text == "Review the documents: Sagshotellet: due today"
    assert line.url == row.get_absolute_url()


def test_the_line_is_told_once_a_stage_whatever_is_finished_meanwhile(
    cast: Cast, many: list[int], keep: Keep
) -> None:
    def mails(on: date) -> int:
        send_digests(told(on, cast.system_owner), on)
        return OutboxMail.objects.filter(kind="digest").count()

    assert mails(date(2031, 2, 10)) == 1
    assert mails(date(2031, 2, 11)) == 1
    assert mails(date(2031, 3, 3)) == 2
    keep(source=f"a:{MARCH[0]}", due=None)
    assert mails(date(2031, 3, 4)) == 3  # a week before the second one, which is the first now
    assert mails(date(2031, 3, 5)) == 3


def test_what_is_long_late_is_one_line_and_the_keepers_get_one_too(
    cast: Cast, many: list[int], keep: Keep
) -> None:
    keep(source="b", due=date(2030, 11, 5), delegate=cast.system_owner)
    on = date(2031, 6, 1)
    [own] = told(on, cast.system_owner)
    assert own.text == "Review the documents: 4 are due, the first since 5 November 2030"
    assert own.url.endswith(f"/times/?state=overdue&person={cast.system_owner.pk}")
    [theirs] = told(on, cast.coordinator)
    assert theirs.heading == "Overdue with others"
    assert theirs.text == own.text


def test_of_who_has_left_the_responsible_is_told(cast: Cast, many: list[int]) -> None:
    close_login(cast.system_owner, by=cast.administrator)
    [line] = told(date(2031, 3, 1), cast.coordinator)
    assert line.heading == "Due soon"
    assert "3 are due" in line.text


def test_three_hundred_of_eighty_people_cost_few_queries_and_lines(
    cast: Cast, keep: Keep, django_assert_max_num_queries: object
) -> None:
    people = [cast.system_owner, cast.employee, cast.member]
    for number in range(60):
        due = MARCH[0] + timedelta(days=number % 20)
        keep(source=f"c:{number}", due=due, delegate=people[number % 3])
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        found = list(reminders(MARCH[0]))
    assert len(found) == len(people)
    assert all("20 are due" in one.text for one in found)
