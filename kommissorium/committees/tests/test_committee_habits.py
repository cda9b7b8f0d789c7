from __future__ import annotations

import pytest
from django.urls import reverse

from kommissorium.committees.models import Committee

VALUES = {
    "name": "The committee",
    "weekday": "1",
    "start_time": "09:30",
    "minutes": "150",
    "place": "Room 2",
    "link": "",
    "avoided_weeks": "7 - 8,28–32 , 42",
    "call_days": "4",
    "review_days": "7",
    "edit_version": "1",
}


@pytest.fixture
def url(cast):
    return reverse("committee_habits", args=[cast.committee.pk])


def test_who_may_change_habits(client_of, url):
    for who, status in [("employee", 404), ("member", 403), ("dpo", 403), ("auditor", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, VALUES).status_code == status, who
    for who in ("coordinator", "chair", "deputy"):
        assert client_of(who).get(url).status_code == 200, who


def test_habits_are_saved_and_weeks_tidied(client_of, cast, url):
    answer = client_of("chair").post(url, VALUES)
    assert answer.status_code == 302
    saved = Committee.objects.get(pk=cast.committee.pk)
    assert (saved.name, saved.weekday, saved.minutes) == ("The committee", 1, 150)
    assert saved.avoided_weeks == "7-8, 28-32, 42"
    assert saved.edit_version == 2
    page = client_of("member").get(saved.get_absolute_url())
    sentence = "on Tuesdays at 09:30 for 2 hours and 30 minutes. The meeting place is Room 2."
    assert sentence in page.context["habits"]


def test_how_meetings_are_called_is_saved_and_told_in_the_history(client_of, cast, url):
    told = {"call_days": "6", "review_days": "10", "email": "udvalg@tryllerup.example"}
    sent = {**VALUES, **told, "quorum": "4", "invites_when_planned": "on"}
    assert client_of("chair").post(url, sent).status_code == 302
    saved = Committee.objects.get(pk=cast.committee.pk)
    assert (saved.call_days, saved.review_days, saved.quorum) == (6, 10, 4)
    assert (saved.email, saved.invites_when_planned) == ("udvalg@tryllerup.example", True)
    history = client_of("chair").get(reverse("committee_history", args=[saved.pk]))
    (line, *_rest) = [one.text for one in history.context["entries"]]
    for words in ("6 working days before", "comments for 10 days", "quorum is 4"):
        assert words in line


def test_an_empty_quorum_is_not_laid_down(client_of, cast, url):
    assert client_of("chair").post(url, {**VALUES, "quorum": ""}).status_code == 302
    assert Committee.objects.get(pk=cast.committee.pk).quorum is None
    history = client_of("chair").get(reverse("committee_history", args=[cast.committee.pk]))
    assert "No quorum is laid down" in history.context["entries"][0].text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("call_days", "0"),
        ("call_days", "31"),
        ("review_days", "0"),
        ("review_days", "61"),
        ("quorum", "0"),
        ("email", "no address"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_the_field(client_of, cast, url, name, value):
    answer = client_of("chair").post(url, {**VALUES, name: value})
    assert answer.status_code == 400
    assert answer.context["form"].errors[name]
    assert Committee.objects.get(pk=cast.committee.pk).edit_version == 1


@pytest.mark.parametrize("weeks", ["60", "0", "8-7", "summer", "1-54", "7-8-9", "-3"])
def test_weeks_that_are_none_are_refused_with_a_sentence(client_of, cast, url, weeks):
    answer = client_of("chair").post(url, {**VALUES, "avoided_weeks": weeks})
    assert answer.status_code == 400
    (error,) = answer.context["form"].errors["avoided_weeks"]
    assert weeks in error
    assert "7-8, 28-32, 42" in error
    assert Committee.objects.get(pk=cast.committee.pk).edit_version == 1


def test_no_weeks_at_all_are_fine(client_of, cast, url):
    assert client_of("chair").post(url, {**VALUES, "avoided_weeks": ""}).status_code == 302
    assert Committee.objects.get(pk=cast.committee.pk).avoided_weeks == ""


def test_a_name_in_use_is_refused_beside_the_field(client_of, other, url):
    answer = client_of("chair").post(url, {**VALUES, "name": other.name})
    assert answer.status_code == 400
    assert answer.context["form"].errors["name"]


def test_a_link_must_be_an_address(client_of, url):
    answer = client_of("chair").post(url, {**VALUES, "link": "javascript:alert(1)"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["link"]


def test_two_people_never_overwrite_each_other(client_of, cast, url):
    assert client_of("chair").post(url, {**VALUES, "place": "Room 1"}).status_code == 302
    second = client_of("coordinator").post(url, {**VALUES, "place": "Room 9"})
    assert second.status_code == 409
    assert "Room 1" in second.text
    assert "Room 9" in second.text
    assert Committee.objects.get(pk=cast.committee.pk).place == "Room 1"
    again = client_of("coordinator").post(
        url,
        {
            **VALUES,
            "place": "Room 9",
            "edit_version": second.context["form"]["edit_version"].value(),
        },
    )
    assert again.status_code == 302
    assert Committee.objects.get(pk=cast.committee.pk).place == "Room 9"
