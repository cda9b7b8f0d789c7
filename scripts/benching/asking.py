"""Name the pages to measure and count their queries: `asking.py DATA` prints JSON.

Each page is asked for inside this process, the first time to warm up. The queries of the
second are counted, those of session and sign-in among them. What follows measures the time the
processor works for a page, which says the same on a busy machine as on an idle one.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["KOMMISSORIUM_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from kommissorium.accounts.demo_cast import part  # noqa: E402
from kommissorium.accounts.models import Person  # noqa: E402
from kommissorium.committees.models import Mandate  # noqa: E402
from kommissorium.config.tests.rooms import brought  # noqa: E402
from kommissorium.core.evidence.models import Record  # noqa: E402
from kommissorium.meetings.models import Meeting  # noqa: E402
from kommissorium.tasks.models import Task  # noqa: E402

NO_PAGE = "/there-is-no-such-page/"
logging.getLogger("django.request").setLevel(logging.ERROR)  # the page that is not there
ROUNDS = 5
# The last two have no seat: the one reads little, the other what has to do with their own assets.
WHO = ("coordinator", "chair", "member", "employee", "system_owner")
# Whose page what is: the names of addresses with what they are about.
EVERYBODYS = "overview meetings tasks decisions committees account calendar_feeds"
OF_MEETING = "meeting meeting_history meeting_registers"
OF_HELD = "meeting minutes meeting_answers meeting_changes"
OF_ITEM = "agenda_item"
OF_COMMITTEE = (
    "committee committee_history seat_history mandates mandate_compliance compliance_timeline"
)
TO_WRITE = {"meeting": "meeting_edit item_add", "item": "item_edit", "committee": "meetings_plan"}
TO_KEEP = "people evidence settings mail"


def pages() -> Iterator[tuple[str, str, str]]:
    """Yield each page's reader, name and address; of the fullest coming meeting."""
    meeting = Meeting.objects.coming().annotate(size=Count("items")).order_by("-size", "pk")[0]
    item = meeting.items.annotate(files=Count("attachments")).order_by("-files", "pk")[0]
    committee = meeting.committee
    held = committee.meetings.filter(minutes__approval__isnull=False).latest("starts_at")
    decision = held.decisions.filter(is_closed=False).earliest("pk")
    task = Task.objects.filter(committee=committee, is_closed=False).earliest("pk")
    mandate = committee.mandate_on(timezone.localdate())
    if mandate is None:
        raise LookupError("the committee works by no mandate")
    for who in WHO:
        yield who, "no_page", NO_PAGE
        yield from _named(who, EVERYBODYS)
        yield from _named(who, "mandate mandate_changes", mandate.pk)
        yield from _of_registers(who)
    for who in WHO[:3]:
        yield from _named(who, OF_MEETING, meeting.pk)
        yield from _named(who, OF_ITEM, item.pk)
        yield from _named(who, OF_COMMITTEE, committee.pk)
        yield from _named(who, OF_HELD, held.pk)
        yield from _named(who, "decision", decision.pk)
        yield from _named(who, "task", task.pk)
    for who in WHO[:2]:
        yield from _named(who, TO_WRITE["meeting"], meeting.pk)
        yield from _named(who, TO_WRITE["item"], item.pk)
        yield from _named(who, TO_WRITE["committee"], committee.pk)
    planned = Meeting.objects.coming().filter(state=Meeting.State.PLANNED)[0]
    yield from _named("coordinator", "meeting_call meeting_composing meeting_preview", planned.pk)
    draft = Mandate.objects.filter(approved_at=None)[0]
    yield from _named("coordinator", "mandate_edit", draft.pk)
    yield from _kept(committee.pk)
    yield "coordinator", "pack (pdf)", reverse("meeting_pack", args=[meeting.pk, "pdf"])


def _of_registers(who: str) -> Iterator[tuple[str, str, str]]:
    """Yield the pages that each register wants measured."""
    for register in brought("bench").values():
        for name, path in register.pages(who):
            yield who, name, path


def _kept(committee: int) -> Iterator[tuple[str, str, str]]:
    who = "coordinator"
    yield from _named(who, "mandate_read", committee)
    yield from _named(who, TO_KEEP)
    yield from _named(who, "person", Person.objects.order_by("pk")[0].pk)
    yield from _named(who, "record", Record.objects.order_by("pk")[0].pk)


def _named(who: str, names: str, *key: int | str) -> Iterator[tuple[str, str, str]]:
    for name in names.split():
        yield who, name, reverse(name, args=key)


def counted() -> list[dict[str, Any]]:
    """Return every page with its status and the number of its queries."""
    clients = {who: _signed_in(who) for who in WHO}
    found = []
    for who, name, path in pages():
        clients[who].get(path)
        with CaptureQueriesContext(connection) as captured:
            status = clients[who].get(path).status_code
        page = {"who": who, "name": name, "path": path, "status": status}
        found.append({**page, "queries": len(captured), "cpu": _cpu(clients[who], path)})
    return found


def _cpu(client: Client, path: str) -> float:
    """Return the median of the milliseconds of work."""
    times = []
    for _ in range(ROUNDS):
        started = process_time()
        client.get(path)
        times.append((process_time() - started) * 1000)
    return round(median(times), 1)


def _signed_in(code: str) -> Client:
    member = part(code)
    if member is None:
        raise LookupError(f"nobody plays the part {code}")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(email=member.email))
    return client


if __name__ == "__main__":
    json.dump(counted(), sys.stdout)
