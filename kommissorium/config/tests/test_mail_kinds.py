"""Every mail ends in one button, names no address in its HTML, and is narrow enough for a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from kommissorium.conftest import time_is
from kommissorium.core.mail.delivery import as_message
from kommissorium.core.mail.layout import BLUE
from kommissorium.core.mail.models import OutboxMail
from kommissorium.secretariat.daily_reminders import remind_today

pytestmark = pytest.mark.once
NARROWEST = 375
# What the samples of the rooms make. The other kinds are letters too, and laid out alike.
AT_LEAST = {"meetings.invitation", "tasks.delegated", "digest", "registers.decision_asked"}
VAGUE = re.compile(r"klik|tryk her|\bher\b|click", re.IGNORECASE)


def page_of(mail: OutboxMail) -> html.HtmlElement:
    [(content, _type)] = [
        one
        for one in as_message(mail).alternatives
        if one[1] == "text/html"  # type: ignore[attr-defined]
    ]
    return html.document_fromstring(content)


def faults_of(mail: OutboxMail) -> list[str]:
    """Return what a mail lacks, a word or two each."""
    page = page_of(mail)
    said = page.find("body").text_content()  # type: ignore[union-attr]
    buttons = page.findall(f".//td[@bgcolor='{BLUE}']/a")
    widths = [int(one) for one in page.xpath("//@width") if one.isdecimal()]
    found = {
        "one button": len(buttons) == 1,
        "a verb": all(not VAGUE.search(one.text_content()) for one in buttons),
        "leads somewhere": all(one.get("href", "").startswith("http") for one in buttons),
        "one heading": len(page.findall(".//h1")) == 1,
        "no address": "://" not in said,
        "language": page.get("lang") == mail.language,
        "nothing loaded": not page.xpath("//img | //link | //script | //style | //@src"),
        "narrow": max(widths, default=0) <= NARROWEST
        and "nowrap" not in html.tostring(page).decode(),
        "text of links": all(one.text_content().strip() for one in page.iter("a")),
        "the text's address": buttons[0].get("href") in mail.body if buttons else False,
        "no mark of markup": "<br>" not in said and "&lt;" not in said,
    }
    return [f"{mail.kind}: {name}" for name, holds in found.items() if not holds]


@pytest.mark.django_db
def test_every_mail_ends_in_one_button(samples):
    with time_is(timezone.localtime().replace(hour=12) + timedelta(days=19)):
        remind_today()
    mails = list(OutboxMail.objects.all())
    assert {mail.kind for mail in mails} >= AT_LEAST
    assert [fault for mail in mails for fault in faults_of(mail)] == []
