"""The pages of the treatment plan and of accepted risks, as people use them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from kommissorium.assets.actions.assets import end_asset
from kommissorium.conftest import MOST_OF_PARTS, queries_of
from kommissorium.risks.models import Acceptance, PlanAction
from kommissorium.risks.tests.acceptance_cases import accept, limit, make_risk, make_risks, propose
from kommissorium.risks.tests.assessment_cases import WEIGHING, add_risk, make_draft
from kommissorium.risks.tests.standing_cases import accept_until, plan_for, today
from kommissorium.risks.todo import out_of_reach, reminders, stage, todos_of
from kommissorium.risks.views.risk import acceptance_part, plan_part


def get(browser, name, *args, **query):
    return browser.get(reverse(name, args=args), query)


def typed_terms(risk, **more):
    return {
        "risks": [str(risk.pk)],
        "reason": "Dyrere at fjerne end at bære",
        "amount": "250.000,00",
        "loss": "yearly",
        "measure_cost": "1.100.000",
        "budget_year": str(today().year),
        "expires_on": (today() + timedelta(days=370)).isoformat(),
        "longer_because": "Afløseren kommer først om to år.",
        "conditions": "",
        "capacity": "chair",
        "why_now": "Aftalen udløber inden mødet.",
        **WEIGHING,
        **more,
    }


@pytest.mark.parametrize("name", ["plan", "plan_file", "acceptances", "acceptances_file"])
def test_lists_are_there_for_those_who_read_risks(cast, client_of, name):
    plan_for(cast, make_risk(cast))
    for who in ("coordinator", "chair", "executive", "auditor", "system_owner", "head_of_it"):
        assert get(client_of(cast.who(who)), name).status_code == 200, who
    for who in ("employee", "administrator"):
        assert get(client_of(who), name).status_code == 404, who


def test_an_amount_is_typed_as_danes_do_and_the_proposal_is_made(cast, client_of):
    risk = make_risk(cast)
    browser = client_of("coordinator")
    url = f"{reverse('acceptance_new')}?risk={risk.pk}"
    assert risk.title in browser.get(url).content.decode()
    answer = browser.post(url, typed_terms(risk))
    made = Acceptance.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.amount, made.risks.get().scenario) == (250_000, risk)
    assert (made.loss, made.measure_cost) == ("yearly", 1_100_000)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "-1"),
        ("amount", "1.25"),
        ("amount", "99.000.000.000"),
        ("measure_cost", ""),
        ("loss", "sometimes"),
        ("longer_because", " "),
        ("expires_on", "2020-01-01"),
        ("reason", ""),
        ("capacity", "owner"),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_lost(cast, client_of, field, value):
    limit("owner", per_risk=1000)
    risk = make_risk(cast)
    url = f"{reverse('acceptance_new')}?risk={risk.pk}"
    answer = client_of("coordinator").post(url, typed_terms(risk, **{field: value}))
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {field}
    assert field == "reason" or "Dyrere at fjerne" in answer.content.decode()
    assert not Acceptance.objects.exists()


def test_all_that_an_acceptance_lacks_is_told_at_once(cast, client_of):
    risk = make_risk(cast)
    url = f"{reverse('acceptance_new')}?risk={risk.pk}"
    lacks = dict.fromkeys(("reason", "longer_because", "why_now", "economy"), "")
    answer = client_of("coordinator").post(url, typed_terms(risk, **lacks))
    assert answer.context["form"].errors.keys() == lacks.keys()
    assert answer.text.count("(kræves, når formanden skal acceptere)") == 5
    whole = typed_terms(risk, capacity="committee") | dict.fromkeys(("why_now", *WEIGHING), "")
    assert client_of("coordinator").post(url, whole).status_code == 302


def test_who_may_propose(cast, client_of):
    risk = make_risk(cast)
    url = f"{reverse('acceptance_new')}?risk={risk.pk}"
    expected = {"coordinator": 200, "system_owner": 200, "chair": 403, "auditor": 403}
    expected |= {"member": 403, "employee": 404, "administrator": 404}
    for who, status in expected.items():
        assert client_of(cast.who(who)).get(url).status_code == status, who


def test_an_answer_is_given_on_a_page_of_its_own(cast, client_of):
    made = propose(cast, [make_risk(cast)], capacity="executive")
    url = reverse("acceptance_answer", args=[made.pk])
    expected = {"coordinator": 403, "auditor": 403, "employee": 404, "chair": 403}
    for who, status in {**expected, "executive": 200}.items():
        assert client_of(who).get(url).status_code == status, who
    browser = client_of("executive")
    assert browser.post(url, {"answer": "no", "word": ""}).context["form"].errors.keys() == {"word"}
    assert browser.post(url, {"answer": "", "word": ""}).status_code == 400
    assert browser.post(url, {"answer": "yes", "word": "Ja"}).status_code == 302
    made.refresh_from_db()
    assert made.accepted_by == cast.executive
    file = get(client_of("auditor"), "acceptance_file", made.pk)
    assert bytes(file.content).startswith(b"%PDF")


def test_a_proposal_has_no_document_yet(cast, client_of):
    made = propose(cast, [make_risk(cast)])
    assert get(client_of("coordinator"), "acceptance_file", made.pk).status_code == 404


def test_it_is_replaced_from_its_page(cast, client_of):
    risk = make_risk(cast)
    old = propose(cast, [risk])
    accept(old, by=cast.chair)
    url = reverse("acceptance_replace", args=[old.pk])
    assert client_of("chair").get(url).status_code == 403
    browser = client_of("coordinator")
    assert "250.000" in browser.get(url).content.decode()
    assert browser.post(url, typed_terms(risk, amount="300000")).status_code == 302
    new = Acceptance.objects.get(replaces=old)
    accept(new, by=cast.chair)
    page = get(browser, "acceptance", old.pk).content.decode()
    assert new.get_absolute_url() in page


def test_it_is_withdrawn_from_its_page(cast, client_of):
    made = propose(cast, [make_risk(cast)])
    accept(made, by=cast.chair)
    url = reverse("acceptance_withdraw", args=[made.pk])
    assert client_of("auditor").post(url, {"because": "x"}).status_code == 403
    assert client_of("chair").post(url, {"because": ""}).status_code == 400
    assert client_of("chair").post(url, {"because": "Løst"}).status_code == 302
    made.refresh_from_db()
    assert made.ending == "withdrawn"


def test_an_acceptance_of_what_has_left_the_register_is_read_and_says_so(cast, client_of):
    risk = make_risk(cast)
    accept_until(cast, [risk], 100)
    asset = risk.assessment.assets.get()
    end_asset(asset, by=cast.coordinator, because="Udfaset", on=today())
    row = get(client_of("coordinator"), "acceptances").context["rows"][0][0]
    assert row.is_about_left


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", {"soon", "later", "waiting"}),
        ("in_force", {"soon", "later"}),
        ("expiring", {"soon"}),
        ("waiting", {"waiting"}),
        ("mine", set()),
        ("over", {"over"}),
        ("all", {"soon", "later", "over", "waiting"}),
        ("nonsense", {"soon", "later", "waiting"}),
    ],
)
def test_the_list_is_narrowed_by_the_address(cast, client_of, show, expected):
    rows = make_risks(cast, [(2, 2), (2, 3), (3, 3), (3, 2)])
    made = {
        "soon": accept_until(cast, [rows[0]], 30),
        "later": accept_until(cast, [rows[1]], 200),
        "over": accept_until(cast, [rows[2]], -1),
        "waiting": propose(cast, [rows[3]]),
    }
    answer = get(client_of("coordinator"), "acceptances", show=show)
    names = {one.pk: name for name, one in made.items()}
    assert {names[row.pk] for row, _state in answer.context["rows"]} == expected


def test_the_account_of_the_year_says_what_is_left(cast, client_of):
    limit("chair", per_year=900_000)
    accept_until(cast, [make_risk(cast)], 100, 250_000)
    answer = get(client_of("auditor"), "acceptances")
    chair = next(one for one in answer.context["accounts"] if one.capacity == "chair")
    assert (chair.in_force, chair.used, chair.left) == (250_000, 250_000, 650_000)
    book = load_workbook(io.BytesIO(get(client_of("auditor"), "acceptances_file").getvalue()))
    assert book.worksheets[0]["D2"].value == 250_000
    assert [cell.value for cell in book.worksheets[1][4]][1:5] == [
        250_000,
        250_000,
        900_000,
        650_000,
    ]


def test_the_pages_ask_no_more_for_more_rows(cast, client_of):
    browser = client_of("coordinator")
    counts = {}
    risks = make_risks(cast, [(2, 2)] * 12)
    get(browser, "plan")  # what is asked once in a process has been asked
    for some in (risks[:1], risks[1:]):
        for risk in some:
            accept_until(cast, [risk], 100 + risk.pk % 50)
            plan_for(cast, risk)
        for name in ("plan", "acceptances"):
            with CaptureQueriesContext(connection) as asked:
                get(browser, name)
            counts.setdefault(name, []).append(len(asked))
    for name, (few, many) in counts.items():
        assert few == many <= 12, (name, few, many)
    for name in ("acceptance", "risk"):
        pk = Acceptance.objects.latest("pk").pk if name == "acceptance" else risks[1].pk
        with CaptureQueriesContext(connection) as asked:
            get(browser, name, pk)
        assert len(asked) <= 12, (name, len(asked), [one["sql"][:150] for one in asked])


def test_the_first_action_begins_from_what_the_assessment_says_is_to_be_done(cast, client_of):
    risk = add_risk(make_draft(cast), cast, treatment_note="Køb\nny backup")
    address = reverse("plan_action_new", args=[risk.pk])
    browser = client_of("coordinator")
    begun = browser.get(address).context["form"].initial
    assert begun["title"] == "Køb ny backup"
    assert begun["expected_likelihood"] == risk.residual_likelihood
    plan_for(cast, risk)
    assert "title" not in browser.get(address).context["form"].initial


def test_an_action_is_planned_changed_and_given_up_from_the_risk(cast, client_of):
    risk = make_risk(cast)
    url = reverse("plan_action_new", args=[risk.pk])
    expected = {"coordinator": 200, "system_owner": 200, "chair": 403, "employee": 404}
    for who, status in expected.items():
        assert client_of(cast.who(who)).get(url).status_code == status, who
    browser = client_of("coordinator")
    due = today() + timedelta(days=20)
    typed = {
        "title": "Ny firewall",
        "owner": str(cast.member.pk),
        "due": due.isoformat(),
        "cost": "1.250.000",
        "expected_likelihood": "1",
    }
    assert browser.post(url, {**typed, "cost": "12,5"}).status_code == 400
    assert browser.post(url, typed).status_code == 302
    made = PlanAction.objects.get()
    assert (made.cost, made.expected_likelihood, made.task.owner) == (1_250_000, 1, cast.member)
    change = reverse("plan_action_change", args=[made.pk])
    later = {**typed, "due": (due + timedelta(days=9)).isoformat(), "edit_version": "1"}
    assert browser.post(change, later).status_code == 302
    assert browser.post(change, later).status_code == 409
    assert client_of("chair").get(change).status_code == 403
    impossible = reverse("plan_action_impossible", args=[made.pk])
    assert browser.post(impossible, {"because": ""}).status_code == 400
    assert browser.post(impossible, {"because": "Udgået"}).status_code == 302
    listed = get(browser, "plan", show="impossible").context["lines"]
    assert [line.action.pk for line in listed] == [made.pk]
    assert browser.get(reverse("plan_action_possible", args=[made.pk])).status_code == 200
    assert browser.post(reverse("plan_action_possible", args=[made.pk])).status_code == 302
    assert [one.action.pk for one in get(browser, "plan", show="slipped").context["lines"]] == [
        made.pk
    ]


def test_the_plan_is_narrowed_and_handed_out(cast, client_of):
    first, second = make_risks(cast, [(2, 2), (3, 3)])
    plan_for(cast, first)
    other = plan_for(cast, second)
    PlanAction.objects.filter(pk=other.pk).update(cost=40_000)
    browser = client_of("auditor")
    area = first.assessment.assets.get().area
    for query in ({"q": "gør"}, {"owner": cast.system_owner.pk}, {"area": area.pk}, {"show": "x"}):
        assert len(get(browser, "plan", **query).context["lines"]) == 2, query
    assert not get(browser, "plan", q="findes ikke").context["lines"]
    assert get(browser, "plan", sort="-cost").context["sums"].cost == 40_000
    book = load_workbook(io.BytesIO(get(browser, "plan_file").getvalue()))
    assert {row[7].value for row in book.worksheets[0].iter_rows(min_row=2)} == {None, 40_000}


def test_a_risk_shows_its_plan_and_its_acceptance(cast):
    risk = make_risk(cast)
    plan_for(cast, risk)
    given = accept_until(cast, [risk], 100)
    assert [line.action.scenario for line in plan_part(risk, cast.auditor)["lines"]] == [risk]
    part = acceptance_part(risk, cast.coordinator)
    assert (part["current"], part["may_replace"], part["may_propose"]) == (given, True, False)
    assert not acceptance_part(risk, cast.auditor)["may_replace"]


def test_what_waits_asks_as_much_of_many_risks_as_of_few(cast):
    asked = []
    for many in (2, 12):
        for risk in make_risks(cast, [(2, 2)] * many):
            action = plan_for(cast, risk)
            PlanAction.objects.filter(pk=action.pk).update(impossible_at=timezone.now())
            propose(cast, [risk])
        asked.append([])
        for who in ("chair", "deputy", "system_owner", "coordinator", "auditor"):
            list(todos_of(cast.who(who), today()))
            ask = partial(todos_of, cast.who(who), today())
            asked[-1].append(queries_of(lambda ask=ask: list(ask())))
    assert asked[0] == asked[1]
    assert max(asked[1]) <= MOST_OF_PARTS


def test_what_waits_is_told_to_who_can_do_it(cast):
    risk, other = make_risks(cast, [(2, 2), (3, 3)])
    action = plan_for(cast, other)
    PlanAction.objects.filter(pk=action.pk).update(impossible_at=timezone.now())
    propose(cast, [risk])
    for who, number in [("chair", 1), ("deputy", 1), ("system_owner", 0), ("auditor", 0)]:
        with override("en"):
            assert len(list(todos_of(cast.who(who), today()))) == number, who
    assert list(todos_of(cast.coordinator, today())) == []
    # Its task is the owner's, but nobody can do it any more.
    assert out_of_reach(cast.system_owner) == [action.task.get_absolute_url()]


def test_each_capacity_is_told_of_what_it_is_to_answer(cast):
    risk = make_risk(cast)
    for capacity, who in [
        ("owner", "system_owner"),
        ("head", "head_of_it"),
        ("executive", "executive"),
    ]:
        made = propose(cast, [risk], capacity=capacity, amount=50_000)
        with override("en"):
            [thing] = todos_of(cast.who(who), today())
        assert "1 proposal to accept risks" in thing.text
        assert list(todos_of(cast.chair, today())) == []
        Acceptance.objects.filter(pk=made.pk).update(state="refused")


def test_owner_and_coordinator_are_reminded_at_each_stage(cast):
    accept_until(cast, [make_risk(cast)], 30)
    last = today() + timedelta(days=30)
    cast.system_owner.email = "anne@tryllerup.example"
    told = list(reminders(today()))
    assert {one.person for one in told} == {cast.coordinator, cast.system_owner}
    assert {one.key.rpartition(":")[2] for one in told} == {"30"}
    assert not list(reminders(today() - timedelta(days=1)))
    days = {31: None, 30: 30, 8: 30, 7: 7, 1: 7, 0: 0, -5: 0}
    for left, expected in days.items():
        assert stage(last, last - timedelta(days=left)) == expected
    assert not list(reminders(last + timedelta(days=30)))


def test_nobody_is_offered_to_propose_who_looks_after_no_risk(cast, client_of):
    make_risk(cast)
    expected = {"coordinator": 200, "system_owner": 200, "chair": 403, "auditor": 403}
    for who, status in expected.items():
        browser = client_of(cast.who(who))
        assert get(browser, "acceptance_new").status_code == status, who
        offered = reverse("acceptance_new") in get(browser, "acceptances").content.decode()
        assert offered is (status == 200), who


def test_the_risks_without_an_owner_are_those_the_line_leads_to(cast, client_of):
    make_risks(cast, [(2, 2)])
    make_risks(replace(cast, system_owner=None), [(3, 3)])
    with override("en"):
        [line] = [one for one in todos_of(cast.coordinator, today()) if "owner" in one.text]
    assert line.text == "1 risk has no owner."
    assert client_of("coordinator").get(line.url).context["listing"].number == 1
