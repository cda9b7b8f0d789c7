from __future__ import annotations

from django.urls import reverse

from kommissorium.committees.models import Committee

URL = "/committees/"


def test_a_member_sees_the_committee_with_its_state(client_of, cast, other):
    page = client_of("member").get(URL)
    assert page.status_code == 200
    names = [row.committee.name for row in page.context["committees"]]
    assert names == [cast.committee.name]
    (row,) = page.context["committees"]
    assert (row.seats, row.vacant, row.mandate) == (6, 0, cast.mandate)
    assert "All seats are filled" in page.text


def test_a_vacant_seat_is_counted(client_of, cast):
    cast.committee.seats.get(role="chair").holdings.all().delete()
    (row,) = client_of("member").get(URL).context["committees"]
    assert (row.seats, row.vacant) == (6, 1)


def test_those_who_follow_all_committees_see_all(client_of, other):
    for who in ("coordinator", "executive", "auditor"):
        assert len(client_of(who).get(URL).context["committees"]) == 2, who


def test_an_outsider_sees_no_committee_but_may_read_its_mandate(client_of, cast):
    page = client_of("employee").get(URL)
    assert page.context["committees"] == []
    assert "You have no seat in a committee" in page.text
    assert cast.mandate.get_absolute_url() in page.text
    assert cast.committee.get_absolute_url() not in page.text


def test_an_outsider_does_not_see_drafts(client_of, cast, draft):
    page = client_of("employee").get(URL)
    assert draft.get_absolute_url() not in page.text


def test_only_the_coordinator_sets_up_committees(client_of, cast):
    url = reverse("committee_add")
    for who in ("member", "chair", "executive", "auditor", "employee", "administrator"):
        assert client_of(who).get(url).status_code == 403, who
        assert client_of(who).post(url, {"name": "Mine"}).status_code == 403, who
    assert not Committee.objects.filter(name="Mine").exists()
    assert client_of("coordinator").get(url).status_code == 200


def test_a_committee_is_set_up(client_of, cast):
    answer = client_of("coordinator").post(reverse("committee_add"), {"name": "The data board"})
    made = Committee.objects.get(name="The data board")
    assert answer.status_code == 302
    assert answer.url == made.get_absolute_url()


def test_two_committees_never_share_a_name(client_of, cast):
    answer = client_of("coordinator").post(
        reverse("committee_add"), {"name": cast.committee.name.upper()}
    )
    assert answer.status_code == 400
    assert "The name is taken already. Choose another." in answer.context["form"].errors["name"]
    assert Committee.objects.count() == 1


def test_a_committee_needs_a_name(client_of, cast):
    answer = client_of("coordinator").post(reverse("committee_add"), {})
    assert answer.status_code == 400
    assert answer.context["form"].errors["name"]


def test_signing_in_comes_first(client_of):
    assert client_of("anonymous").get(URL).status_code == 302
