"""The standards: complete, in words of our own, on tags, on the duty's form, on default duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kommissorium.conftest import Cast
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.defaults import DEFAULTS
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Tag
from kommissorium.yearwheel.standards import STANDARDS, Standard, is_requirement, tags_of
from kommissorium.yearwheel.standards.default_requirements import CARRIED
from kommissorium.yearwheel.standards.iso27001 import INPUTS
from kommissorium.yearwheel.tests.conftest import Add, again, day

Browser = Callable[[str], Client]


@pytest.mark.parametrize(("code", "number"), [("iso27001", 36), ("iso27002", 93), ("nis2", 16)])
def test_every_number_is_there_once_with_a_title_of_its_own(code: str, number: int) -> None:
    rows = list(STANDARDS[code])
    assert len(rows) == number
    assert len({one.number for one in rows}) == len({str(one.title) for one in rows}) == number


def test_the_controls_run_without_a_hole() -> None:
    numbers = [one.number for one in STANDARDS["iso27002"]]
    last = {5: 37, 6: 8, 7: 14, 8: 34}
    assert numbers == [f"{part}.{one}" for part, end in last.items() for one in range(1, end + 1)]


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
def test_each_requirement_has_its_tag(db: None, standard: Standard) -> None:
    tags = Tag.objects.filter(standard=standard.code)
    assert {tag.number: tag.name for tag in tags} == {
        one.number: standard.tag_name(one.number) for one in standard
    }
    assert all(is_requirement(tag.name) and "," not in tag.name for tag in tags)


def test_every_default_carries_requirements_that_exist() -> None:
    assert set(CARRIED) == {default.key for default in DEFAULTS}
    for key in CARRIED:
        assert all(is_requirement(name) for name in tags_of(key)), key
    assert tags_of("clause:R99") == ()
    assert {given.number for given in INPUTS} == {f"9.3.2 {letter}" for letter in "adeg"}


def test_no_duty_carries_what_doing_it_does_not_meet() -> None:
    carried = {key: set(tags_of(key)) for key in CARRIED}

    def carriers(tag: str) -> set[str]:
        return {key for key, tags in carried.items() if tag in tags}

    # What a report, a calendar or a standing item only touches is the review's own.
    for letter in "abcdefg":
        assert carriers(f"ISO 27001 9.3.2 {letter}") == {"management_review"}
    assert not carriers("ISO 27002 8.13"), "a restore is planned with the year's tests"
    assert carriers("ISO 27002 8.8") == carriers("NIS 2 § 6 nr. 5") == {"vulnerabilities"}
    assert carriers("NIS 2 § 10") == {"nis2_registration"}
    # Nobody encrypts, signs in more strongly or reports an incident by going through a list.
    for number in ("§ 6 nr. 8", "§ 6 nr. 10", "§ 12", "§ 13", "§ 15"):
        assert not carriers(f"NIS 2 {number}")


def test_adopted_duties_carry_them_without_new_tags_for_requirements(cast: Cast) -> None:
    before = Tag.objects.exclude(standard="").count()
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    duty = Duty.objects.get(default_key="contacts")
    assert set(duty.tags.exclude(standard="").values_list("number", flat=True)) == {
        "5.3",
        "5.2",
        "5.5",
    }
    assert duty.tags.filter(standard="").exists()
    assert Tag.objects.exclude(standard="").count() == before


def form_of(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def test_they_are_chosen_on_the_form_and_told_on_the_duty(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    duty = add(tags=("vigtig", "ISO 27002 5.18"))
    browser, url = client_of("coordinator"), reverse("duty_edit", args=[duty.pk])
    values = form_of(browser.get(url))
    assert (values["tags"], values["requirements"]) == ("vigtig", ["ISO 27002 5.18"])
    values["requirements"] = ["ISO 27002 8.2", "NIS 2 § 6 nr. 9"]
    # By hand among the words is as good.
    values["tags"] = "vigtig, iso 27001 7.5.1"
    assert browser.post(url, values).status_code == 302
    names = set(again(duty).tags.values_list("name", flat=True))
    assert names == {"vigtig", "ISO 27002 8.2", "NIS 2 § 6 nr. 9", "ISO 27001 7.5.1"}
    page = browser.get(duty.get_absolute_url()).text
    for name in ("ISO 27002 8.2", "NIS 2 § 6 nr. 9", "ISO 27001 7.5.1"):
        assert f"<strong>{name}</strong>" in page


def test_a_number_that_is_not_there_is_refused_in_words(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    duty = add()
    browser, url = client_of("coordinator"), reverse("duty_edit", args=[duty.pk])
    values = {**form_of(browser.get(url)), "requirements": ["ISO 27002 9.99"]}
    page = browser.post(url, values)
    assert page.status_code == 400
    assert "requirements" in page.context["form"].errors
    assert not again(duty).tags.exists()


def test_the_form_folds_each_standard_and_says_what_is_chosen(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    duty = add(tags=("NIS 2 § 7 stk. 2",))
    page = client_of("coordinator").get(reverse("duty_edit", args=[duty.pk])).text
    picker = page[page.index("requirement-picker") :]
    assert picker.count("<details") == 3
    assert "§ 7 stk. 2</span></summary>" in picker
    assert picker.count('name="requirements"') == 36 + 93 + 16
    assert picker.count(" checked>") == 1


def test_two_who_change_the_numbers_see_both(cast: Cast, add: Add, client_of: Browser) -> None:
    duty = add(tags=("ISO 27002 5.18",))
    browser, url = client_of("coordinator"), reverse("duty_edit", args=[duty.pk])
    mine = form_of(browser.get(url))
    theirs = {**mine, "requirements": ["ISO 27002 8.2"]}
    assert client_of("chair").post(url, theirs).status_code == 302
    page = browser.post(url, {**mine, "requirements": ["ISO 27002 8.5"]})
    assert page.status_code == 409
    (difference,) = page.context["differences"]
    assert "8.5" in difference.mine
    assert "8.2" in difference.theirs


def test_the_list_of_the_year_keeps_to_the_words(cast: Cast, add: Add, client_of: Browser) -> None:
    add(tags=("vigtig", "ISO 27002 5.18"))
    url = reverse("wheel_year", args=[cast.committee.pk, day(20).year])
    page = client_of("member").get(url)
    (entry,) = (entry for month in page.context["months"] for entry in month.entries)
    assert entry.words == ["vigtig"]
    tag = Tag.objects.get(name="ISO 27002 5.18")
    narrowed = client_of("member").get(url, {"tag": tag.pk})
    assert narrowed.context["count"] == 1
