"""The additions of scripts to pages: tried in Chromium, under the strict content policy.

No server runs: the browser's requests are answered here, with pages rendered beforehand.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils.csp import build_policy
from playwright.sync_api import Page, Route, sync_playwright

from kommissorium.core.tests import browser as chromium
from kommissorium.core.tests.ui.pages import MeetingForm

STATIC = Path(__file__).resolve().parents[2] / "static"
ORIGIN = "http://pages.example"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
}
WORD = """<html><head><style>p{color:red}</style></head><body>
<h1 style='margin:0'>Background</h1>
<p class=MsoNormal style='color:red'>A <b>bold</b> <span style="font-style:italic">word</span><img src=x></p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>One</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Under</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>First</p>
<p><a href="javascript:alert(1)">bad</a> <a href="https://example.dk/">good</a></p>
</body></html>"""
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const paste = { clipboardData: data, bubbles: true, cancelable: true };
  document.querySelector(".editor-text").dispatchEvent(new ClipboardEvent("paste", paste));
}"""
LIST = """{% extends "base.html" %}{% load ui %}{% block title %}Order{% endblock %}{% block content %}
{% sortable "/order/" %}{% for id in "123" %}<li data-id="{{ id }}" data-title="Point {{ id }}">
<div class="sortable-body">Point {{ id }}</div>{% move_buttons "/up/" "/down/" id %}</li>{% endfor %}
{% endsortable %}{% endblock %}"""
FINAL = """{% extends "base.html" %}{% block title %}Final{% endblock %}{% block content %}
<form method="post">{% include "ui/no_enter.html" %}<label>Why<input name="why"></label>
<button class="button" type="submit">Decide</button></form>{% endblock %}"""

LEFT = "/account/sign-in/left/"
SIGNED_IN = {
    "seconds": 200,
    "whose": "a",
    "token": "renewed",
    "sign_in_at": "/account/login/",
    **{word: word.upper() for word in ("soon", "stay", "ended", "sign_in", "kept", "again")},
}

pytestmark = pytest.mark.journey


class Site:
    """Answers the browser, and remembers what it was sent."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.posted: list[tuple[str, list[tuple[str, str]]]] = []
        self.order_status = 204
        self.left: dict[str, object] | None = (
            None  # of the sign-in; {}: nobody answers; None: it has ended
        )

    def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.posted.append((path, parse_qsl(route.request.post_data or "")))
            status = self.order_status if path == "/order/" else 200
            route.fulfill(status=status, body="" if status == 204 else "sent")
        elif path == LEFT:
            if self.left is None:
                route.fulfill(status=302, headers={"Location": "/account/login/"})
            else:
                route.fulfill(status=200 if self.left else 404, json=self.left)
        elif path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            body = file.read_bytes() if file.is_file() else b""
            kind = TYPES.get(file.suffix, "application/octet-stream")
            route.fulfill(status=200 if body else 404, body=body, content_type=kind)
        else:
            policy = {"Content-Security-Policy": build_policy(settings.SECURE_CSP)}
            route.fulfill(body=self.pages[path], headers={**policy, "Content-Type": "text/html"})


def rendered(template: str, **context: object) -> str:
    return engines["django"].get_template(template).render(context, RequestFactory().get("/"))


@pytest.fixture
def site():
    typed = MeetingForm({"title": "", "text": "<p>Kept</p>"})
    fresh = MeetingForm(initial={"title": "Old", "text": "<p>Kept</p>"})
    order, final = (
        engines["django"].from_string(page).render({}, RequestFactory().get("/"))
        for page in (LIST, FINAL)
    )
    return Site(
        {
            "/form/": rendered("ui/form_page.html", form=fresh, title="Form"),
            "/wrong/": rendered("ui/form_page.html", form=typed, title="Form"),
            "/list/": order,
            "/final/": final,
            "/secret/": rendered("ui/form_page.html", form=fresh, title="Secret").replace(
                "</head>", f'<meta name="sign-in" content="{LEFT}"></head>'
            ),
        }
    )


@pytest.fixture(scope="module")
def browser():
    program = chromium.program()
    if not program or not (STATIC / "vendor/app.js").exists():
        pytest.skip("needs Chromium and what `npm run build` makes")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(site, browser):
    """A page of the site. At the end its console has reported nothing, policy breaches included."""
    faults: list[str] = []
    opened = browser.new_page()
    opened.route(f"{ORIGIN}/**", site.answer)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


def text_of(page: Page) -> str:
    return page.locator("textarea[data-rich]").input_value()


@pytest.fixture
def editor(page):
    """The form's editor, opened and empty."""
    page.goto(f"{ORIGIN}/form/")
    page.click(".editor-text")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return page


def test_what_is_written_reaches_the_text_area(editor):
    editor.keyboard.type("Hej ")
    editor.keyboard.press("Control+b")
    editor.keyboard.type("æøå")
    assert text_of(editor) == "<p>Hej <strong>æøå</strong></p>"


def test_an_emptied_text_is_empty(editor):
    assert text_of(editor) == ""


def test_a_page_out_of_word_is_brought_to_our_set(editor):
    editor.evaluate(PASTE, WORD)
    text = text_of(editor)
    assert "<strong>bold</strong> <em>word</em>" in text
    assert "<ul><li><p>One</p><ul><li><p>Under</p></li></ul></li><li><p>Two</p></li></ul>" in text
    assert "<ol><li><p>First</p></li></ol>" in text
    assert '<a href="https://example.dk/">good</a>' in text
    for trash in ("style", "img", "javascript", "Mso", "h1", "·"):
        assert trash not in text


def test_a_link_is_asked_for_and_a_bad_address_refused(editor):
    editor.click("[data-name=link]")
    editor.keyboard.type("javascript:alert(1)")
    editor.keyboard.press("Enter")
    assert editor.locator(".editor-link .form-error-message").inner_text() != ""
    editor.locator(".editor-link input").fill("example.dk")
    editor.keyboard.press("Enter")
    assert text_of(editor) == '<p><a href="https://example.dk">example.dk</a></p>'


def test_the_toolbar_is_one_stop_and_walked_by_arrows(editor):
    editor.keyboard.press("Alt+F10")
    assert editor.evaluate("document.activeElement.dataset.name") == "bold"
    editor.keyboard.press("ArrowRight")
    assert editor.evaluate("document.activeElement.dataset.name") == "italic"
    assert editor.locator(".editor-toolbar button[tabindex='0']").count() == 1


def test_a_table_does_not_catch_the_keyboard(editor):
    editor.click("[data-name=table]")
    editor.keyboard.type("Head")
    for _cell in range(9):
        editor.keyboard.press("Tab")
    assert not editor.evaluate("document.activeElement.classList.contains('editor-text')")
    assert text_of(editor).count("<tr>") == 3


def test_leaving_what_was_changed_is_asked_about_and_sending_is_not(page, site):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{ORIGIN}/form/")
    page.fill("[name=title]", "New")
    page.goto(f"{ORIGIN}/list/")
    page.goto(f"{ORIGIN}/form/")
    page.fill("[name=title]", "New")
    page.click("button[type=submit] >> text=Save")
    page.wait_for_url(f"{ORIGIN}/form/")
    assert asked == ["beforeunload"]
    assert ("title", "New") in site.posted[0][1]


def test_a_double_press_sends_once(page, site):
    page.goto(f"{ORIGIN}/form/")
    page.evaluate(
        "() => { const b = document.querySelector('.form-buttons button'); b.click(); b.click(); }"
    )
    page.locator("text=sent").wait_for()
    assert len(site.posted) == 1


def test_the_sum_of_errors_has_the_focus_and_leads_to_the_field(page):
    page.goto(f"{ORIGIN}/wrong/")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.click(".error-list a")
    assert page.evaluate("document.activeElement.id") == "id_title"


def drag_first_below_second(page: Page) -> None:
    handles = page.locator(".drag-handle")
    start, end = handles.nth(0).bounding_box(), handles.nth(1).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, end["y"] + end["height"], steps=8)
    page.mouse.up()
    page.locator(".sortable-said:not(:empty)").wait_for()


def order_of(page: Page) -> list[str | None]:
    return [line.get_attribute("data-id") for line in page.locator(".sortable > li").all()]


def test_a_dragged_line_stays_where_it_was_dropped_and_the_order_is_sent(page, site):
    page.goto(f"{ORIGIN}/list/")
    drag_first_below_second(page)
    assert order_of(page) == ["2", "1", "3"]
    assert site.posted == [("/order/", [("order", "2"), ("order", "1"), ("order", "3")])]
    assert page.inner_text(".sortable-said") == "Point 1 is now number 2 of 3."


def test_an_order_that_was_refused_is_put_back(page, site):
    site.order_status = 400
    page.goto(f"{ORIGIN}/list/")
    drag_first_below_second(page)
    assert order_of(page) == ["1", "2", "3"]
    assert "could not be moved" in page.inner_text(".sortable-said")


def test_enter_does_not_send_what_cannot_be_undone(page, site):
    page.goto(f"{ORIGIN}/final/")
    page.fill("[name=why]", "Now")
    page.press("[name=why]", "Enter")
    page.wait_for_timeout(100)
    assert site.posted == []
    page.click("button.button[type=submit]")
    assert site.posted == [("/final/", [("why", "Now")])]


@pytest.fixture
def secret(page, site):
    """A page of somebody signed in for 200 seconds more."""
    site.left = SIGNED_IN
    page.clock.install()
    page.goto(f"{ORIGIN}/secret/")
    with page.expect_response(f"{ORIGIN}{LEFT}"):
        pass_until_asked(page)
    page.wait_for_timeout(200)  # it reads the answer
    return page


def pass_until_asked(page):
    """Let time pass until the page has asked how long the sign-in lasts."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    for _ten_seconds in range(30):
        page.clock.run_for(10_000)
        if LEFT in asked:
            return
    pytest.fail("the page does not ask")


def test_a_page_leaves_the_screen_when_the_sign_in_has_ended(secret, site):
    site.left = None
    pass_until_asked(secret)
    secret.wait_for_selector("h1 >> text=ENDED")
    assert "Secret" not in secret.content().partition("<body")[2]
    assert secret.title() == "ENDED"
    assert secret.locator("a").get_attribute("href") == "/account/login/?next=%2Fsecret%2F"
    assert secret.get_by_text("AGAIN").count() == 0


def test_it_leaves_by_its_own_clock_where_nobody_answers(secret, site):
    site.left = {}
    secret.clock.run_for(150_000)
    assert secret.get_by_text("Secret").count() > 0
    secret.clock.run_for(70_000)
    secret.wait_for_selector("h1 >> text=ENDED")


def test_two_minutes_before_one_is_told_and_can_stay(secret, site):
    site.left = SIGNED_IN | {"seconds": 110}
    pass_until_asked(secret)
    assert secret.wait_for_selector(".sign-in-ends[role=alert]").inner_text().startswith("SOON")
    site.left = SIGNED_IN | {"seconds": 1800}
    with secret.expect_response(f"{ORIGIN}{LEFT}?stay=1"):
        secret.get_by_text("STAY").click()
    secret.wait_for_selector(".sign-in-ends", state="detached")


def test_what_was_typed_comes_back_with_the_same_person(secret, site):
    secret.fill("[name=title]", "Half a sentence")
    site.left = None
    pass_until_asked(secret)
    secret.wait_for_selector("h1 >> text=ENDED")
    assert "Half a sentence" not in secret.content()
    site.left = SIGNED_IN | {"whose": "b"}
    with secret.expect_response(f"{ORIGIN}{LEFT}"):
        secret.get_by_text("AGAIN").click()
    assert secret.locator("[name=title]").count() == 0
    site.left = SIGNED_IN
    secret.get_by_text("AGAIN").click()
    secret.wait_for_selector("[name=title]")
    assert secret.locator("[name=title]").input_value() == "Half a sentence"
    assert secret.locator("[name=csrfmiddlewaretoken]").first.input_value() == "renewed"
