"""An employee reports on a phone, the coordinator triages, and the chair sees the deadline."""

from __future__ import annotations

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import assert_good

WHAT = "Jeg sendte et regneark med elever til en forkert adresse."


def test_from_a_phone_to_the_chair(signed_in_page, site):
    phone = signed_in_page("employee", NARROW)
    phone.click("text=Menu")
    phone.click("nav >> text=Hændelser")
    assert_good(phone)
    phone.click("button:has-text('Indberet')")
    assert "Skriv, hvad der skete." in phone.locator("main").inner_text()
    phone.fill("textarea[name=what]", WHAT)
    phone.check("input[name=personal_data][value=yes]")
    phone.click("button:has-text('Indberet')")
    assert "/incidents/reports/" in phone.url
    assert_good(phone)
    work = signed_in_page("coordinator", NARROW)
    work.goto(f"{site}/incidents/?q=regneark+elever+forkert")
    assert_good(work)
    work.click("tbody th a")
    work.click("a:has-text('Vurdering')")
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
    work.click("button:has-text('Gem')")
    assert_good(work)
    case = work.url
    for width in (WIDE, NARROW):
        chair = signed_in_page("chair", width)
        chair.goto(case)
        said = chair.locator("#clocks").inner_text()
        assert "71 t. 5" in said and "23 t. 5" in said
        assert_good(chair)
    chair.click("a:has-text('Anmeldelse af brud')")
    assert_good(chair)
