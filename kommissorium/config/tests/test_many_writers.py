"""Twenty people at once in three web processes: nothing twice, no number doubled, all in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import DjangoDbBlocker

from kommissorium.accounts.actions import give_role
from kommissorium.accounts.models import OrganisationRole, Person, RoleNomination
from kommissorium.config.tests.registers.cycle_cases import later_meeting
from kommissorium.config.tests.templates import (
    Template,
    connected_to,
    copy,
    drop_database,
    own,
)
from kommissorium.config.tests.visiting import proven_session
from kommissorium.config.tests.web_processes import Answer, Post, Web, web_processes
from kommissorium.conftest import LATE, PASSWORD, Cast, find_cast, in_days
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.tests.deep import rounds
from kommissorium.meetings.actions.calendar_programs import MOST_FEEDS, open_feed
from kommissorium.meetings.models import AgendaItem, Attendance, CalendarFeed, Decision, Meeting
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.tests.cases import drafted
from kommissorium.secretariat.actions.agendas import propose_to
from kommissorium.tasks.actions import give_task

WRITERS = 20
BUSY, AGAIN = 503, 3  # "many save just now": nothing was saved, send it again
TWO = ("coordinator", "chair")
DECIDED: dict[str, Any] = {
    "text": "<p>Det gælder fra i dag.</p>",
    "outcome": "approved",
    "why_now": "Et udbud venter.",
    "is_impartial": "on",
    "security": "stronger",
    "security_text": "Adgangen lukkes for fremmede.",
    "usability": "harder",
    "economy": "costs",
    "economy_text": "12.000 kr. om året",
    "proportion": "fitting",
}


@pytest.fixture(scope="module")
def web(
    cast_database: Template,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Web]:
    """Three web processes on a copy of the cast, for the tests of this file."""
    copied = own("writers")
    with django_db_blocker.unblock():
        copy(cast_database, copied)
        with connected_to(copied), web_processes(tmp_path_factory.mktemp("web")) as running:
            yield running
        drop_database(copied.database)


@pytest.fixture
def cast(web: Web) -> Iterator[Cast]:
    yield find_cast()
    assert check_database().faults == []


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    found = Meeting.objects.filter(state=Meeting.State.PLANNED).first()
    return found or later_meeting(cast, 60)


def all_send(
    web: Web, who: str, path: str, values: Callable[[int], dict[str, Any]]
) -> list[Answer]:
    """Make twenty browsers of one person send a form in the same moment; none may fail."""
    session = proven_session(who)
    posts = [Post(path, values(one), session) for one in range(WRITERS)]
    answers = until_it_is_their_turn(web, posts)
    failed = [answer for answer in answers if answer.status >= 500]
    assert not failed, failed[0].text
    return answers


def until_it_is_their_turn(web: Web, posts: list[Post]) -> list[Answer]:
    """Send all at once, and again what was told to wait, as its page does after ten seconds."""
    answers = web.post_at_once(posts)
    for _again in range(AGAIN):
        waits = [place for place, answer in enumerate(answers) if answer.status == BUSY]
        if not waits:
            break
        for place, answer in zip(
            waits, web.post_at_once([posts[place] for place in waits]), strict=True
        ):
            answers[place] = answer
    return answers


def one_came_through(answers: list[Answer], sentence: str) -> None:
    assert sorted(answer.status for answer in answers) == [302] + [400] * (WRITERS - 1)
    with override("da"):
        said = gettext(sentence)
    assert all(answer.says(said) for answer in answers if answer.status == 400)


def test_the_same_guest_is_invited_once(web, meeting, cast):
    guest = cast.employee
    path = reverse("guest_add", args=[meeting.pk])
    answers = all_send(web, "coordinator", path, lambda _one: {"person": guest.pk})
    done = [answer.status for answer in answers].count(302)
    assert done == 1 and {answer.status for answer in answers} == {302, 400}
    assert all(answer.says("error-summary") for answer in answers if answer.status == 400)
    assert Attendance.objects.filter(meeting=meeting, person=guest).count() == 1
    assert Event.objects.filter(act="meetings.guest_added").count() == 1


def test_the_same_role_is_asked_for_once(web, cast):
    path = reverse("person_role_add", args=[cast.employee.pk])
    today = timezone.localdate().isoformat()
    answers = all_send(
        web, "coordinator", path, lambda _one: {"kind": "auditor", "from_date": today}
    )
    one_came_through(answers, "This role waits for a second person's yes already.")
    assert RoleNomination.objects.filter(person=cast.employee).count() == 1
    assert not OrganisationRole.objects.filter(person=cast.employee).exists()


def test_the_same_e_mail_belongs_to_one(web, cast):
    def values(one: int) -> dict[str, Any]:
        email = "ny@tryllerup.example" if one % 2 else "Ny@Tryllerup.example"
        return {"name": f"Ny {one}", "email": email, "language": "da"}

    answers = all_send(web, "coordinator", reverse("person_add"), values)
    one_came_through(answers, "Another person already has this e-mail.")
    assert Person.objects.filter(email="ny@tryllerup.example").count() == 1


def test_nobody_has_more_calendar_addresses_than_twenty(web, cast):
    for _one in range(MOST_FEEDS // 2):
        open_feed(cast.member, None, by=cast.member)
    path = reverse("calendar_feed_add")
    answers = all_send(web, "member", path, lambda _one: {"meetings": "all"})
    assert CalendarFeed.objects.open().filter(person=cast.member).count() == MOST_FEEDS
    assert [answer.status for answer in answers].count(200) == MOST_FEEDS - MOST_FEEDS // 2


def test_the_same_proposal_is_approved_once(web, cast):
    proposal = drafted(cast)
    propose_to(proposal, cast.committee, by=cast.coordinator)
    path = reverse("chair_decision_add", args=[cast.committee.pk])
    about = f"{path}?about=objectives-{proposal.pk}"
    answers = all_send(web, "chair", about, lambda one: {"title": f"Mål {one}", **DECIDED})
    assert sorted(answer.status for answer in answers) == [302] + [400] * (WRITERS - 1)
    decision = Decision.objects.get(subject_kind=KIND.kind)
    proposal.refresh_from_db()
    assert proposal.decision_id == decision.pk


def test_decisions_are_numbered_without_gap_or_double(web, cast):
    path = reverse("chair_decision_add", args=[cast.committee.pk])
    before = Decision.objects.count()
    answers = all_send(web, "chair", path, lambda one: {"title": f"Sag {one}", **DECIDED})
    assert {answer.status for answer in answers} == {302}
    year = timezone.localdate().year
    numbers = set(Decision.objects.values_list("number", flat=True))
    assert numbers == {f"{year}/F{one}" for one in range(1, before + WRITERS + 1)}


def test_items_have_places_without_gap_or_double(web, meeting):
    before = meeting.items.count()
    path = reverse("item_add", args=[meeting.pk])
    answers = all_send(
        web, "coordinator", path, lambda one: {"title": f"Punkt {one}", "type": "decision"}
    )
    assert {answer.status for answer in answers} == {302}
    places = sorted(AgendaItem.objects.filter(meeting=meeting).values_list("position", flat=True))
    assert places == list(range(1, before + WRITERS + 1))


def test_meetings_called_at_once_are_numbered_without_gap_or_double(web, cast):
    # Each composes a whole agenda, so half as many: the last waits for all before it.
    meetings = [later_meeting(cast, 10 + one) for one in range(WRITERS // 2)]
    session = proven_session("coordinator")
    posts = [
        Post(reverse("meeting_call", args=[one.pk]), {"late_because": "Ferie"}, session)
        for one in meetings
    ]
    answers = until_it_is_their_turn(web, posts)
    assert {answer.status for answer in answers} == {302}, [answer.status for answer in answers]
    called = Meeting.objects.exclude(number=None).values_list("year", "number")
    for year in {year for year, _number in called}:
        numbers = sorted(number for of, number in called if of == year)
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(called) == len(meetings)


def test_a_guest_is_taken_off_the_list_once(web, meeting, cast):
    guest = Attendance.objects.create(meeting=meeting, person=cast.auditor, capacity="guest")
    answers = all_send(
        web, "coordinator", reverse("guest_removal", args=[guest.pk]), lambda _one: {}
    )
    assert [answer.status for answer in answers].count(302) == 1
    assert Event.objects.filter(act="meetings.person_removed").count() == 1


def test_an_item_is_taken_off_the_agenda_once(web, meeting):
    path = reverse("item_removal", args=[meeting.items.order_by("-pk")[0].pk])
    answers = all_send(web, "coordinator", path, lambda _one: {})
    assert [answer.status for answer in answers].count(302) == 1
    assert Event.objects.filter(act="meetings.item_removed").count() == 1


def test_of_two_administrators_who_end_each_other_one_stays(web, cast):
    second = give_role(cast.employee, "administrator", by=None, from_date=cast.since, because=LATE)
    first = cast.administrator.roles.get()
    today = timezone.localdate().isoformat()
    posts = [
        Post(
            reverse("person_role_end", args=[role.person_id, role.pk]),
            {"to_date": today},
            proven_session(who),
        )
        for role, who in [(first, "employee"), (second, "administrator")]
    ]
    answers = web.post_at_once(posts)
    assert sorted(answer.status for answer in answers) == [302, 400]
    assert OrganisationRole.objects.filter(kind="administrator", to_date=None).count() == 1


def test_right_and_wrong_passwords_at_once(web, cast):
    """Wrong ones are refused, right ones are let in, none fails; an old hash is renewed."""
    right = {"login": "chair@tryllerup.example", "password": PASSWORD}
    wrong = {**right, "password": "forkert"}
    path = reverse("account_login")
    posts = [Post(path, wrong if one % 4 else right) for one in range(WRITERS)]
    answers = web.post_at_once(posts)
    assert {answer.status for answer in answers} <= {302, 400}
    member = {**right, "login": "member@tryllerup.example"}
    assert web.post(Post(path, member)).status == 302
    assert Person.objects.get(email=member["login"]).password.startswith("argon2$")


def test_two_who_write_the_same_text_never_overwrite_each_other(web, cast):
    """One is saved, the other gets both texts and loses nothing; hundreds of rounds in a soak."""
    due = in_days(20, 12).date()
    task = give_task(
        by=cast.coordinator,
        title="Fælles tekst",
        owner=cast.member,
        due=due,
        committee=cast.committee,
    )
    path, sessions = reverse("task_edit", args=[task.pk]), [proven_session(who) for who in TWO]
    values = {"title": task.title, "owner": cast.member.pk, "due": due.isoformat()}
    for one in range(rounds(3, 500)):
        task.refresh_from_db()
        texts = [f"Runde {one} af {who}" for who in TWO]
        sent = [values | {"edit_version": task.edit_version, "description": text} for text in texts]
        answers = web.post_at_once(
            [Post(path, each, session) for each, session in zip(sent, sessions, strict=True)]
        )
        assert sorted(answer.status for answer in answers) == [302, 409]
        loser = next(place for place, answer in enumerate(answers) if answer.status == 409)
        assert all(answers[loser].says(text) for text in texts)
        version = task.edit_version + 1
        task.refresh_from_db()
        assert (task.description, task.edit_version) == (texts[1 - loser], version)
        again = sent[loser] | {"edit_version": version}
        assert web.post(Post(path, again, sessions[loser])).status == 302
        task.refresh_from_db()
        assert task.description == texts[loser]
