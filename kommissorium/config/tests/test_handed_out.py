"""All JSON says its schema and follows it; columns of a sheet differ, in both languages.

The addresses of all samples are asked once for both: most of what they answer is neither.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.config.tests.schema_check import faults
from kommissorium.config.tests.searching import body_of
from kommissorium.config.tests.test_canaries import addresses, get
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.json_schemas import FOLDER

# Titles, schemas and forms are the same on every database.
pytestmark = pytest.mark.once

NAMES = {file.stem for file in FOLDER.glob("*.json")}
SAID = {f"kommissorium-{one}-1" for one in ("minutes", "pack", "registers", "mandate", "status")}
FEWEST = 12  # of addresses that answer with a workbook
# The bytes of any record as it was frozen: what each kind holds is told with the evidence.
FROZEN = re.compile(r"^/evidence/records/")
# Forms that are made slowly, and are neither JSON nor a workbook.
OTHERS = re.compile(r"/(?:pdf|pdf-open|pdf-sent|print|docx|docx-open)/$")
DESCRIBED = re.compile(r'</schemas/([\w-]+)\.json>; rel="describedby"')


@pytest.mark.django_db
def test_json_follows_its_schema_and_no_columns_are_called_the_same(samples, visitors) -> None:
    said, workbooks, told = set[str](), list[str](), list[str]()
    for address in dict.fromkeys(addresses(samples)):
        if OTHERS.search(address):
            continue
        answer = get(visitors["coordinator"], address)
        kind = answer.headers.get("Content-Type", "")
        if kind == MEDIA_TYPE:
            workbooks.append(address)
            told += twice(address, answer)
        elif kind == "application/json" and not FROZEN.search(address):
            name, wrong = checked(answer)
            said.add(name)
            told += [f"{address} {name} {fault}" for fault in wrong]
    Person.objects.update(language="en")
    for address in workbooks:
        told += twice(address, get(visitors["coordinator"], address))
    assert told == []
    assert said == SAID
    assert len(workbooks) >= FEWEST


def checked(answer: Any) -> tuple[str, list[str]]:
    """Return the schema that an answer says it follows, and where it does not."""
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
