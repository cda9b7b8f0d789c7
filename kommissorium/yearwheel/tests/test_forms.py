"""Pasted addresses, several wheels, and what the forms leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions import accept_delegation, delegate
from kommissorium.yearwheel.forms import FinishForm
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, day

Browser = Callable[[str], Client]


def pasted(line: str) -> tuple[str, str, str, str]:
    form = FinishForm({"result": "no_fault", "links": f"\n {line} \n"})
    assert form.is_valid(), form.errors
    (one,) = form.evidence()
    return one.kind, one.url, one.object_kind, one.object_id


def test_a_page_of_the_program_is_kept_as_a_row(meeting: Meeting) -> None:
    path = meeting.get_absolute_url()
    row = ("row", path, "meetings.meeting", str(meeting.pk))
    assert pasted(path) == row
    assert pasted(f"{settings.SITE_URL}{path}") == row


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("https://eksempel.dk/a?b=c", "https://eksempel.dk/a?b=c"),
        ("/meetings/", f"{settings.SITE_URL}/meetings/"),
        ("/no/such/page/", "/no/such/page/"),
        ("//eksempel.dk/meetings/1/", "//eksempel.dk/meetings/1/"),
        ("http://[", "http://["),
        (f"{settings.SITE_URL}.eksempel.dk/", f"{settings.SITE_URL}.eksempel.dk/"),
    ],
)
def test_everything_else_is_a_link(line: str, url: str) -> None:
    assert pasted(line) == ("link", url, "", "")


def test_several_wheels_are_chosen_between_and_what_is_mine_is_listed(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    new = found_committee(name="Andet udvalg", by=cast.coordinator)
    handed = add(title="Overdraget").occurrences.get()
    delegation = delegate(handed, by=cast.head_of_it, to=cast.employee)
    browser = client_of("employee")
    page = browser.get(reverse("yearwheel"))
    assert [one.title for one in page.context["mine"]] == ["Overdraget"]
    assert page.context["committees"] == []
    accept_delegation(delegation, by=cast.employee)
    assert browser.get(reverse("yearwheel")).status_code == 302
    page = client_of("coordinator").get(reverse("yearwheel"))
    for committee in (new, cast.committee):
        assert reverse("wheel_year", args=[committee.pk, day(0).year]) in page.content.decode()


def test_saving_a_duty_unchanged_changes_no_date(cast: Cast, add: Add, client_of: Browser) -> None:
    for values in (
        {"months": 1, "due": day(-100)},
        {"rhythm": "once", "due": day(40)},
        {"rhythm": "meeting", "months": None, "due": None},
        {"rhythm": "event", "months": None, "due": None},
    ):
        duty = add(**values)
        before = list(duty.occurrences.values_list("nominal", "due"))
        url = reverse("duty_edit", args=[duty.pk])
        browser = client_of("chair")
        initial = browser.get(url).context["form"].initial
        sent = {name: value for name, value in initial.items() if value is not None}
        assert browser.post(url, sent).status_code == 302, values
        assert duty.cadences.count() == 1, values
        assert list(duty.occurrences.values_list("nominal", "due")) == before
    assert Duty.objects.count() == 4
    assert Occurrence.objects.count() == 2
