"""A new municipality: from the text of its mandate to the first agenda, by keyboard alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from kommissorium.config.tests.journeys.inspecting import faults
from kommissorium.config.tests.journeys.keyboard import Keyboard, code_of_app
from kommissorium.config.tests.program import run, running

PASSWORD = "en lang sætning til prøven"
MANDATE = """Kommissorium for informationssikkerhedsudvalget i Prøveby Kommune

Medlemmer
Formand: Direktør for stab
Sekretær: Informationssikkerhedskoordinator
Medlem: It-chef

Ansvar
Udvalget styrer arbejdet med informationssikkerhed i kommunen.

Opgaver
Udvalget godkender risikoniveauet.
Udvalget godkender hvert kvartal en status på informationssikkerheden.

Møder
Udvalget mødes fire gange om året.

Fast dagsorden
1. Godkendelse af referat fra sidste møde
2. Hændelser siden sidst
3. Eventuelt
"""


@pytest.fixture
def new_site(tmp_path):
    """A municipality nobody has signed in to, and the address at which the first person does."""
    folder = tmp_path / "data"
    told = run(
        *("init", "--data", folder, "--municipality", "Prøveby Kommune"),
        *("--name", "Ida Kvist", "--email", "ida@proeveby.example"),
    )
    invitation = re.search(r"http\S+/invitation/\S+", told)
    assert invitation, told
    with running("serve", folder) as program:
        yield program.address, urlsplit(invitation.group()).path


def test_from_the_text_to_the_first_agenda_by_keyboard(new_site, new_page):
    site, invitation = new_site
    page = new_page()
    keys = Keyboard(page)
    found: list[str] = []

    def looked_at() -> None:
        found.extend(faults(page))

    page.goto(site + invitation)
    looked_at()
    keys.write("password", PASSWORD)
    keys.write("repeated", PASSWORD)
    keys.submit()
    add_second_step(page, keys, looked_at)

    page.goto(f"{site}/setup/")
    page.wait_for_url("**/setup/municipality/")
    looked_at()
    keys.submit()
    page.wait_for_url("**/setup/mandate/")
    looked_at()
    read_and_approve(page, keys, looked_at)

    page.wait_for_url("**/setup/seats/")
    looked_at()
    assert page.locator("[name=form-1-name]").input_value() == "Ida Kvist"
    keys.write("form-0-name", "Mads Formand")
    keys.write("form-0-email", "mads@proeveby.example")
    keys.submit()
    page.wait_for_url("**/setup/rhythm/")
    looked_at()
    keys.write("place", "Rådhuset")
    keys.submit()
    page.wait_for_url("**/setup/dates/")
    looked_at()
    keys.press("main form[method=post] button.button-primary")
    page.wait_for_url("**/setup/wheel/")
    looked_at()
    keys.press("main form[method=post] button.button-primary")
    page.wait_for_url("**/setup/invitations/")
    looked_at()
    keys.submit()
    # Mail is not set up: the link can be handed over by hand.
    page.get_by_text("venter, til mail er sat op").wait_for()
    assert page.locator("form[action$='/invitation/link/']").count() == 1
    looked_at()
    keys.press("main a[href='/setup/end/']")
    page.wait_for_url("**/setup/end/")
    looked_at()
    keys.submit()
    assert urlsplit(page.url).path == "/"
    looked_at()
    assert found == [], "\n".join(found)
    assert_first_agenda(site, page)


def add_second_step(page, keys, looked_at) -> None:
    looked_at()
    if "/second-step/" not in page.url:
        page.goto(page.url)  # any page asks for the second step first
    keys.press("a[href$='/app/add/']")
    looked_at()
    keys.write("code", code_of_app(page.locator(".totp-secret").text_content()))
    keys.submit()
    assert "/app/add/" not in page.url, page.locator("main").inner_text()
    looked_at()


def read_and_approve(page, keys, looked_at) -> None:
    keys.write("text", MANDATE)
    keys.press("form:has(textarea[name=text]) button[type=submit]")
    page.get_by_text("Intet punkt er læst med tvivl").wait_for()
    looked_at()
    keys.write("adopted_by", "Direktionen")
    keys.press("button[name=approve]")


def assert_first_agenda(site, page) -> None:
    page.goto(f"{site}/meetings/")
    page.locator("main a[href^='/meetings/'][href$='/']").first.click()
    agenda = page.locator("main").inner_text()
    assert "Hændelser siden sidst" in agenda
    assert "Rådhuset" in agenda
    link = page.locator("main a[href$='/pack/pdf/']").first.get_attribute("href")
    pack = page.request.get(site + link)
    assert pack.status == 200
    assert pack.body().startswith(b"%PDF-")
