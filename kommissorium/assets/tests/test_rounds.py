"""The coordinator's round: the people asked, the mails, the actions on answers, and its end."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import change_asset, end_asset
from kommissorium.assets.actions.attestation.round import (
    ask_newcomers,
    change_round,
    close_round,
    open_round,
    remind,
    settle,
)
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.attestation import editions as attestation_pdf
from kommissorium.assets.attestation.content import owners_in, trouble_of, wanting_of
from kommissorium.assets.attestation.editions import round_excel
from kommissorium.assets.models import Asked, Kind, Role, Round, Statement, attested
from kommissorium.assets.tests.attestation_cases import (
    TITLE,
    asset,
    day,
    give,
    opened,
    owns,
    request_of,
    says,
)
from kommissorium.assets.todo import reminders, stage, todos_of
from kommissorium.conftest import Cast, time_is
from kommissorium.core.mail.digest import send_digests
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.yearwheel.models import Occurrence


def mails(kind: str = "assets.attestation") -> list[str]:
    return sorted(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def addresses(*people: Person) -> list[str]:
    return sorted(person.email or "" for person in people)


def test_each_owner_gets_one_mail_with_one_link_however_much_they_own(cast: Cast) -> None:
    owns(cast, cast.member, "Et", "To", "Tre")
    give(cast, asset(cast, "Kælderen", Kind.ARCHIVE), cast.dpo)
    opened(cast)
    assert mails() == addresses(cast.member, cast.dpo)
    body = OutboxMail.objects.get(recipient=cast.member.email).body
    assert body.count("http") == 1
    assert "/attestation/" in body
    assert "3" in body
    assert Statement.objects.count() == 4


def test_who_cannot_sign_in_gets_no_mail_and_is_told_of(cast: Cast) -> None:
    owns(cast, cast.system_owner, "Et")
    owns(cast, cast.member, "To")
    found = opened(cast)
    assert mails() == [cast.member.email]
    assert [one.person for one in owners_in(found) if trouble_of(one)] == [cast.system_owner]
    close_login(cast.member, by=cast.administrator)
    assert len([one for one in owners_in(found) if trouble_of(one)]) == 2
    with pytest.raises(Refused):
        remind(found, by=cast.coordinator)


def test_only_the_coordinator_runs_a_round(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Et")
    found = opened(cast)
    says(cast.member, thing, "not_mine")
    row = Statement.objects.get()
    for who in (cast.member, cast.chair, cast.auditor, cast.administrator):
        for act in (
            lambda who=who: open_round(by=who, title="X", due=day(1)),
            lambda who=who: change_round(found, by=who, title="X", due=day(1), edit_version=1),
            lambda who=who: ask_newcomers(found, by=who),
            lambda who=who: remind(found, by=who),
            lambda who=who: settle(row, by=who, settlement="x"),
            lambda who=who: close_round(found, by=who),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_one_round_is_open_at_a_time_and_it_asks_somebody(cast: Cast) -> None:
    asset(cast, "Uden ejer")
    with pytest.raises(Refused):
        opened(cast)
    assert not Round.objects.exists()
    owns(cast, cast.member, "Et")
    opened(cast)
    with pytest.raises(Refused) as refused:
        opened(cast)
    assert TITLE in str(refused.value)


def test_of_two_who_open_at_once_the_second_is_refused_by_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    owns(cast, cast.member, "Et")
    opened(cast)
    monkeypatch.setattr(Round, "current", staticmethod(lambda: None))
    with pytest.raises(Refused):
        opened(cast)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(("title", "days"), [("", 5), ("x" * 121, 5), ("X", -1), ("X", 400)])
def test_a_round_needs_a_title_and_a_day_to_come(cast: Cast, title: str, days: int) -> None:
    owns(cast, cast.member, "Et")
    with pytest.raises(Refused):
        open_round(by=cast.coordinator, title=title, due=day(days))


def test_the_round_can_be_moved_and_the_second_who_does_sees_it(cast: Cast) -> None:
    owns(cast, cast.member, "Et")
    found = opened(cast)
    change_round(found, by=cast.coordinator, title="Ny", due=day(60), edit_version=1)
    assert (found.title, found.due, found.edit_version) == ("Ny", day(60), 2)
    assert Occurrence.objects.open().get(source=f"assets.round:{found.pk}:answers").due == day(60)
    with pytest.raises(Conflict) as theirs:
        change_round(found, by=cast.coordinator, title="Anden", due=day(61), edit_version=1)
    assert theirs.value.current["title"] == "Ny"
    with time_is(timezone.localtime() + timedelta(days=70)):
        # A day that is over may stay, it cannot be chosen.
        change_round(found, by=cast.coordinator, title="Sent", due=found.due, edit_version=2)


def test_who_became_an_owner_since_is_asked_and_the_others_get_no_mail(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Et")
    found = opened(cast)
    appoint(thing, Role.SYSTEM_OWNER, cast.dpo, by=cast.coordinator)
    assert ask_newcomers(found, by=cast.coordinator) == 1
    assert mails() == addresses(cast.member, cast.dpo)
    assert ask_newcomers(found, by=None) == 0
    assert mails() == addresses(cast.member, cast.dpo)
    # Who has nothing left to answer for counts as neither asked nor silent.
    close_round(found, by=cast.coordinator)
    assert (found.asked_count, found.answered_count) == (1, 0)


def test_who_has_answered_is_not_reminded_and_nobody_twice_a_day(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.dpo, "To")
    owns(cast, cast.chair, "Tre")
    found = opened(cast)
    says(cast.member, one, "correct")
    assert remind(found, by=cast.coordinator, only=request_of(cast.dpo)) == 1
    assert remind(found, by=cast.coordinator) == 1
    kind = "assets.attestation_reminder"
    assert mails(kind) == addresses(cast.dpo, cast.chair)
    with pytest.raises(Refused):
        remind(found, by=cast.coordinator)
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert remind(found, by=cast.coordinator) == 2


def test_an_answer_is_acted_on_once_and_with_words(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Et")
    give(cast, thing, cast.member, Role.MANAGER)
    found = opened(cast)
    says(cast.member, thing, "not_mine", "Jens")
    row = Statement.objects.first()
    assert row
    assert found.number_wanting() == 1
    with pytest.raises(Refused):
        settle(row, by=cast.coordinator, settlement="  ")
    settle(row, by=cast.coordinator, settlement="Jens er ejer nu")
    assert found.number_wanting() == 0
    assert {one.settlement for one in Statement.objects.all()} == {"Jens er ejer nu"}
    with pytest.raises(Refused):
        settle(row, by=cast.coordinator, settlement="Igen")


def test_an_answer_that_changed_meanwhile_is_not_settled_unseen(cast: Cast) -> None:
    (thing,) = owns(cast, cast.member, "Et")
    opened(cast)
    says(cast.member, thing, "change", "Navnet")
    seen = Statement.objects.get()
    says(cast.member, thing, "change", "Navnet og området")
    with pytest.raises(Refused):
        settle(seen, by=cast.coordinator, settlement="Navnet er rettet")
    assert Statement.objects.get().settled_at is None


def test_it_closes_when_nothing_waits_and_names_who_never_answered(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.dpo, "To")
    found = opened(cast)
    says(cast.member, one, "change", "Området")
    with pytest.raises(Refused):
        close_round(found, by=cast.coordinator)
    settle(Statement.objects.wanting().get(), by=cast.coordinator, settlement="Rettet")
    close_round(found, by=cast.coordinator, conclusion="DPO er syg")
    content = json.loads(found.record.content)
    assert (content["asked"], content["answered"], content["conclusion"]) == (2, 1, "DPO er syg")
    silent = [owner["name"] for owner in content["owners"] if owner["left"]]
    assert silent == [cast.dpo.name]
    assert [one["settlement"] for one in content["statements"] if one["note"]] == ["Rettet"]
    pages = PdfReader(BytesIO(found.record.pdf)).pages
    # A narrow column may break a word.
    text = " ".join("\n".join(page.extract_text() for page in pages).replace("\xad\n", "").split())
    for word in (TITLE, cast.dpo.name, "DPO er syg", "Området", "Rettet"):
        assert word in text
    assert (found.open_mark, found.closed_by, found.is_open) == (None, cast.coordinator, False)
    with pytest.raises(Refused):
        close_round(found, by=cast.coordinator)


def test_the_record_says_what_was_asked_about_and_puts_the_roles_of_one_together(
    cast: Cast,
) -> None:
    thing = asset(cast, "Journal", criticality="society", personal_data=["cpr"])
    give(cast, thing, cast.member)
    give(cast, thing, cast.member, Role.MANAGER)
    found = opened(cast)
    says(cast.member, thing, "change", "Navnet")
    change_asset(thing, by=cast.coordinator, values={"name": "Ny journal"}, edit_version=1)
    settle(Statement.objects.wanting().first(), by=cast.coordinator, settlement="Rettet")
    close_round(found, by=cast.coordinator)
    content = json.loads(found.record.content)
    shown = [(one["name"], one["criticality"]) for one in content["statements"]]
    assert shown == [("Ny journal", "society")] * 2
    first = content["statements"][0]
    assert (first["personal_data"], first["asset_version"], first["version"]) == (["cpr"], 1, 2)
    (wanted,) = wanting_of(content)
    assert sorted(wanted["roles"]) == [Role.MANAGER, Role.SYSTEM_OWNER]


def test_a_very_long_list_of_answers_is_cut_in_the_document_and_whole_in_the_record(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attestation_pdf, "MOST_LISTED", 2)
    owns(cast, cast.member, "Ares", "Balder", "Ceres", "Dione")
    found = opened(cast)
    close_round(found, by=cast.coordinator)
    pages = PdfReader(BytesIO(found.record.pdf)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert [name in text for name in ("Ares", "Balder", "Ceres")] == [True, True, False]
    assert len(json.loads(found.record.content)["statements"]) == 4


def test_a_closed_round_and_its_answers_never_change(cast: Cast) -> None:
    owns(cast, cast.member, "Et")
    found = opened(cast)
    close_round(found, by=cast.coordinator)
    changes = [
        lambda: Round.objects.update(title="Et andet"),
        lambda: Asked.objects.update(answered_at=timezone.now()),
        lambda: Statement.objects.update(answer="correct"),
        lambda: Statement.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_after_it_is_closed_the_next_can_be_opened(cast: Cast) -> None:
    owns(cast, cast.member, "Et")
    close_round(opened(cast), by=cast.coordinator)
    assert opened(cast).is_open


def test_the_wheel_waits_for_the_answers_and_gets_the_round_as_evidence(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.dpo, "To")
    found = opened(cast)
    waiting = Occurrence.objects.open().get(source=f"assets.round:{found.pk}:answers")
    assert (waiting.due, waiting.source_link) == (found.due, found.get_absolute_url())
    says(cast.member, one, "correct")
    close_round(found, by=cast.coordinator, conclusion="Én mangler")
    done = Occurrence.objects.get(pk=waiting.pk)
    assert (done.state, done.result) == ("done", "minor")
    assert "Én mangler" in done.conclusion
    assert done.evidence.get().url == found.get_absolute_url()


def test_all_answers_are_no_fault_on_the_wheel(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    found = opened(cast)
    says(cast.member, one, "correct")
    close_round(found, by=cast.coordinator)
    assert Occurrence.objects.get(source=f"assets.round:{found.pk}:answers").result == "no_fault"


def test_what_was_attested_is_known_as_of_any_day(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.dpo, "To")
    found = opened(cast)
    says(cast.member, one, "correct")
    assert attested(day(0)) is None
    close_round(found, by=cast.coordinator)
    assert attested(day(0)) == (found, 2, 1)
    assert attested(day(-1)) is None
    end_asset(one, by=cast.coordinator, because="Udfaset")
    assert attested(day(200)) == (found, 2, 1)


def test_owners_are_reminded_before_on_and_after_the_day_until_they_answer(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.system_owner, "To")
    found = opened(cast)
    asked = request_of(cast.member)

    def told(days: int) -> list[str]:
        lines = reminders(found.due + timedelta(days=days))
        return [line.key.rpartition(":")[2] for line in lines if line.person == cast.member]

    assert [told(days) for days in (-8, -7, -1, 0, 6, 7, 13, 28, 300)] == [
        [],
        *[["-7"]] * 2,
        *[["0"]] * 2,
        *[["7"]] * 2,
        *[["28"]] * 2,
    ]
    assert send_digests(reminders(found.due), found.due) == 2
    assert (
        send_digests(reminders(found.due + timedelta(days=1)), found.due + timedelta(days=1)) == 0
    )
    says(cast.member, one, "correct")
    assert told(0) == []
    assert asked.round == found


def test_a_stage_is_never_later_than_the_last() -> None:
    due = day(0)
    assert [stage(due, due + timedelta(days=days)) for days in (-8, -7, 0, 8, 40)] == [
        None,
        -7,
        0,
        7,
        28,
    ]


def test_the_overview_asks_owners_and_tells_the_coordinator_what_waits(cast: Cast) -> None:
    one, two = owns(cast, cast.member, "Et", "To")
    found = opened(cast)
    (own,) = todos_of(cast.member, day(0))
    assert "2" in own.text
    assert (own.url, own.urgent) == ("/attestation/", False)
    assert todos_of(cast.member, day(31))[0].urgent
    assert todos_of(cast.coordinator, day(0)) == []
    (late,) = todos_of(cast.coordinator, day(31))
    assert (late.url, late.urgent) == (found.get_absolute_url(), True)
    says(cast.member, one, "not_mine")
    says(cast.member, two, "correct")
    assert todos_of(cast.member, day(0)) == []
    (wish,) = todos_of(cast.coordinator, day(0))
    assert "1" in wish.text
    settle(Statement.objects.wanting().get(), by=cast.coordinator, settlement="Ok")
    (ready,) = todos_of(cast.coordinator, day(0))
    assert found.title in ready.text
    close_round(found, by=cast.coordinator)
    assert todos_of(cast.coordinator, day(0)) == []
    assert todos_of(cast.employee, day(0)) == []


def test_the_workbook_holds_the_owners_and_their_answers_open_and_closed(cast: Cast) -> None:
    (one,) = owns(cast, cast.member, "Et")
    owns(cast, cast.dpo, "To")
    found = opened(cast)
    says(cast.member, one, "not_mine", "=1+1")

    def rows() -> list[list[object]]:
        book = load_workbook(BytesIO(round_excel(found)))
        return [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]

    before = rows()
    assert [row[0] for row in before] == ["Et", "To"]
    assert before[0][5] == "=1+1"
    settle(Statement.objects.wanting().get(), by=cast.coordinator, settlement="Gjort")
    close_round(found, by=cast.coordinator)
    end_asset(one, by=cast.coordinator, because="Udfaset")
    after = rows()
    assert [row[:5] for row in after] == [row[:5] for row in before]
    assert after[0][7] == "Gjort"
