"""The statement of applicability on paper: by theme and reason, evidence in a line, nothing too long."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.controls.models import Control
from kommissorium.controls.proposal import KIND
from kommissorium.controls.statement import LONGEST
from kommissorium.controls.tests.cases import ago, change, drafted
from kommissorium.registers.documents.record import Section
from kommissorium.registers.requirements import LONGEST_LINE, Says, Shown, as_seen, in_a_line

pytestmark = pytest.mark.django_db


def agreement(
    number: int, title: str = "Aftale", several: str = "%(n)d aftaler fra %(day)s"
) -> Shown:
    key = f"assets.agreement:{number}"
    return Shown(key, title, "", Says.LAID_DOWN, ago(number), several=several)


def statement(cast: Cast) -> list[Section]:
    return list(KIND.sections(KIND.content(drafted(cast))))


def test_many_things_of_a_kind_are_a_line_and_few_are_named() -> None:
    with translation.override("da"):
        many = in_a_line(agreement(one, f"Aftale {one}") for one in range(1, 41))
        assert many.startswith("40 aftaler fra ")
    assert in_a_line([agreement(1, "Den ene"), agreement(2, "Den anden")]) == "Den ene; Den anden"
    assert in_a_line([agreement(1), agreement(2)]).startswith("2 aftaler")
    hidden = as_seen([Shown("a:1", "X", "", Says.PLANNED, ago(1), committee=9)] * 2, ())
    assert "X" not in in_a_line(hidden)
    assert in_a_line(hidden).startswith("2 ")
    long = in_a_line(agreement(one, "ord " * 20, several="") for one in range(9))
    assert len(long) <= LONGEST_LINE + 2


def test_a_reason_in_common_is_said_once_for_its_theme(cast: Cast) -> None:
    drafted(cast)
    common = list(Control.objects.filter(number__startswith="7."))
    for one in common:
        change(one, cast.coordinator, applies="no", because="Vi har ingen bygninger.")
    change(common[0], cast.coordinator, because="En grund for sig.")
    told = [one for one in KIND.sections(KIND.content(drafted(cast))) if one.rows]
    seven = [one for one in told if str(one.rows[0][0]).startswith("7.")]
    shared, own = seven
    assert "Vi har ingen bygninger." in shared.text
    assert len(shared.rows) == len(common) - 1
    assert [cell for cell in own.rows[0] if cell == "En grund for sig."]
    assert sum(len(one.rows) for one in told) == 93


def test_no_cell_is_long_and_what_was_cut_stands_in_full(cast: Cast) -> None:
    drafted(cast)
    one = Control.objects.get(number="5.9")
    change(one, cast.coordinator, how="Sådan gør vi. " * 100, because="Fordi. " * 100)
    found = statement(cast)
    cells = [cell for section in found for row in section.rows for cell in row]
    assert max(map(len, cells)) <= LONGEST + 2
    texts = " ".join(section.text for section in found)
    assert texts.count("Sådan gør vi.") == texts.count("Fordi.") == 100


def test_the_document_lies_on_its_side(cast: Cast) -> None:
    content = KIND.content(drafted(cast))
    pdf = PdfReader(io.BytesIO(KIND.pdf(content, made_at=timezone.localtime())))
    box = pdf.pages[0].mediabox
    assert box.width > box.height


def test_what_was_kept_before_evidence_had_a_line_is_shown_too(cast: Cast) -> None:
    content = KIND.content(drafted(cast))
    content["controls"][0] |= {"laid_down": "Gammel politik"}
    for row in content["controls"]:
        del row["laid_down_in_short"], row["carried_out_in_short"]
    assert "Gammel politik" in str(KIND.sections(content))
