"""The tabs above the pages of a register: few in a line, the seldom ones under "More"."""

from __future__ import annotations


def test_what_is_seldom_used_lies_in_a_menu_that_needs_no_script(client_of):
    html = client_of("coordinator").get("/risks/").content.decode()
    line, _, more = html.partition('<details class="tabs-more"')
    assert "/risks/plan/" in line.partition('class="tabs-line')[2]
    assert "/risks/limits/" in more.partition("</details>")[0]


def test_the_menu_shows_that_one_is_in_it(client_of):
    html = client_of("coordinator").get("/risks/limits/").content.decode()
    menu = html.partition('<details class="tabs-more"')[2].partition("</details>")[0]
    assert 'class="tabs-here"' in menu
    assert menu.count('aria-current="page"') == 1


def test_nobody_gets_an_empty_menu(client_of):
    html = client_of("member").get("/risks/").content.decode()
    assert 'class="tabs-line' in html
    assert ("tabs-more" in html) == ("/risks/scales/" in html)
