"""Heads of other municipalities: kept as events, told when one does not follow, handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.conftest import Cast
from kommissorium.core.documents.letters import Letter, read_letter
from kommissorium.core.evidence.chain_check import head
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.models import Event
from kommissorium.core.evidence.verifier import anchors_in
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.secretariat.neighbours import KEPT, Head, heads_kept, take_head

pytestmark = pytest.mark.django_db

Browser = Callable[[str], Client]
Outcome = ReceivedMail.Outcome
NEIGHBOUR = "isms@nabokommune.example"
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def neighbours(settings: Any, cast: Cast) -> None:
    settings.NEIGHBOURS = [NEIGHBOUR]


def mail(seq: int, value: str = "a", *, days: int = 0, sender: str = NEIGHBOUR) -> Letter:
    """Return a neighbour's mail, as its letter is read in the limited process."""
    found = EmailMessage()
    found["From"] = f"Kommissorium <{sender.upper()}>"
    found["Subject"] = f"Ankerpunkt for beviskæden, {TODAY() + timedelta(days=days)}"
    found.set_content(f"Gem denne mail.\n\n{seq}:{value * 64}\n")
    return read_letter(found.as_bytes())


def odd_mails() -> Sequence[OutboxMail]:
    return list(OutboxMail.objects.filter(kind="secretariat.odd_head"))


def test_the_mail_of_an_installation_is_what_another_keeps(settings: Any, tmp_path: Path) -> None:
    anchor_today(tmp_path / "anchors.txt", mail_to=["os@vores.example"])
    sent = OutboxMail.objects.get(kind="core.anchor")
    seq, value = head()
    found = EmailMessage()
    found["From"], found["Subject"] = NEIGHBOUR, sent.subject
    found.set_content(sent.body)
    assert take_head(read_letter(found.as_bytes()), "pass") == Outcome.HEAD
    kept = heads_kept()[NEIGHBOUR]
    assert [(one.on, one.seq, one.hash) for one in kept] == [(TODAY(), seq, value)]


def test_heads_come_day_by_day_and_the_same_one_counts_once() -> None:
    assert take_head(mail(10, days=-2), "") == Outcome.HEAD
    assert take_head(mail(10, days=-1), "none") == Outcome.HEAD  # nothing happened that day
    assert take_head(mail(12, "b"), "pass") == Outcome.HEAD
    assert take_head(mail(12, "b"), "pass") == Outcome.KNOWN
    assert take_head(mail(11, "c", days=-3), "pass") == Outcome.HEAD  # late on its way
    assert [one.seq for one in heads_kept()[NEIGHBOUR]] == [12, 10, 10, 11]
    assert odd_mails() == []


@pytest.mark.parametrize(("seq", "value", "days"), [(9, "b", 0), (10, "b", 0), (12, "b", -1)])
def test_a_head_that_cannot_follow_is_kept_and_told(seq: int, value: str, days: int) -> None:
    take_head(mail(10, days=-1), "pass")
    assert take_head(mail(seq, value, days=days), "pass") == Outcome.ODD_HEAD
    assert [one.is_odd for one in heads_kept()[NEIGHBOUR] if one.seq == seq and one.hash[0] == "b"]
    [told] = odd_mails()
    assert f"{seq}:{value * 64}" in told.body
    assert f"10:{'a' * 64}" in told.body


def test_only_a_neighbours_own_mail_is_kept(settings: Any) -> None:
    assert take_head(mail(10, sender="en@anden.example"), "pass") is None
    assert take_head(mail(10), "fail") == Outcome.OTHER_SENDER
    settings.NEIGHBOURS = []
    assert take_head(mail(10), "pass") is None
    assert not Event.objects.filter(act=KEPT).exists()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from("ab")), max_size=6))
def test_a_chain_that_only_grows_always_follows(steps: list[tuple[int, int, str]]) -> None:
    on, seq = TODAY(), 1
    last = Head(NEIGHBOUR, on, seq, "a")
    for days, events, value in steps:
        on, seq = on + timedelta(days=days), seq + events
        now = Head(NEIGHBOUR, on, seq, last.hash if not events else value)
        if days:
            assert now.follows(last)
        elif events:
            assert not now.follows(last)  # a day has one head
        last = now


def test_the_page_hands_them_out_as_verify_takes_them(client_of: Browser, tmp_path: Path) -> None:
    take_head(mail(10, days=-1), "pass")
    take_head(mail(9, "b"), "pass")
    shown = client_of("auditor").get(reverse("evidence")).text
    assert NEIGHBOUR in shown
    assert "et af dem kan ikke komme efter det forrige" in shown
    file = tmp_path / "heads.txt"
    url = reverse("neighbours_heads")
    file.write_text(client_of("auditor").get(url, {"of": NEIGHBOUR}).text)
    assert anchors_in(str(file)) == [(10, "a" * 64), (9, "b" * 64)]
    assert client_of("auditor").get(url).text.startswith(f"# {NEIGHBOUR}\n")
    assert client_of("auditor").get(url, {"of": "en@anden.example"}).text == ""


def test_the_evidence_tells_of_it_in_words(client_of: Browser) -> None:
    take_head(mail(10), "pass")
    assert (
        "Ankerpunkt 10 fra beviskæden hos" in client_of("coordinator").get(reverse("evidence")).text
    )
