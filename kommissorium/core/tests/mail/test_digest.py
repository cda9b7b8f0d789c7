"""The daily digest: one mail a day and person, each reminder once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.core.mail.models import OutboxMail, Reminded

DAY = date(2026, 11, 25)


@dataclass
class Somebody:
    name: str = "Karen Vestbjerg"
    email: str | None = "Karen@tryllerup.example"
    language: str = "en"
    is_active: bool = True

    def wants_reminders(self, *, begins_week: bool) -> bool:
        return True


def reminder(key: str, person: Somebody | None = None, heading: str = "Due soon") -> Reminder:
    return Reminder(person or Somebody(), key, f"Text of {key}", f"/tasks/{key}/", heading)


def test_a_person_gets_all_of_the_day_in_one_mail(db):
    other = Somebody("Morten", "morten@tryllerup.example")
    given = [reminder("1"), reminder("2", heading="Overdue"), reminder("3"), reminder("1", other)]
    assert send_digests(given, DAY) == 2
    mail = OutboxMail.objects.get(recipient__iexact="karen@tryllerup.example")
    assert (mail.kind, mail.key) == ("digest", "2026-11-25")
    assert "3" in mail.subject
    places = [mail.body.index(f"Text of {key}") for key in ("1", "3", "2")]
    assert places == sorted(places), "what has one heading stands together"
    assert f"{settings.SITE_URL}/tasks/3/" in mail.body
    assert mail.body.count("Overdue") == mail.body.count("Due soon") == 1


def test_the_subject_says_how_many_are_overdue(db):
    late = Reminder(Somebody(), "1", "Text", "/tasks/1/", "Overdue", is_late=True)
    send_digests([late, reminder("2"), reminder("3")], DAY)
    assert OutboxMail.objects.get().subject == "Kommissorium: 3 reminders, 1 overdue"


def test_to_run_it_again_changes_nothing(db):
    assert send_digests([reminder("1")], DAY) == 1
    assert send_digests([reminder("1")], DAY) == 0
    assert send_digests([reminder("1")], DAY + timedelta(days=1)) == 0
    assert OutboxMail.objects.count() == Reminded.objects.count() == 1


def test_what_comes_after_the_days_mail_waits_for_tomorrows(db):
    send_digests([reminder("1")], DAY)
    assert send_digests([reminder("1"), reminder("2")], DAY) == 0
    assert not Reminded.objects.filter(key="2").exists()
    assert send_digests([reminder("1"), reminder("2")], DAY + timedelta(days=1)) == 1
    mail = OutboxMail.objects.get(key="2026-11-26")
    assert "Text of 2" in mail.body
    assert "Text of 1" not in mail.body


def test_who_cannot_be_reached_is_skipped_and_not_noted(db):
    nobody = [Somebody(email=None), Somebody(email=""), Somebody(is_active=False)]
    assert send_digests([reminder("1", person) for person in nobody], DAY) == 0
    assert not OutboxMail.objects.exists()
    assert not Reminded.objects.exists()


def test_the_letter_case_of_an_address_makes_no_second_person(db):
    small = Somebody(email="karen@tryllerup.example")
    assert send_digests([reminder("1"), reminder("2", small)], DAY) == 1
    assert send_digests([reminder("3", small)], DAY) == 0


def test_the_mail_is_in_the_persons_language(db):
    send_digests([reminder("1")], DAY)
    assert OutboxMail.objects.get().body.startswith("Hello Karen Vestbjerg")


def test_mail_and_note_stand_or_fall_together(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(type(Reminded.objects), "bulk_create", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        send_digests([reminder("1")], DAY)
    assert not OutboxMail.objects.exists()


def test_more_reminders_than_one_query_takes_are_all_told_once(db):
    many = [reminder(str(number)) for number in range(1201)]
    assert send_digests(many[:1200], DAY) == 1
    assert Reminded.objects.count() == 1200
    assert send_digests(many, DAY + timedelta(days=1)) == 1
    assert "1" in OutboxMail.objects.get(key="2026-11-26").subject
    assert Reminded.objects.filter(on=DAY + timedelta(days=1)).count() == 1


runs = st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 5), max_size=6)), max_size=8)


@given(runs)
def test_nothing_is_told_twice_and_nobody_gets_two_mails_a_day(
    django_db_setup, django_db_blocker, runs
):
    with django_db_blocker.unblock(), transaction.atomic():
        day, told = DAY, []
        for wait, keys in runs:
            day += timedelta(days=wait)
            send_digests([reminder(str(key)) for key in keys], day)
        for mail in OutboxMail.objects.filter(kind="digest"):
            told += [line for line in mail.body.splitlines() if line.startswith("– ")]
        assert len(told) == len(set(told)) == Reminded.objects.count()
        days = list(OutboxMail.objects.filter(kind="digest").values_list("key", flat=True))
        assert len(days) == len(set(days))
        transaction.set_rollback(True)
