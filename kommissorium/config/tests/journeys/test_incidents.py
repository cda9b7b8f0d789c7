"""An employee reports on a phone, the coordinator triages, and the chair sees the deadline."""

from __future__ import annotations

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import assert_good

WHAT = "Jeg sendte et regneark med elever til en forkert adresse."


def press(page, selector):
    """Press it, and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(selector)


def test_from_a_phone_to_the_chair(signed_in_page, site):
    phone = signed_in_page("employee", NARROW)
    phone.locator("summary.menu-button").click()
    assert phone.locator("nav.frame-navigation a:has-text('Hændelser')").is_visible()
    press(phone, "main a:has-text('Indberet en hændelse')")
    assert_good(phone)
    press(phone, "button:has-text('Indberet')")
    assert "Skriv, hvad der skete." in phone.locator("main").inner_text()
    phone.fill("textarea[name=what]", WHAT)
    phone.check("input[name=personal_data][value=yes]")
    press(phone, "button:has-text('Indberet')")
    assert "/incidents/reports/" in phone.url
    assert_good(phone)
    work = signed_in_page("coordinator", NARROW)
    work.goto(f"{site}/incidents/?q=regneark+elever+forkert")
    assert_good(work)
    press(work, "tbody th a")
    press(work, "a:has-text('Vurdering')")
    assert_good(work)
    work.fill("input[name=title]", "Regneark med elever sendt forkert")
    for name, value in {
        "nature": "incident",
        "type": "misdirected",
        "severity": "3",
        "is_attack": "no",
        "is_breach": "yes",
        "is_significant": "yes",
        "plan_activated": "no",
    }.items():
        work.select_option(f"select[name={name}]", value)
    work.check("input[name=hits_confidentiality]", force=True)
    work.fill("textarea[name=aware_because]", "Medarbejderen indberettede det.")
    press(work, "button:has-text('Gem')")
    assert_good(work)
    case = work.url
    for width in (WIDE, NARROW):
        chair = signed_in_page("chair", width)
        chair.goto(case)
        said = chair.locator("#clocks").inner_text()
        assert "71 t. 5" in said and "23 t. 5" in said
        assert_good(chair)
    press(chair, "a:has-text('Anmeldelse af brud')")
    assert_good(chair)


def test_what_comes_of_an_evaluation_is_said_on_its_page(signed_in_page, site):
    for width in (NARROW, WIDE):
        work = signed_in_page("coordinator", width)
        work.goto(f"{site}/incidents/?state=closed&severity=2")
        press(work, "tbody th a")
        assert_good(work)
        press(work, "#evaluation a[href*='/evaluations/']")
        assert_good(work)
        press(work, "a:has-text('Tilføj, hvad den skal føre til')")
        assert_good(work)
        work.select_option("select[name=kind]", "rule")
        work.fill("input[name=title]", f"Ret reglerne for mail ({width})")
        work.fill("input[name=due]", "2999-01-01")
        press(work, "main button:has-text('Gem')")
        assert "Vælg en person." in work.locator("main").inner_text()
        assert_good(work)
        work.select_option("select[name=owner]", index=1)
        press(work, "main button:has-text('Gem')")
        assert f"mail ({width})" in work.locator("#lessons").inner_text()
        assert_good(work)
