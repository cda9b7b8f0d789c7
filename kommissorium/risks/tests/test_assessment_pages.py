"""The pages of assessments, as the people of the cast meet them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.conftest import Cast
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.scenarios import change_scenario, values_of
from kommissorium.risks.models import Assessment, Scale, Scenario, Threat
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_draft, make_system

Browser = Callable[[str], Client]
MOST_QUERIES = 12
HTMX = {"HTTP_HX_REQUEST": "true"}


def sent(row: Scenario, **typed: object) -> dict[str, object]:
    """Return what the card of a risk sends when some of its fields are typed in."""
    held = values_of(row)
    values = {name: "" if value is None else value for name, value in (held | typed).items()}
    return {**values, "edit_version": row.edit_version, "was": json.dumps(held)}


def test_an_owner_assesses_a_system_from_choosing_it_to_the_last_card(
    cast: Cast, client_of: Browser
) -> None:
    make_system(cast, "Kassen", "head_of_it")
    asset = make_system(cast, owner="employee")
    browser = client_of("employee")
    first = browser.get(reverse("assessment_new"))
    assert [value for value, _word in first.context["scopes"]] == ["asset", "assets"]
    found = browser.get(reverse("assessment_new"), {"scope": "asset"})
    assert found.context["found"] == [asset]
    begin = f"{reverse('assessment_new')}?scope=asset&asset={asset.pk}&begin=1"
    assert browser.get(begin).status_code == 200
    made = browser.post(begin, {"assessed_on": timezone.localdate().isoformat()})
    draft = Assessment.objects.get()
    assert made.url == reverse("assessment_threats", args=[draft.pk])
    threats = list(Threat.objects.all()[:2])
    empty = browser.post(made.url, {})
    assert (empty.status_code, draft.scenarios.count()) == (400, 0)
    taken = browser.post(
        made.url, {"threats": [one.pk for one in threats], "own": "Nøglen går tabt"}
    )
    assert taken.url == reverse("assessment_scenarios", args=[draft.pk])
    shown = browser.get(taken.url)
    assert [card.is_open for card in shown.context["cards"]] == [True, False, False]
    one, two, three = draft.scenarios.all()
    opened = browser.get(reverse("risk_change", args=[two.pk]), **HTMX)
    assert (opened.status_code, f'id="risk-{two.pk}"' in opened.content.decode()) == (200, True)
    assert "<html" not in opened.content.decode()
    assert three.title == "Nøglen går tabt"
    change = reverse("risk_change", args=[one.pk])
    onward = browser.post(change, sent(one, likelihood=3, integrity_person=4) | {"onward": 1})
    assert onward.url.endswith(f"?open={two.pk}#risk-{two.pk}")
    one.refresh_from_db()
    assert one.rank == draft.scale.rank_of(4, 3)
    assert browser.get(draft.get_absolute_url()).status_code == 200
    assert browser.get(reverse("risk", args=[one.pk])).status_code == 200


def test_what_is_typed_in_a_card_is_saved_and_answered_in_words(
    cast: Cast, client_of: Browser
) -> None:
    row = add_risk(make_draft(cast), cast)
    url, browser = reverse("risk_change", args=[row.pk]), client_of("member")
    answer = browser.post(url, sent(row, likelihood=4, availability_organisation=4), **HTMX)
    row.refresh_from_db()
    band = row.assessment.scale.band(row.rank or 0)
    assert (answer.status_code, row.likelihood) == (200, 4)
    assert band.name in answer.content.decode()
    assert f'name="edit_version" value="{row.edit_version}"' in answer.content.decode()
    refused = browser.post(url, sent(row, likelihood=1, availability_organisation=1), **HTMX)
    row.refresh_from_db()
    assert (refused.status_code, row.likelihood) == (400, 4)
    assert "form-error-message" in refused.content.decode()
    lost = browser.post(url, sent(row, title=""), **HTMX)
    assert lost.status_code == 400


def test_the_second_of_two_assessors_sees_both_texts(cast: Cast, client_of: Browser) -> None:
    row = add_risk(make_draft(cast), cast)
    url, before = reverse("risk_change", args=[row.pk]), sent(row, measures="Bånd")
    change_scenario(row, by=cast.coordinator, values={"measures": "Sky"}, edit_version=1)
    browser = client_of("member")
    part = browser.post(url, before, **HTMX)
    whole = browser.post(url, before)
    for answer in (part, whole):
        assert answer.status_code == 409
        assert "Sky" in answer.content.decode()
        assert "Bånd" in answer.content.decode()
    row.refresh_from_db()
    assert row.measures == "Sky"
    again = browser.post(url, before | {"told": "2"}, **HTMX)  # its buttons stay where they are
    assert (again.status_code, again.headers["HX-Reswap"]) == (409, "none")
    afresh = browser.post(url, before | {"theirs": "1"}, **HTMX)
    assert f'id="risk-{row.pk}"' in afresh.content.decode()
    assert "Sky" in afresh.content.decode()
    saved = browser.post(url, before | {"edit_version": 2}, **HTMX)
    row.refresh_from_db()
    assert (saved.status_code, row.measures) == (200, "Bånd")


def test_what_another_wrote_elsewhere_in_the_card_is_told(cast: Cast, client_of: Browser) -> None:
    row = add_risk(make_draft(cast), cast)
    before = sent(row, measures="Bånd")
    change_scenario(row, by=cast.coordinator, values={"treatment_note": "Ny"}, edit_version=1)
    url = reverse("risk_change", args=[row.pk])
    answer = client_of("member").post(url, before, **HTMX)
    row.refresh_from_db()
    assert (row.measures, row.treatment_note) == ("Bånd", "Ny")
    assert answer.context["is_stale"]


def test_a_changed_scale_is_told_and_can_be_moved_to(cast: Cast, client_of: Browser) -> None:
    draft = make_draft(cast)
    add_risk(draft, cast)
    other = Scale.objects.exclude(pk=draft.scale_id).first()
    assert other is not None
    Scale.objects.filter(use_mark=True).update(use_mark=None)
    Scale.objects.filter(pk=other.pk).update(use_mark=True)
    browser = client_of("member")
    for name in ("assessment", "assessment_scenarios"):
        shown = browser.get(reverse(name, args=[draft.pk]))
        assert shown.context["newer_scale"] == other
    moved = browser.post(reverse("assessment_scale", args=[draft.pk]))
    draft.refresh_from_db()
    assert (moved.status_code, draft.scale) == (302, other)


def test_an_approved_one_is_read_copied_compared_and_handed_out(
    cast: Cast, client_of: Browser
) -> None:
    draft = make_draft(cast)
    row = add_risk(draft, cast)
    found = approve(cast, draft)
    owner, reader = client_of("member"), client_of("auditor")
    assert owner.get(reverse("risk_change", args=[row.pk])).status_code == 400
    assert reader.get(reverse("risk_change", args=[row.pk])).status_code == 403
    pdf = reader.get(reverse("assessment_document", args=[found.pk]))
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    copy = reverse("assessment_copy", args=[found.pk])
    assert reader.post(copy).status_code == 403
    made = owner.post(copy, {"assessed_on": timezone.localdate().isoformat()})
    new = Assessment.objects.get(previous=found)
    assert made.url == reverse("assessment_scenarios", args=[new.pk])
    compared = reader.get(reverse("assessment_compare", args=[new.pk]))
    assert compared.context["counts"] == {"same": 1}
    assert reader.get(reverse("assessment_history", args=[found.pk])).status_code == 200
    over_time = reader.get(reverse("risk", args=[row.pk])).context["over_time"]
    assert len(over_time) == 2


def test_strangers_see_nothing_and_readers_write_nothing(cast: Cast, client_of: Browser) -> None:
    row = add_risk(make_draft(cast), cast)
    draft = row.assessment
    pages = ["assessment", "assessment_history", "assessment_compare", "assessment_document"]
    writing = ["assessment_change", "assessment_drop", "assessment_scenarios", "assessment_threats"]
    for who in ("employee", "administrator"):
        browser = client_of(who)
        for name in [*pages, *writing]:
            assert browser.get(reverse(name, args=[draft.pk])).status_code == 404, (who, name)
        for name in ("risk", "risk_change", "risk_remove"):
            assert browser.get(reverse(name, args=[row.pk])).status_code == 404, (who, name)
        for name in ("assessments", "assessments_file", "assessments_lacking", "assessment_new"):
            assert browser.get(reverse(name)).status_code == 404, (who, name)
        tabs = browser.get(reverse("risks")).content.decode()
        assert reverse("risk_list") in tabs and reverse("assessments") not in tabs
        assert reverse("plan") not in tabs and reverse("acceptances") not in tabs
    reader = client_of("auditor")
    for name in pages:
        assert reader.get(reverse(name, args=[draft.pk])).status_code == 200, name
    for name in writing:
        assert reader.get(reverse(name, args=[draft.pk])).status_code == 403, name
    for name in ("risk_change", "risk_remove"):
        assert reader.post(reverse(name, args=[row.pk])).status_code == 403, name
    assert reader.post(reverse("risk_move", args=[row.pk, "up"])).status_code == 403
    assert reader.get(reverse("assessment_new")).status_code == 403


def test_the_list_is_narrowed_sorted_and_handed_out(cast: Cast, client_of: Browser) -> None:
    pay, till = make_system(cast), make_system(cast, "Kassen", "head_of_it")
    old = make_draft(cast, pay, assessed_on=timezone.localdate() - timedelta(days=400))
    add_risk(old, cast)
    approve(cast, old)
    new = make_draft(cast, till)
    process = begin_assessment(by=cast.coordinator, scope="process", process="Udbetaling")
    browser = client_of("coordinator")

    def shown(**query: object) -> list[Assessment]:
        rows = browser.get(reverse("assessments"), query).context["rows"]
        return [row for row, _cells in rows]

    assert set(shown()) == {old, new, process}
    assert shown(state="holds") == shown(old=1) == shown(asset=pay.pk) == [old]
    assert shown(scope="process") == shown(q="udbetal") == shown(mine=1) == [process]
    assert set(shown(area=pay.area_id)) == {old, new}
    assert shown(sort="title") == [new, old, process]
    assert set(shown(state="nonsense", area="x", sort="x")) == {old, new, process}
    data = browser.get(reverse("assessments_file"), {"state": "holds"}).getvalue()
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[2]][5:7] == [1, old.scale.band(3).name]


def test_what_was_never_assessed_or_long_ago_stands_in_a_list(
    cast: Cast, client_of: Browser
) -> None:
    pay, till = make_system(cast), make_system(cast, "Kassen", "head_of_it")
    long_ago = make_system(cast, "Arkivet")
    for asset, days in ((pay, 10), (long_ago, 400)):
        on = timezone.localdate() - timedelta(days=days)
        draft = make_draft(cast, asset, assessed_on=on)
        add_risk(draft, cast)
        approve(cast, draft)
    rows = client_of("coordinator").get(reverse("assessments_lacking")).context["rows"]
    assert [(asset.name, may) for asset, may, _ in rows] == [("Kassen", True), ("Arkivet", True)]
    own = client_of("head_of_it").get(reverse("assessments_lacking")).context["rows"]
    assert [(asset.name, may) for asset, may, _ in own] == [("Kassen", True), ("Arkivet", False)]
    begun = make_draft(cast, till)
    answer = client_of("coordinator").get(reverse("assessments_lacking"))
    assert [one and one.pk for _, _, one in answer.context["rows"]] == [begun.pk, None]
    assert begun.get_absolute_url() in answer.content.decode()


@pytest.mark.parametrize("name", ["assessment", "assessment_scenarios", "assessment_threats"])
def test_a_page_of_many_risks_asks_no_more_than_one_of_few(
    cast: Cast, client_of: Browser, name: str
) -> None:
    draft = make_draft(cast)
    browser, url = client_of("member"), reverse(name, args=[draft.pk])
    add_risk(draft, cast)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for number in range(12):
        add_risk(draft, cast, f"Risiko {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    queries = [one["sql"] for one in many.captured_queries if "django_session" not in one["sql"]]
    assert len(many) <= len(few) + 1
    assert len(queries) <= MOST_QUERIES
