"""The coordinator's answers at the addresses of all samples, which are fetched once.

All JSON says its schema and follows it; columns of a sheet differ, in both languages; wherever a
person is chosen, a new one can be added.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponseBase
from django.urls import resolve
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonSelect
from kommissorium.config.tests.schema_check import faults
from kommissorium.config.tests.searching import body_of
from kommissorium.config.tests.test_canaries import addresses, get
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.json_schemas import FOLDER
from kommissorium.core.tests.samples import Samples
from kommissorium.secretariat import navigation

# Titles, schemas and forms are the same on every database.
pytestmark = pytest.mark.once

NAMES = {file.stem for file in FOLDER.glob("*.json")}
SAID = {f"kommissorium-{one}-1" for one in ("minutes", "pack", "registers", "mandate", "status")}
FEWEST = 12  # of addresses that answer with a workbook
FEWEST_OFFERED = 15  # of pages that offer a new person
# Choices of people that add nobody: who saves a list's filter, the seat, whose form has its own, and
# whose data are gathered.
OWN = {"seat_take", "evidence", "personal_data"}
# The bytes of any record as it was frozen: what each kind holds is told with the evidence.
FROZEN = re.compile(r"^/evidence/records/")
# What a page's own script asks, and no other program.
OF_SCRIPTS = re.compile(r"^/account/sign-in/left/")
# Forms that are made slowly, and are neither JSON nor a workbook.
OTHERS = re.compile(r"/(?:pdf|pdf-open|pdf-sent|print|docx|docx-open)/$")
DESCRIBED = re.compile(r'</schemas/([\w-]+)\.json>; rel="describedby"')


@dataclass
class HandedOut:
    """The coordinator's answers at the addresses of all samples."""

    schemas: set[str] = field(default_factory=set)  # that JSON said it follows
    workbooks: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what is wrong with JSON or a workbook
    without: dict[str, list[str]] = field(default_factory=dict)  # choices that offer no new person
    offered: set[str] = field(default_factory=set)  # pages with a choice that does

    def note(self, address: str, answer: HttpResponseBase) -> None:
        kind = answer.headers.get("Content-Type", "")
        if kind == MEDIA_TYPE:
            self.workbooks.append(address)
            self.told += twice(address, answer)
        elif kind == "application/json" and not (
            FROZEN.search(address) or OF_SCRIPTS.search(address)
        ):
            name, wrong = checked(answer)
            self.schemas.add(name)
            self.told += [f"{address} {name} {fault}" for fault in wrong]
        elif kind.startswith("text/html") and b'_new_name"' in body_of(answer):
            self.offered.add(url_name(address))


def url_name(address: str) -> str:
    return str(resolve(address.partition("?")[0]).url_name)


@pytest.fixture(scope="module")
def handed_out(
    samples: Samples, visitors: dict[str, str], django_db_blocker: DjangoDbBlocker
) -> HandedOut:
    """Visit every page as the coordinator, once for all tests here."""
    found, drawn, choices = HandedOut(), PersonSelect.render, list[str]()

    def draw(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        if not self.may_add:
            choices.append(name)
        return drawn(self, name, *args, **kwargs)

    with (
        django_db_blocker.unblock(),
        mock.patch.object(PersonSelect, "render", draw),
        mock.patch.object(navigation, "number_waiting", lambda _request, _person: 0),
    ):
        for address in dict.fromkeys(addresses(samples)):
            if OTHERS.search(address):
                continue
            choices.clear()
            found.note(address, get(visitors["coordinator"], address))
            if choices and url_name(address) not in OWN:
                found.without[address] = list(choices)
    return found


@pytest.mark.django_db
def test_json_follows_its_schema_and_no_columns_are_called_the_same(handed_out, visitors) -> None:
    told = list(handed_out.told)
    Person.objects.update(language="en")
    for address in handed_out.workbooks:
        told += twice(address, get(visitors["coordinator"], address))
    assert told == []
    assert handed_out.schemas == SAID
    assert len(handed_out.workbooks) >= FEWEST


@pytest.mark.django_db
def test_every_form_that_chooses_a_person_offers_a_new_one(handed_out) -> None:
    assert handed_out.without == {}
    assert len(handed_out.offered - OWN) >= FEWEST_OFFERED, sorted(handed_out.offered)


def checked(answer: Any) -> tuple[str, list[str]]:
    """Return the schema that an answer says it follows, and where it deviates."""
    content = json.loads(body_of(answer))
    linked = DESCRIBED.fullmatch(answer.headers.get("Link", ""))
    name = content.get("schema") or (linked[1] if linked else "")
    return name, faults(content, name) if name in NAMES else ["is no schema of ours"]


def twice(address: str, answer: Any) -> Iterator[str]:
    """Yield the titles that several columns of one sheet have."""
    for sheet in load_workbook(io.BytesIO(body_of(answer)), read_only=True).worksheets:
        head = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
        titles = [str(value or "").strip().casefold() for value in head]
        same = {title for title in titles if titles.count(title) > 1 or title.endswith(" (2)")}
        yield from (f"{address} {sheet.title}: {title!r}" for title in same)
