"""Every to-do item of a register can be done: its button leads to a page the person may open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.conftest import PEOPLE, find_cast, prove
from kommissorium.registers.installed import registers

# Whoever is led where is reckoned by the program; the questions are those of the pages.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_what_waits_leads_to_a_page_that_answers(who, samples):
    person, today = find_cast().who(who), timezone.localdate()
    browser = Client()
    browser.force_login(person)
    prove(browser)
    overview = browser.get("/").content.decode().replace("&quot;", '"')
    for register in registers():
        for todo in register.todos(person, today):
            assert todo.text and todo.action
            answer = browser.get(todo.url)
            assert answer.status_code == 200, (register.code, todo)
            assert todo.text in overview


def test_somebody_has_something_to_do_in_every_register(samples):
    today = timezone.localdate()
    cast = find_cast()
    for register in registers():
        people = [cast.who(who) for who in PEOPLE]
        assert any(list(register.todos(person, today)) for person in people), register.code


def test_a_reminder_leads_to_a_page_of_who_gets_it(samples):
    for register in registers():
        for ahead in (0, 7, 30, 60):
            for reminder in register.reminders(timezone.localdate() + timedelta(days=ahead)):
                browser = Client()
                browser.force_login(reminder.person)
                assert browser.get(reminder.url).status_code == 200, (register.code, reminder)
