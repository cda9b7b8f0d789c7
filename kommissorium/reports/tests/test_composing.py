"""Composing the status of a quarter: what it holds, what is kept, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.measures.periods import Quarter
from kommissorium.registers.installed import registers
from kommissorium.registers.status import StatusFigure, StatusPart, compared
from kommissorium.reports.actions.periodic_reports import (
    PartText,
    compose_report,
    recompose,
    write_parts,
)
from kommissorium.reports.conclusion import conclude
from kommissorium.reports.models.periodic_reports import AREAS, HANDWRITTEN
from kommissorium.reports.proposals import KIND
from kommissorium.reports.tests.cases import approved, composed, drafted, ended, write


def test_all_that_a_mandate_asks_for_has_its_part_from_the_first_day(cast: Cast) -> None:
    parts = {one.code: one for one in composed(cast).parts.all()}
    assert set(HANDWRITTEN) <= set(parts) and len(AREAS) == 7
    assert all(parts[code].lacks_words for code in HANDWRITTEN)
    assert {"conclusion", "duties", "compliance", "decisions"} <= set(parts)
    assert parts["compliance"].figures and parts["compliance"].text


def test_a_quarter_that_has_not_ended_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"er ikke slut|has not ended"):
        compose_report(KIND, cast.committee, Quarter.of(timezone.localdate()), by=cast.coordinator)


def test_a_quarter_has_one_status_until_it_is_given_up(cast: Cast) -> None:
    composed(cast)
    with pytest.raises(Refused):
        composed(cast)


def test_composing_again_keeps_what_somebody_wrote(cast: Cast) -> None:
    status = composed(cast)
    write(cast, status, compliance="Det går fremad.", firewall="Udskiftet i maj.", network="")
    recompose(KIND, status, by=cast.coordinator)
    parts = {one.code: one for one in status.parts.all()}
    assert parts["compliance"].text == "Det går fremad." and parts["compliance"].proposed
    assert parts["firewall"].text == "Udskiftet i maj."
    assert parts["network"].is_empty and not parts["network"].lacks_words


def test_the_second_to_save_a_sentence_gets_both_and_nothing_is_lost(cast: Cast) -> None:
    status = composed(cast)
    version = status.parts.get(code="awareness").edit_version
    write_parts(
        KIND, status, {"awareness": PartText("Den første", False, version)}, by=cast.coordinator
    )
    with pytest.raises(Conflict) as found:
        typed = {
            "awareness": PartText("Den anden", False, version),
            "physical": PartText("Min egen", False, 1),
        }
        write_parts(KIND, status, typed, by=cast.coordinator)
    assert found.value.current["awareness"].text == "Den første"
    assert status.parts.get(code="physical").text == ""


def test_an_approved_one_is_never_edited_or_composed_again(cast: Cast) -> None:
    status = approved(cast)
    for act in (
        lambda: write(cast, status, awareness="Nej"),
        lambda: recompose(KIND, status, by=cast.coordinator),
        lambda: KIND.propose(status, cast.committee, by=cast.coordinator),
    ):
        with pytest.raises(Refused):
            act()
    assert status.record is not None


def test_it_cannot_be_proposed_before_everything_by_hand_is_said(cast: Cast) -> None:
    status = composed(cast)
    with pytest.raises(Refused, match="Firewall"):
        KIND.propose(status, cast.committee, by=cast.coordinator)
    empty = {one.code: "" for one in status.parts.all() if one.lacks_words}
    write(cast, status, **empty)
    assert len(KIND.lacks(status)) == 1, "not all of projects and technique can be empty"
    write(cast, status, encryption="Alle bærbare er krypteret.")
    assert KIND.lacks(status) == []


def test_a_register_that_offers_a_part_takes_the_place_of_what_is_written_by_hand(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafted(cast)
    write(cast, draft, incidents="Skrevet i hånden.")
    figure = StatusFigure("incidents", "Hændelser", 3, 1, wanted="less")
    part = StatusPart("incidents", "Hændelser", (figure,), "Der var 3 hændelser.")
    first = type(registers()[0])
    monkeypatch.setattr(first, "status_on", lambda _self, _quarter: [part])
    recompose(KIND, draft, by=cast.coordinator)
    now = draft.parts.get(code="incidents")
    assert not now.is_by_hand and now.figures == [figure]
    assert (now.text, now.proposed) == ("Skrevet i hånden.", "Der var 3 hændelser.")
    fresh = composed(cast, 2).parts.get(code="incidents")
    assert fresh.text == "Der var 3 hændelser." and not fresh.lacks_words


def test_only_the_risks_above_the_level_are_concluded_of_as_such() -> None:
    figure = StatusFigure("open", "Uafsluttet", 3, 1, wanted="less")
    said = conclude([StatusPart("audits", "Audit", (figure,))], "før").sentence
    assert "risi" not in said and "Audit" not in said
    said = conclude([StatusPart("risks", "Risici", (figure,))], "før").sentence
    assert said.count("risici") == 2, "that it is more, and that it needs a decision"


def test_a_conclusion_is_of_the_key_figures_alone_whatever_else_is_followed() -> None:
    worse = StatusFigure("above", "Over niveauet", 3, 1, wanted="less")
    others = [StatusFigure(f"f{number}", "Andet", 3, 1, wanted="more") for number in range(9)]
    board = conclude([StatusPart("risks", "Risici", (worse,))], "før")
    status = conclude(
        [StatusPart("risks", "Risici", (worse, *others)), StatusPart("audits", "Audit", others)],
        "før",
    )
    assert board.sentence == status.sentence
    assert "går det tilbage" in status.sentence and "Audit" not in status.sentence


def test_what_was_said_a_quarter_before_is_shown_where_one_writes(cast: Cast) -> None:
    approved(cast, 2)
    assert composed(cast).parts.get(code="projects").last_text == "Alle er grønne."
    assert ended() == ended(2).after


def test_a_share_changes_by_percentage_points_and_a_sentence_ends_once() -> None:
    share = StatusFigure("share", "Andel", 98, 97, wanted="more", unit="%")
    assert share.change_in_words == "steget 1 procentpoint"
    assert "5 procentpoint mindre" in compared(replace(share, value=92))
    money = StatusFigure("kroner", "Kroner", 98, 97, wanted="less", unit="kr")
    said = conclude([StatusPart("accepted", "Accepteret", (money,))], "et kvartal før").sentence
    assert "98 kr. mod 97 kr. før." in said and "kr.." not in said
