from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kommissorium.committees.actions.mandates import approve_mandate
from kommissorium.committees.models import Mandate
from kommissorium.conftest import LATE

pytestmark = pytest.mark.both("numbers too large for a column")


@pytest.fixture
def url(draft):
    return reverse("mandate_edit", args=[draft.pk])


def posted(page, **changes):
    """Return the values the form on the page would send, with some of them changed."""
    form = page.context["form"]
    values = {name: form.title[name].value() for name in form.title.fields}
    values["clauses-TOTAL_FORMS"] = str(len(form.clauses.forms))
    for row in form.clauses.forms:
        for name in row.fields:
            value = row[name].value()
            values[row.add_prefix(name)] = "" if value is None else str(value)
    return {**values, **changes}


def texts(mandate):
    return [clause.text for clause in Mandate.objects.get(pk=mandate.pk).clauses.all()]


def numbers(page):
    return [row.number for group in page.context["form"].groups for row in group.rows]


def test_who_may_correct_a_draft(client_of, url):
    for who, status in [("employee", 404), ("member", 404), ("auditor", 404), ("executive", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, {"title": "Mine"}).status_code == status, who
    for who in ("coordinator", "chair", "deputy"):
        assert client_of(who).get(url).status_code == 200, who


def test_an_approved_mandate_is_not_corrected(client_of, cast):
    url = reverse("mandate_edit", args=[cast.mandate.pk])
    assert client_of("coordinator").get(url).status_code == 403
    assert client_of("coordinator").post(url, {"title": "Mine"}).status_code == 403


def test_text_and_understanding_stand_side_by_side(client_of, draft, url):
    page = client_of("chair").get(url)
    assert numbers(page) == ["M1", "M2", "T1", "T2", "K1"]
    lines = {line.text: line.clause for line in page.context["source"]}
    assert lines["Waters the plants in the meeting room."] == "T2"
    assert lines["Chair: Chief executive"] == "M1"
    assert lines["Tasks"] == ""


def test_the_counter_names_what_was_found(client_of, url):
    page = client_of("chair").get(url)
    for count in ("2 members", "2 tasks", "1 meeting rule"):
        assert count in page.text
    assert "0 agenda items" not in page.text


def test_corrections_are_saved(client_of, draft, url):
    client = client_of("chair")
    changes = {
        "title": "New title",
        "clauses-2-text": "Approves the status twice a year.",
        "clauses-2-cadence_months": "6",
        "clauses-2-min_per_year": "2",
        "clauses-3-measure": "objectives",
        "clauses-1-function": "Lawyer",
    }
    answer = client.post(url, posted(client.get(url), **changes))
    assert answer.status_code == 302
    saved = Mandate.objects.get(pk=draft.pk)
    assert saved.title == "New title"
    clauses = {clause.number: clause for clause in saved.clauses.all()}
    assert clauses["T1"].text == "Approves the status twice a year."
    assert (clauses["T1"].cadence_months, clauses["T1"].min_per_year) == (6, 2)
    assert clauses["T2"].measure == "objectives"
    assert clauses["M2"].function == "Lawyer"
    assert clauses["M2"].measure == "seat_filled"


def test_saving_unchanged_changes_nothing(client_of, draft, url):
    before = list(draft.clauses.values().order_by("position"))
    client = client_of("chair")
    assert client.post(url, posted(client.get(url))).status_code == 302
    after = list(draft.clauses.values().order_by("position"))
    for row in (*before, *after):
        row.pop("id")
    assert after == before


def test_saving_can_lead_on_to_approval(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), approve="1"))
    assert answer.url == reverse("mandate_approval", args=[draft.pk])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"clauses-2-text": ""}, "text"),
        ({"clauses-2-text": "x" * 5001}, "text"),
        ({"clauses-2-measure": "luck"}, "measure"),
        ({"clauses-2-cadence_months": "often"}, "cadence_months"),
        ({"clauses-2-cadence_months": "0"}, "cadence_months"),
        ({"clauses-2-min_per_year": "5", "clauses-2-max_per_year": "4"}, "max_per_year"),
        ({"clauses-1-role": "king"}, "role"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    client_of, draft, url, changes, field
):
    before = texts(draft)
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), **changes, title="Typed title"))
    assert answer.status_code == 400
    assert [bound.name for _number, bound in answer.context["form"].faulty] == [field]
    assert "Typed title" in answer.text
    for name, value in changes.items():
        prefix, _dash, part = name.rpartition("-")
        row = answer.context["form"].clauses.forms[int(prefix.rpartition("-")[2])]
        assert row[part].value() == value
    assert texts(draft) == before


def test_a_title_is_needed(client_of, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), title=""))
    assert answer.status_code == 400
    assert [number for number, _bound in answer.context["form"].faulty] == [""]


def test_a_clause_is_added_unsaved(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), add="task"))
    assert answer.status_code == 200
    assert numbers(answer) == ["M1", "M2", "T1", "T2", "T3", "K1"]
    assert answer.context["touched"] == 4
    assert draft.clauses.count() == 5
    saved = client.post(url, posted(answer, **{"clauses-4-text": "Tests the plans."}))
    assert saved.status_code == 302
    assert texts(draft)[4] == "Tests the plans."


def test_a_member_is_added(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), add="member"))
    changes = {"clauses-2-role": "member", "clauses-2-function": "Head of IT"}
    assert client.post(url, posted(answer, **changes)).status_code == 302
    clause = draft.clauses.get(number="M3")
    assert (clause.role, clause.function, clause.text) == (
        "member",
        "Head of IT",
        "Member: Head of IT",
    )


def test_a_clause_is_removed(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), remove="2"))
    assert numbers(answer) == ["M1", "M2", "T1", "K1"]
    assert client.post(url, posted(answer)).status_code == 302
    assert texts(draft)[2] == "Waters the plants in the meeting room."


def test_clauses_change_places_within_their_kind(client_of, draft, url):
    client = client_of("chair")
    before = texts(draft)
    answer = client.post(url, posted(client.get(url), down="2"))
    assert answer.context["touched"] == 3
    assert client.post(url, posted(answer)).status_code == 302
    assert texts(draft) == [before[0], before[1], before[3], before[2], before[4]]
    answer = client.post(url, posted(client.get(url), up="3"))
    assert client.post(url, posted(answer)).status_code == 302
    assert texts(draft) == before


@pytest.mark.parametrize("wish", [{"up": "2"}, {"up": "0"}, {"down": "4"}, {"down": "1"}])
def test_a_clause_stays_among_its_kind(client_of, draft, url, wish):
    client = client_of("chair")
    before = texts(draft)
    answer = client.post(url, posted(client.get(url), **wish))
    assert answer.status_code == 200
    assert numbers(answer) == ["M1", "M2", "T1", "T2", "K1"]
    assert client.post(url, posted(answer)).status_code == 302
    assert texts(draft) == before


def test_what_is_typed_survives_moving(client_of, url):
    client = client_of("chair")
    changes = {"clauses-2-text": "Half a thou", "clauses-2-cadence_months": "often", "title": "T"}
    answer = client.post(url, posted(client.get(url), **changes, down="2"))
    row = answer.context["form"].clauses.forms[3]
    assert (row["text"].value(), row["cadence_months"].value()) == ("Half a thou", "often")
    assert answer.context["form"].title["title"].value() == "T"


def test_a_clause_changes_its_kind_and_moves_there(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), **{"clauses-3-kind": "other"}))
    assert answer.status_code == 302
    assert [clause.number for clause in draft.clauses.all()] == ["M1", "M2", "T1", "K1", "O1"]
    assert draft.clauses.get(number="O1").text == "Waters the plants in the meeting room."


def test_a_task_that_becomes_a_member_asks_for_the_role(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), **{"clauses-3-kind": "member"}))
    assert answer.status_code == 400
    assert [(number, bound.name) for number, bound in answer.context["form"].faulty] == [
        ("M3", "role")
    ]


def test_a_kind_that_is_none_loses_no_text(client_of, url):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), **{"clauses-3-kind": "bogus", "title": ""}))
    assert answer.status_code == 400
    assert "Waters the plants in the meeting room." in answer.text


def test_a_mandate_without_clauses_is_refused(client_of, draft, url):
    client = client_of("chair")
    answer = client.post(url, {"title": "T", "edit_version": "1", "clauses-TOTAL_FORMS": "0"})
    assert answer.status_code == 400
    assert "at least one clause" in answer.text
    assert draft.clauses.count() == 5


@pytest.mark.parametrize("total", ["x", "-1", "99999999999999", ""])
def test_a_damaged_form_is_refused(client_of, draft, url, total):
    client = client_of("chair")
    answer = client.post(url, posted(client.get(url), **{"clauses-TOTAL_FORMS": total}))
    assert answer.status_code == 400
    assert draft.clauses.count() == 5


def test_two_people_never_overwrite_each_other(client_of, draft, url):
    first, second = client_of("chair"), client_of("coordinator")
    page = second.get(url)
    one = posted(first.get(url), **{"clauses-3-text": "Waters the flowers in the meeting room."})
    assert first.post(url, one).status_code == 302
    mine = posted(
        page, title="My title", **{"clauses-2-text": "Approves the status every quarter."}
    )
    answer = second.post(url, mine)
    assert answer.status_code == 409
    assert "flowers" in answer.text
    assert "My title" in answer.text
    assert texts(draft)[3] == "Waters the flowers in the meeting room."
    again = second.post(url, posted(answer))
    assert again.status_code == 302
    assert texts(draft)[2] == "Approves the status every quarter."
    assert Mandate.objects.get(pk=draft.pk).title == "My title"


def test_what_is_approved_meanwhile_is_not_changed(client_of, cast, draft, url):
    client = client_of("coordinator")
    page = client.get(url)
    approve_mandate(
        draft,
        by=cast.chair,
        adopted_by="Us",
        effective_from=cast.since + timedelta(days=1),
        because=LATE,
    )
    before = texts(draft)
    assert client.post(url, posted(page, title="Mine")).status_code == 403
    assert texts(draft) == before


def test_a_doubt_is_settled_by_one_of_two_buttons(client_of, draft, url):
    client = client_of("chair")
    text = "Direktøren kan på udvalgets vegne godkende procedurer mellem møderne."
    change = {"clauses-2-text": text, "clauses-2-measure": "underlying_policies"}
    page = client.post(url, posted(client.get(url), **change), follow=True)
    assert 'value="2:chair_mandate"' in page.text
    for wish in ("2:nonsense", "99:chair_mandate", "x"):
        page = client.post(url, posted(page, settle=wish), follow=True)
        assert 'value="2:chair_mandate"' in page.text
    # Either is a choice: what the reader proposed already is kept, and asked about no more.
    for code in ("underlying_policies", "chair_mandate"):
        settled = client.post(url, posted(page, settle=f"2:{code}"))
        assert settled.context["form"].doubtful == []
        saved = client.post(url, posted(settled), follow=True)
        assert draft.clauses.get(text=text).measure == code
        assert saved.context["form"].doubtful == []
        page = saved
    # Somebody else who looks at the draft sees the doubt.
    Mandate.objects.get(pk=draft.pk).clauses.filter(text=text).update(measure="underlying_policies")
    assert 'value="2:chair_mandate"' in client_of("coordinator").get(url).text


def test_other_text_that_is_given_a_measure_becomes_a_task(client_of, draft, url):
    client = client_of("chair")
    change = {"clauses-2-kind": "other"}
    page = client.post(url, posted(client.get(url), **change), follow=True)
    row = next(
        one for group in page.context["form"].groups for one in group.rows if one.number == "O1"
    )
    answer = client.post(url, posted(page, settle=f"{row.place}:objectives"))
    kinds = [form["kind"].value() for form in answer.context["form"].clauses]
    assert kinds.count("other") == 0
