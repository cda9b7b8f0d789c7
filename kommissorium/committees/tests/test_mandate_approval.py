from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality, Person
from kommissorium.committees.actions.mandates import CLAUSE_FIELDS, approve_mandate, change_draft
from kommissorium.committees.models import Mandate
from kommissorium.committees.tests.conftest import builtin_draft
from kommissorium.conftest import LATE
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail


@pytest.fixture
def url(draft):
    return reverse("mandate_approval", args=[draft.pk])


def values(**more):
    return {
        "adopted_by": "The executive board",
        "effective_from": str(timezone.localdate()),
        **more,
    }


def test_who_may_approve(client_of, draft, url):
    for who in ("employee", "member", "dpo", "auditor", "administrator"):
        assert client_of(who).get(url).status_code == 404, who
        assert client_of(who).post(url, values()).status_code == 404, who
    assert not Mandate.objects.get(pk=draft.pk).is_approved
    for who in ("chair", "deputy", "executive"):
        assert client_of(who).get(url).status_code == 200, who
    entered_it = client_of("coordinator").post(url, values())
    assert (entered_it.status_code, "Somebody else" in entered_it.text) == (403, True)


def test_approval_locks_the_text_and_is_noted(client_of, cast, draft, url):
    page = client_of("executive").get(url)
    assert "5 clauses" in page.text
    assert client_of("executive").post(url, values()).status_code == 302
    mandate = Mandate.objects.get(pk=draft.pk)
    assert (mandate.approved_by, mandate.adopted_by) == (cast.executive, "The executive board")
    assert mandate.record is not None
    assert cast.committee.mandate_on(timezone.localdate()) == mandate


def test_nothing_is_approved_twice(client_of, draft, url):
    assert client_of("chair").post(url, values()).status_code == 302
    again = client_of("chair").post(url, values(adopted_by="Me"))
    assert again.status_code == 403
    assert "approved already" in again.text
    assert Mandate.objects.get(pk=draft.pk).adopted_by == "The executive board"


def test_a_first_version_may_have_been_in_force_for_years(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    url = reverse("mandate_approval", args=[draft.pk])
    assert (
        client_of("executive")
        .post(url, values(effective_from="2019-03-01", because=LATE))
        .status_code
        == 302
    )
    assert Mandate.objects.get(pk=draft.pk).effective_from == date(2019, 3, 1)


def test_a_version_begins_after_the_one_before(client_of, cast, draft, url):
    answer = client_of("chair").post(url, values(effective_from=str(cast.since)))
    assert answer.status_code == 400
    assert "Choose a later date" in answer.context["form"].errors["effective_from"][0]
    assert not Mandate.objects.get(pk=draft.pk).is_approved


@pytest.mark.parametrize("more", [{"adopted_by": ""}, {"effective_from": "soon"}])
def test_body_and_date_are_needed(client_of, draft, url, more):
    assert client_of("chair").post(url, values(**more)).status_code == 400
    assert not Mandate.objects.get(pk=draft.pk).is_approved


def test_after_a_first_approval_the_seats_come_next(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    approve_mandate(
        draft, by=cast.executive, adopted_by="Us", effective_from=cast.since, because=LATE
    )
    page = client_of("coordinator").get(draft.get_absolute_url())
    url = reverse("seats_from_mandate", args=[draft.pk])
    assert url in page.text
    answer = client_of("coordinator").post(url, follow=True)
    made = other.seats.count()
    assert made >= 4
    assert f"{made} seats are made" in answer.text
    assert {seat.from_date for seat in other.seats.all()} == {cast.since}
    assert url not in client_of("coordinator").get(draft.get_absolute_url()).text
    again = client_of("coordinator").post(url, follow=True)
    assert other.seats.count() == made
    assert "there already" in again.text


def test_rows_without_a_function_are_told(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    draft.clauses.filter(role="member").update(function="")
    count = draft.clauses.filter(role="member").count()
    approve_mandate(
        draft, by=cast.executive, adopted_by="Us", effective_from=cast.since, because=LATE
    )
    url = reverse("seats_from_mandate", args=[draft.pk])
    answer = client_of("coordinator").post(url, follow=True)
    assert f"{count} row" in answer.text
    assert not other.seats.filter(role="member").exists()


def test_seats_are_not_made_twice_when_they_were_added_later(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    long_ago = cast.since - timedelta(days=3000)
    approve_mandate(
        draft, by=cast.executive, adopted_by="Us", effective_from=long_ago, because=LATE
    )
    url = reverse("seats_from_mandate", args=[draft.pk])
    client_of("coordinator").post(url)
    made = other.seats.count()
    other.seats.update(from_date=cast.since)
    client_of("coordinator").post(url)
    assert other.seats.count() == made


def test_who_may_make_the_seats(client_of, cast):
    url = reverse("seats_from_mandate", args=[cast.mandate.pk])
    before = cast.committee.seats.count()
    for who in ("employee", "member", "auditor", "executive"):
        assert client_of(who).post(url).status_code == 403, who
    assert cast.committee.seats.count() == before
    assert client_of("chair").get(url).status_code == 405


def test_a_draft_makes_no_seats(client_of, cast, draft):
    before = cast.committee.seats.count()
    answer = client_of("chair").post(reverse("seats_from_mandate", args=[draft.pk]))
    assert answer.status_code == 400
    assert "Approve the terms of reference first" in answer.text
    assert cast.committee.seats.count() == before


def test_a_draft_is_discarded_after_a_question(client_of, cast, draft):
    url = reverse("mandate_discard", args=[draft.pk])
    for who, status in [("employee", 404), ("member", 404), ("executive", 403)]:
        assert client_of(who).post(url).status_code == status, who
    assert client_of("chair").get(url).status_code == 200
    assert Mandate.objects.filter(pk=draft.pk).exists()
    assert client_of("chair").post(url).status_code == 302
    assert not Mandate.objects.filter(pk=draft.pk).exists()
    assert Event.objects.first().act == "committees.draft_discarded"


def test_what_is_approved_is_never_discarded(client_of, cast):
    url = reverse("mandate_discard", args=[cast.mandate.pk])
    assert client_of("coordinator").post(url).status_code == 403
    assert Mandate.objects.filter(pk=cast.mandate.pk).exists()


def test_who_changed_the_text_does_not_approve_it(client_of, cast, draft, url):
    clauses = list(draft.clauses.values(*CLAUSE_FIELDS))
    same = {"title": draft.title, "clauses": clauses}
    change_draft(draft, by=cast.deputy, edit_version=1, **same)
    assert client_of("deputy").get(url).status_code == 200
    clauses[0]["text"] = "Mine alone"
    changed = {"title": draft.title, "clauses": clauses}
    change_draft(Mandate.objects.get(pk=draft.pk), by=cast.deputy, edit_version=2, **changed)
    assert client_of("deputy").post(url, values()).status_code == 403
    # Neither does who entered it, because somebody else changed a comma since.
    assert client_of("coordinator").post(url, values()).status_code == 403
    clauses[0]["text"] = "Mine, as well"
    again = {"title": draft.title, "clauses": clauses}
    change_draft(Mandate.objects.get(pk=draft.pk), by=cast.chair, edit_version=3, **again)
    for who in ("coordinator", "deputy", "chair"):
        assert client_of(who).post(url, values()).status_code == 403, who
    assert client_of("executive").post(url, values()).status_code == 302, "checked by another"


@pytest.mark.parametrize(
    "allowed", [{"one_may_adopt_mandates": True}, {"setup_finished_at": None}], ids=str
)
def test_one_person_alone_where_that_is_allowed_and_it_is_told(client_of, draft, url, allowed):
    Municipality.objects.update(**allowed)
    assert client_of("coordinator").post(url, values()).status_code == 302
    assert '"alone":true' in Event.objects.filter(act="committees.mandate_approved")[0].facts
    assert "The same person had entered it" in client_of("chair").get(draft.get_absolute_url()).text


def test_saving_a_change_leads_to_no_approval_of_ones_own(client_of, cast, draft):
    url = reverse("mandate_edit", args=[draft.pk])
    client = client_of("chair")
    form = client.get(url).context["form"]
    sent = {"title": "Another title", "edit_version": "1", "approve": "1"}
    sent["clauses-TOTAL_FORMS"] = str(len(form.clauses.forms))
    for row in form.clauses.forms:
        for name in row.fields:
            value = row[name].value()
            sent[row.add_prefix(name)] = "" if value is None else str(value)
    answer = client.post(url, sent)
    assert answer.url == draft.get_absolute_url()
    assert "Somebody else must approve it" in client.get(answer.url).text


ASKED = "committees.mandate_approval_asked"


def test_the_chair_is_asked_by_mail_with_what_changed_and_once(client_of, cast, draft, url):
    Municipality.objects.update(setup_finished_at=timezone.now())
    page = client_of("coordinator").get(draft.get_absolute_url())
    asking = reverse("mandate_asking", args=[draft.pk])
    assert asking in page.text
    for _time in range(2):
        assert client_of("coordinator").post(asking).status_code == 302
    mail = OutboxMail.objects.get(kind=ASKED)
    assert mail.recipient == cast.chair.email and url in mail.body
    assert cast.coordinator.name in mail.body and "Waters the plants" in mail.body
    assert Event.objects.filter(act=ASKED).count() == 2
    shown = client_of("chair").get(url).text
    assert "Waters the plants" in shown and "disabled hidden" in shown


def test_where_the_chair_entered_it_others_are_asked_and_never_who_asks(client_of, cast, draft):
    Municipality.objects.update(setup_finished_at=timezone.now())
    Person.objects.filter(pk__in=[cast.chair.pk, cast.deputy.pk]).update(is_active=False)
    client_of("coordinator").post(reverse("mandate_asking", args=[draft.pk]))
    assert OutboxMail.objects.get(kind=ASKED).recipient == cast.executive.email


def test_only_who_arranges_the_committee_asks(client_of, draft):
    asking = reverse("mandate_asking", args=[draft.pk])
    for who in ("executive", "member", "employee"):
        assert client_of(who).post(asking).status_code in {403, 404}, who
    assert not OutboxMail.objects.filter(kind=ASKED).exists()
