"""However often the worker is killed, every mail goes, and none is two mails.

Whoever is killed between handing a mail over and noting it has sent it: it goes again, as the same
mail with the same Message-ID, so that its reader's program shows one.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kommissorium.config.tests.faults import begun, killed_at, was_killed
from kommissorium.conftest import Cast, time_is
from kommissorium.core.mail.actions import CLAIM, queue_mail, send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.deep import rounds
from kommissorium.core.tests.mail.letters import letter

MAILS = rounds(20, 1000)
KILLS = rounds(3, 100)
MOST = 7  # statements of a mail, about: within so many a kill meets each point of its way
ZONE = ZoneInfo("Europe/Copenhagen")
# The nights on which an hour comes twice, and on which one is left out.
NIGHTS = (datetime(2028, 10, 29, 2, 30, tzinfo=ZONE), datetime(2028, 3, 26, 1, 58, tzinfo=ZONE))


@pytest.fixture
def mailbox(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    return tmp_path / "mails"


def queue_all(number: int = MAILS) -> None:
    """Queue mails to five people, a third of them in threads, in which the order counts."""
    for one in range(number):
        to, thread = f"person{one % 5}@tryllerup.example", "møde" if one % 3 == 0 else ""
        said = letter(f"Nr. {one}")
        queue_mail(to=to, kind="core.try", key=f"{one}", letter=said, thread=thread)


def left(mailbox: Path) -> Counter[str]:
    """Return how often each Message-ID left."""
    text = "".join(file.read_text() for file in sorted(mailbox.iterdir()))
    return Counter(re.findall(r"^Message-ID: (\S+)$", text, re.MULTILINE))


def five_minutes_later() -> None:
    """Let what a killed worker held be anybody's again."""
    OutboxMail.objects.exclude(claimed_until=None).update(claimed_until=None)


def assert_all_left_once(mailbox: Path, kills: int) -> None:
    ids = list(OutboxMail.objects.values_list("message_id", flat=True))
    times = left(mailbox)
    assert not OutboxMail.objects.filter(sent_at=None).exists()
    assert len(ids) == len(set(ids)) and {*times} == {*ids}
    assert times.total() - len(times) <= kills  # each kill sends one again at most


def test_every_mail_goes_however_often_the_worker_is_killed(
    committing: Cast, mailbox: Path
) -> None:
    queue_all()
    kills, chance = 0, random.Random(8)
    for _kill in range(KILLS):
        kills += killed_at(chance.randint(1, MOST * max(2, 2 * MAILS // KILLS)), send_due)
        five_minutes_later()
    while OutboxMail.objects.waiting().exists():
        send_due()
    assert kills >= KILLS // 2
    assert_all_left_once(mailbox, kills)


def test_two_workers_are_killed_side_by_side(committing: Cast, mailbox: Path) -> None:
    queue_all()
    kills, chance = 0, random.Random(16)
    for _round in range(rounds(2, 50)):
        workers = [begun(chance.randint(5, MOST * 20), send_due) for _worker in range(2)]
        kills += sum([was_killed(worker) for worker in workers])
        five_minutes_later()
    while OutboxMail.objects.waiting().exists():
        send_due()
    assert_all_left_once(mailbox, kills)


@pytest.mark.parametrize("night", NIGHTS, ids=["autumn", "spring"])
def test_a_night_on_which_the_clock_is_set_holds_nothing_back_and_doubles_nothing(
    night: datetime, committing: Cast, mailbox: Path
) -> None:
    begins = night.astimezone(ZoneInfo("UTC"))
    with time_is(begins):
        queue_all(rounds(6, 100))
    for minutes in range(0, 121, 10):
        with time_is(begins + timedelta(minutes=minutes)):
            killed_at(MOST + minutes // 10, send_due)
    with time_is(begins + timedelta(hours=2) + CLAIM):
        assert timezone.now() > begins
        while OutboxMail.objects.waiting().exists():
            assert send_due(timezone.now() + CLAIM) or not OutboxMail.objects.waiting().exists()
    assert_all_left_once(mailbox, kills=13)
