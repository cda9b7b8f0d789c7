"""The coordinator goes through the statement of applicability, and the committee approves it.

The program runs in this process on a database of its own, so that weeks can pass.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page

from kommissorium.config.tests.journeys.inspecting import faults, too_high
from kommissorium.config.tests.journeys.keyboard import Keyboard
from kommissorium.config.tests.journeys.test_risks import Walk, words_of
from kommissorium.config.tests.registers.cycle_cases import through_a_meeting
from kommissorium.conftest import Cast, plan, time_is
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.policies.tests.cases import approved

EXCLUDED, SHOWN = "8.30", "5.15"
WHY_NOT = "Ingen udvikler for os."
HOW = "Retningslinjen siger, hvem der får adgang."


@pytest.fixture
def town(committing: Cast) -> Cast:
    """A municipality with a guideline in force that is tagged with a control."""
    approved(committing)
    return committing


def begin(cast: Cast, walk: Walk, page: Page) -> None:
    """List the controls, and mark all at once as applying, without the mouse."""
    keys = Keyboard(page)
    walk.open(page, reverse("controls"))
    keys.press(f"main form[action='{reverse('controls_begin')}'] button")
    walk.faults += [*faults(page), *too_high(page, page.url)]
    keys.press(f"main a[href^='{reverse('controls_decide')}']")
    keys.go_to("[name=applies]")
    page.keyboard.press("ArrowDown")
    keys.submit()
    assert page.input_value("[name=applies]") == "yes"
    assert page.locator(".form-error-message").count() == 1  # of the reason
    walk.faults += faults(page)
    keys.write("because", "Risikovurderingen kræver det.")
    page.select_option("[name=owner]", str(cast.system_owner.pk))
    keys.submit()
    assert not Control.objects.filter(applies="").exists()


def exclude(walk: Walk, page: Page) -> Control:
    """Mark one as not applying, with the reason: with the keyboard alone."""
    keys, found = Keyboard(page), Control.objects.get(number=EXCLUDED)
    walk.open(page, found.get_absolute_url())
    keys.press(f"main a[href='{reverse('control_change', args=[found.pk])}']")
    walk.faults += faults(page)
    keys.go_to("[name=applies]")
    page.keyboard.press("ArrowDown")
    keys.write("because", WHY_NOT)
    keys.submit()
    assert WHY_NOT in page.inner_text("main")
    walk.faults += faults(page)
    return found


def show(walk: Walk, page: Page) -> None:
    """Describe how another is met and its evidence; the program gives its state."""
    found = Control.objects.get(number=SHOWN)
    walk.open(page, found.get_absolute_url())
    assert "Delvist" in page.inner_text("main")  # the guideline is tagged with it
    other = Control.objects.get(number="5.16")
    walk.open(page, reverse("control_change", args=[other.pk]))
    page.fill("[name=how]", HOW)
    page.locator("summary", has_text="Politikker").click()
    page.locator("input[name=links]").first.check()
    walk.submit(page)
    told = page.inner_text("main")
    assert "Retningslinje for adgang" in told
    assert "Delvist" in told


def test_the_statement_is_gone_through_decided_on_and_frozen(
    town: Cast, live_server, new_page: Callable[..., Page]
) -> None:
    cast, walk = town, Walk(live_server.url, new_page)
    meeting = plan(cast)
    page = walk.as_("coordinator")
    begin(cast, walk, page)
    excluded = exclude(walk, page)
    show(walk, page)
    walk.open(page, reverse("controls"))
    walk.press(page, f"form[action='{reverse('soa_new')}'] button")
    draft = SoaVersion.objects.get()
    walk.press(page, f"main a[href='{reverse('proposal', args=[KIND.slug, draft.pk])}']")
    walk.submit(page)
    page.close()
    through_a_meeting(cast, meeting, {KIND.kind: "approved"})
    with time_is(meeting.starts_at + timedelta(days=2)):
        page = walk.as_("coordinator")
        Control.objects.filter(pk=excluded.pk).update(because="Skrevet bagefter.")
        walk.open(page, reverse("controls"))
        assert "version 1 Gælder" in " ".join(page.inner_text("main").split())
        walk.press(page, f"main a[href='{draft.get_absolute_url()}']")
        for path in (reverse("soa_workbook", args=[draft.pk]), reverse("controls_file")):
            book = load_workbook(io.BytesIO(page.request.get(walk.site + path).body()))
            assert book.worksheets[0].max_row == 94
        pdf = reverse("proposal_file", args=[KIND.slug, draft.pk])
        frozen = words_of(page, walk.site, pdf)
        assert WHY_NOT in frozen
        assert "Skrevet bagefter" not in frozen
        assert words_of(page, walk.site, pdf) == frozen
        narrow = walk.as_("auditor")
        narrow.set_viewport_size({"width": 375, "height": 800})
        for one in (reverse("controls"), excluded.get_absolute_url(), draft.get_absolute_url()):
            walk.open(narrow, one)
            walk.faults += too_high(narrow, one)
    assert walk.faults == []
