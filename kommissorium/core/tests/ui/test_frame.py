"""The frame of every page, and forms sent through it."""

from __future__ import annotations

import re

import pytest

GOOD = {"title": "x", "text": "<p>Mine</p>", "edit_version": "3"}


@pytest.fixture
def page(client):
    return client.get("/edit/").content.decode()


def test_the_title_is_said_in_the_tab_and_over_the_page(page):
    assert "<title>New meeting – Kommissorium</title>" in page
    assert "<h1>New meeting</h1>" in page


def test_a_page_says_its_language(page):
    assert '<html lang="en">' in page


def test_the_first_link_skips_to_the_content(page):
    first = re.search(r"<a [^>]*>", page).group()
    assert 'href="#main-content"' in first
    assert 'id="main-content"' in page


def test_the_side_menu_marks_where_one_is(page):
    assert re.search(r'href="/meetings/" aria-current="page"', page)


def test_the_path_to_the_page_ends_with_the_page(page):
    assert 'aria-label="You are here"' in page
    assert '<span aria-current="page">New</span>' in page


def test_there_is_one_primary_button(page):
    assert page.count("button-primary") == 1


def test_addresses_that_do_not_exist_yet_leave_their_links_out(page):
    assert "My account" not in page
    assert "Sign out" not in page


def test_nothing_says_demonstration_outside_one(client, page):
    assert "Demonstration" not in page
    assert "Demonstration" in client.get("/edit/?demo=1").content.decode()


def test_scripts_find_the_token(page):
    assert re.search(r'<meta name="csrf-token" content="\w{64}">', page)


def test_a_form_not_accepted_comes_back_as_400_with_what_was_typed(client):
    response = client.post("/edit/", {"title": "x" * 81, "on": "yesterday"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "x" * 81 in html
    assert "yesterday" in html
    assert "error-summary" in html


def test_a_refusal_stands_in_the_form(client):
    response = client.post("/edit/", GOOD)
    assert response.status_code == 400
    assert "The meeting is over." in response.content.decode()
    assert "There is one already." in response.content.decode()


def test_who_comes_second_sees_both_versions_and_can_save_on_top(client):
    response = client.post("/edit/", {**GOOD, "title": "overtaken"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody&#x27;s title" in html
    assert 'value="overtaken"' in html
    assert 'name="edit_version" value="9"' in html
    assert "&lt;p&gt;Mine&lt;/p&gt;" in html


def test_what_is_alike_in_both_versions_is_not_compared(client):
    html = client.post("/edit/", {**GOOD, "title": "overtaken"}).content.decode()
    assert html.count('<th scope="row">') == 1
