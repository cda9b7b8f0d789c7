"""Every piece of evidence of the demonstration's answers opens for the auditor, and says its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.evidence_links import EvidenceLinks
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.core.evidence.models import Record
from kommissorium.core.ui.localised import day
from kommissorium.measures.findings import Evidence
from kommissorium.measures.told import OF_SEVERAL

pytestmark = pytest.mark.usefixtures("havneby")

MONTHS = 14
TAG = re.compile(r"<[^>]+>")


def told(auditor: Person) -> Iterator[tuple[Evidence, str, date]]:
    """Yield the evidence of all clauses on each month's end, its address, and the day asked."""
    for committee in Committee.objects.all():
        history = history_of(committee)
        for on in month_ends(timezone.localdate(), MONTHS):
            findings = [one.finding for one in fulfilment_on(history, on).findings]
            sees = Committee.objects.seated(auditor).filter(pk=committee.pk).exists()
            links = EvidenceLinks(findings, auditor, on, sees_closed=sees)
            for finding in findings:
                yield from ((one, links.of(one), on) for one in finding.evidence)


def in_words(it: date) -> tuple[str, str]:
    return day(it), it.strftime("%d.%m.%Y")


def test_every_piece_of_evidence_opens_for_the_auditor_and_says_its_day() -> None:
    auditor = Person.objects.get(email=f"auditor@{DOMAIN}")
    browser, pages, faults = Client(), dict[str, str](), set[str]()
    with translation.override("da"), transaction.atomic():
        browser.force_login(auditor)
        for one, address, on in told(auditor):
            link = address.partition("#")[0]
            if not link.startswith("/"):  # closed to those of no seat, or outside the program
                continue
            if link not in pages:
                answer = browser.get(link)
                is_page = answer.headers["Content-Type"].startswith("text/html")
                pages[link] = TAG.sub(" ", answer.text) if is_page else ""
                faults |= {f"{answer.status_code} {link}"} if answer.status_code != 200 else set()
            days = {text for it in (on, one.on, one.noted_on) if it for text in in_words(it)}
            # Where it was looked for in vain nothing is told of a day; a file says what it says.
            if one.reference and pages[link] and not any(it in pages[link] for it in days):
                faults.add(f"{link} says none of {days}")
        transaction.set_rollback(True)  # whoever takes an answer out freezes it; others read here
    assert not faults, "\n".join(sorted(faults))
    assert len(pages) > 200


def test_the_record_is_named_wherever_there_is_one() -> None:
    first: dict[str, date] = {}
    for kept in Record.objects.exclude(object_kind__in=OF_SEVERAL).order_by("-pk").defer("pdf"):
        first[f"{kept.object_kind} {kept.object_id}"] = timezone.localdate(kept.at)
    hashes = dict(Record.objects.values_list("pk", "content_hash"))
    named = 0
    for one, _address, on in told(Person.objects.get(email=f"auditor@{DOMAIN}")):
        is_frozen = first.get(one.reference, date.max) <= on
        assert one.record or not is_frozen, (on, one.reference)
        assert not one.record or one.fingerprint == hashes[one.record]
        named += is_frozen
    assert named > 100
