"""Every sheet that the program writes has columns whose titles differ, in both languages."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.config.tests.searching import body_of
from kommissorium.config.tests.test_canaries import addresses, get
from kommissorium.core.documents.excel import MEDIA_TYPE

FEWEST = 12  # of addresses that answer with a workbook


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_titles_of_all_columns_differ(language, samples, visitors) -> None:
    Person.objects.update(language=language)
    found, equal = 0, []
    for address in dict.fromkeys(addresses(samples)):
        answer = get(visitors["coordinator"], address)
        if answer.headers.get("Content-Type") != MEDIA_TYPE:
            continue
        found += 1
        for sheet in load_workbook(io.BytesIO(body_of(answer))).worksheets:
            titles = [str(cell.value or "").strip().casefold() for cell in sheet[1]]
            twice = {title for title in titles if titles.count(title) > 1}
            twice |= {title for title in titles if title.endswith(" (2)")}
            equal += [f"{address} {sheet.title}: {title!r}" for title in twice]
    assert equal == []
    assert found >= FEWEST
