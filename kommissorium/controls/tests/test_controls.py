"""Controls: what turns one green, the cheapest ways that do not, rights, and versions."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.conftest import Cast, time_is
from kommissorium.controls.actions.controls import begin_controls
from kommissorium.controls.actions.versions import draft_statement
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.controls.register import REGISTER
from kommissorium.controls.tests.cases import (
    ago,
    applying,
    begun,
    change,
    control,
    decided,
    decision_on,
    drafted,
    stands,
)
from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.refusals import Refused
from kommissorium.registers.requirements import Says, Shown
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import propose_duties

pytestmark = pytest.mark.django_db
POLICY = "policies.document:1"
DONE = "risks.planaction:1"


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch):
    """Make the registers show this evidence, and no other."""

    def told(*shown: Shown) -> None:
        monkeypatch.setattr("kommissorium.registers.shown._asked", lambda _day: list(shown))
        forget_kept()

    told()
    return told


def policy(says: Says = Says.LAID_DOWN, **more: object) -> Shown:
    given = {"day": ago(30), "requirements": ("ISO 27002 5.9",), **more}
    return Shown(POLICY, "Politik for ejere", "", says, **given)  # type: ignore[arg-type]


def done(days: int = 10, says: Says = Says.CARRIED_OUT, **more: object) -> Shown:
    return Shown(DONE, "Runden om ejere", "", says, ago(days), **more)  # type: ignore[arg-type]


def test_it_is_met_by_what_is_laid_down_and_carried_out(cast: Cast, tell) -> None:
    tell(policy(), done())
    found = applying(cast)
    assert stands(found).code == "half"
    change(found, cast.system_owner, how="Runden hvert år.", links=[DONE])
    assert (stands(found).code, stands(found).evidence_on) == ("met", ago(10))
    assert stands(found).lacks == []


@pytest.mark.parametrize(
    ("shown", "links", "code"),
    [
        ((), [], "nothing"),
        ((policy(),), [POLICY], "half"),  # the same thing tagged and chosen is one thing
        ((done(),), [DONE], "half"),  # a task that is ticked
        ((policy(Says.PLANNED), done()), [DONE], "half"),  # a draft of a policy
        ((policy(until=ago(1)), done()), [DONE], "half"),  # past its review
        ((policy(), done(401)), [DONE], "half"),  # too long ago
        ((policy(), done(says=Says.PLANNED)), [DONE], "half"),  # promised
        ((policy(), done(), done(says=Says.AGAINST)), [DONE], "against"),
    ],
)
def test_the_cheapest_ways_to_green_stay_red(
    cast: Cast, tell, shown: tuple[Shown, ...], links: list[str], code: str
) -> None:
    tell(*shown)
    found = applying(cast, links=links, how="Det er opfyldt. Alt er grønt.")
    assert stands(found).code == code
    assert stands(found).tone != "success"
    assert stands(found).lacks


def test_what_does_not_apply_or_is_not_decided_is_never_met(cast: Cast, tell) -> None:
    tell(policy(), done(requirements=("ISO 27002 5.9",)))
    found = control(cast)
    assert stands(found).code == "undecided"
    change(found, cast.coordinator, applies="no", because="Vi ejer intet.")
    assert (stands(found).code, stands(found).evidence_on) == ("excluded", None)


def test_what_was_chosen_and_is_gone_is_told(cast: Cast, tell) -> None:
    tell(policy(), done())
    found = applying(cast, links=[DONE])
    tell(policy())
    assert (stands(found).code, stands(found).gone) == ("half", 1)
    assert any("valgt" in one for one in stands(found).lacks)


def test_a_ticked_duty_alone_turns_nothing_green(cast: Cast) -> None:
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    decided(cast)
    codes = {stands(one).code for one in Control.objects.all()}
    assert "met" not in codes


def test_who_may_say_what(cast: Cast, tell) -> None:
    with pytest.raises(PermissionDenied):
        begin_controls(by=cast.chair)
    found = applying(cast)
    with pytest.raises(Refused):
        begin_controls(by=cast.coordinator)
    change(found, cast.system_owner, how="Sådan.", links=[])
    for who, values in (
        (cast.system_owner, {"applies": "no", "because": "Nej."}),
        (cast.member, {"how": "Mit"}),
        (cast.chair, {"how": "Mit"}),
    ):
        with pytest.raises(PermissionDenied):
            change(found, who, **values)
    wrong: tuple[dict[str, Any], ...] = (
        {"applies": "no", "because": ""},
        {"links": ["policies.document:99"]},
    )
    for refused in wrong:
        with pytest.raises(Refused):
            change(found, cast.coordinator, **refused)


def test_the_statement_is_begun_decided_and_approved_by_its_pages(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    page = browser.get(reverse("controls")).content.decode()
    assert "Begynd SoA-dokumentet" in page
    assert browser.post(reverse("controls_begin")).url == reverse("controls")
    words = {"applies": "yes", "because": "", "owner": cast.system_owner.pk}
    decide = f"{reverse('controls_decide')}?chapter=5"
    answer = browser.post(decide, words)
    assert answer.status_code == 400
    assert "because" in answer.context["form"].errors
    answer = browser.post(decide, words | {"because": "Vi har det."})
    assert Control.objects.filter(applies="yes").count() == 37
    browser.post(reverse("controls_decide"), words | {"because": "Vi har det."})
    assert not Control.objects.filter(applies="").exists()
    draft = browser.post(reverse("soa_new"))
    found = SoaVersion.objects.get()
    assert draft.url == found.get_absolute_url()
    assert browser.get(draft.url).status_code == 200
    KIND.propose(found, cast.committee, by=cast.coordinator)
    found.refresh_from_db()
    change(Control.objects.get(number="5.1"), cast.coordinator, how="Skrevet bagefter")
    KIND.approve(found, decision_on(cast, found), by=cast.chair)
    found.refresh_from_db()
    assert found.rows[0]["how"] == ""
    with pytest.raises(DatabaseError), transaction.atomic():
        SoaVersion.objects.filter(pk=found.pk).update(rows=[])
    pdf = browser.get(reverse("proposal_file", args=[KIND.slug, found.pk]))
    assert pdf.content.startswith(b"%PDF")
    root = PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_what_is_undecided_or_unowned_cannot_be_put_forward(cast: Cast, tell) -> None:
    begun(cast)
    draft = draft_statement(by=cast.coordinator)
    with pytest.raises(Refused) as refused:
        KIND.propose(draft, cast.committee, by=cast.coordinator)
    assert "5.1" in str(refused.value)
    draft.refresh_from_db()
    assert (draft.state, draft.rows) == ("draft", [])
    with pytest.raises(Refused):
        draft_statement(by=cast.coordinator)


def test_a_version_that_is_sent_back_shows_today_again(cast: Cast, tell) -> None:
    found = drafted(cast)
    KIND.propose(found, cast.committee, by=cast.coordinator)
    found.refresh_from_db()
    KIND.send_back(found, decision_on(cast, found, "rejected"), by=cast.chair)
    found.refresh_from_db()
    change(Control.objects.get(number="5.1"), cast.coordinator, how="Nyt")
    assert KIND.body(found)["controls"][0]["how"] == "Nyt"


def test_the_workbook_holds_every_control(cast: Cast, client_of, tell) -> None:
    applying(cast, how="=SUM(1)")
    answer = client_of("member").get(f"{reverse('controls_file')}?all=1")
    [sheet] = load_workbook(io.BytesIO(answer.getvalue())).worksheets
    assert sheet.max_row == 94
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=SUM(1)"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_version_as_excel_is_what_was_frozen_and_twice_the_same(
    cast: Cast, client_of, tell
) -> None:
    tell(policy())
    found = drafted(cast)
    change(control(cast, "5.10"), cast.coordinator, applies="no", because="=2+2", how="Før")
    KIND.propose(found, cast.committee, by=cast.coordinator)
    found.refresh_from_db()
    KIND.approve(found, decision_on(cast, found), by=cast.chair)
    change(control(cast, "5.10"), cast.coordinator, how="Bagefter")
    url = reverse("soa_workbook", args=[found.pk])
    first = client_of("auditor").get(url).content
    with time_is(timezone.localtime() + timedelta(days=3)):
        assert client_of("coordinator").get(url).content == first
    assert url in client_of("auditor").get(found.get_absolute_url()).text
    book = load_workbook(io.BytesIO(first))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(rows) == 94
    row = next(one for one in rows if one[0].startswith("5.10 "))
    assert row[1:5] == ["Gælder ikke", "Gælder ikke", "=2+2", "Før"]
    decision = SoaVersion.objects.get(pk=found.pk).decision
    assert decision is not None
    assert decision.number in str([c.value for r in book.worksheets[1] for c in r])


def test_the_list_is_narrowed_and_sorted_by_how_controls_stand(cast: Cast, client_of, tell) -> None:
    tell(policy(), done(requirements=("ISO 27002 5.9",)))
    found = applying(cast)
    browser = client_of("auditor")
    page = browser.get(f"{reverse('controls')}?status=met")
    assert [row.pk for row in page.context["listing"].page] == [found.pk]
    page = browser.get(f"{reverse('controls')}?sort=-status")
    assert page.context["listing"].page[0].pk == found.pk
    assert not browser.get(f"{reverse('controls')}?status=against").context["listing"].page


def test_of_other_committees_duties_no_title_is_told(cast: Cast, client_of, tell) -> None:
    secret = Shown(
        "yearwheel.occurrence:1",
        "HEMMELIG",
        "/x/",
        Says.CARRIED_OUT,
        ago(3),
        committee=99,
        requirements=("ISO 27002 5.9",),
    )
    tell(secret)
    found = applying(cast)
    for url in (found.get_absolute_url(), f"{reverse('controls')}?columns=carried_out"):
        assert "HEMMELIG" not in client_of("member").get(url).content.decode()
    assert "HEMMELIG" not in str(KIND.body(drafted(cast)))


def test_what_is_undecided_and_what_is_unsaid_waits_for_who_answers_for_it(cast: Cast) -> None:
    today = timezone.localdate()
    assert list(REGISTER.todos(cast.coordinator, today)) == []
    found = applying(cast)
    [undecided] = REGISTER.todos(cast.coordinator, today)
    assert "92" in undecided.text
    [unsaid] = REGISTER.todos(cast.system_owner, today)
    assert "én foranstaltning" in unsaid.text
    change(found, cast.system_owner, how="Vi holder listen ved lige.")
    assert list(REGISTER.todos(cast.system_owner, today)) == []
