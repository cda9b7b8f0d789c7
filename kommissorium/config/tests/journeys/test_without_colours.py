"""Pages where the reader's system chooses the colours: borders say what fills said, dark is dark."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

WIDTH = "cell => getComputedStyle(cell).borderRightWidth"


def test_the_matrix_keeps_its_cells_and_the_line_of_the_level(
    signed_in_page: Callable[..., Page],
) -> None:
    page = signed_in_page("coordinator")
    page.goto(f"{page.url}risks/")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    at_the_line, inside = page.locator(".risk-line-right"), page.locator(".risk-green")
    assert at_the_line.first.evaluate(WIDTH) == "6px"
    assert inside.first.evaluate(WIDTH) == "1px"


def test_the_tabs_show_which_page_one_is_at(signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page("coordinator")
    page.goto(f"{page.url}risks/")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    colour = "tab => getComputedStyle(tab).borderBottomColor"
    here, other = page.locator(".tabs a[aria-current]"), page.locator(".tabs a:not([aria-current])")
    assert here.first.evaluate(colour) != other.first.evaluate(colour)


def test_who_wishes_it_dark_reads_it_dark_on_the_screen_alone(
    signed_in_page: Callable[..., Page],
) -> None:
    page = signed_in_page("coordinator")
    root = page.locator("html")
    for wish, media, turned in [
        ("light", "screen", "none"),
        ("dark", "screen", "invert(0.95) hue-rotate(180deg)"),
        ("dark", "print", "none"),
    ]:
        page.emulate_media(color_scheme=wish, media=media)
        assert root.evaluate("root => getComputedStyle(root).filter") == turned
