"""The pieces of pages, each as it is rendered."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.utils import translation

from kommissorium.core.ui.forms import FEW, FilterForm, choice_field, words_field


def shown(source: str, request=None, **context: object) -> str:
    template = engines["django"].from_string("{% load ui %}" + source)
    return re.sub(r"\s+", " ", template.render(context, request)).strip()


def paged(get, number: int, pages: int, query: str = "") -> str:
    page = Paginator(range(pages * 10), 10).get_page(number)
    return shown("{% pagination page %}", get(f"/{query}"), page=page)


@pytest.mark.parametrize("tone", ["info", "success", "warning", "error"])
def test_a_notice_has_mark_heading_and_text(tone):
    html = shown("{% notice tone title %}Say <b>so</b>.{% endnotice %}", tone=tone, title="A & B")
    assert f"alert-{tone}" in html
    assert '<h2 class="alert-heading">A &amp; B</h2>' in html
    assert "Say <b>so</b>." in html
    assert "<svg" in html


def test_content_inside_a_block_is_escaped_once():
    html = shown("{% card 'T' %}{{ name }}{% endcard %}", name="<i>A & B</i>")
    assert "&lt;i&gt;A &amp; B&lt;/i&gt;" in html


def test_the_level_of_a_heading_can_be_set():
    assert '<h3 class="card-heading">T</h3>' in shown("{% card 'T' level=3 %}x{% endcard %}")


@pytest.mark.parametrize(
    ("tone", "marked"),
    [("neutral", False), ("info", False), ("success", True), ("warning", True), ("error", True)],
)
def test_a_state_is_told_in_words_and_the_strong_ones_by_a_mark_too(tone, marked):
    html = shown("{% badge 'Held' tone %}", tone=tone)
    assert "Held" in html
    assert ("<svg" in html) == marked


def test_an_icon_is_hidden_from_screen_readers():
    html = shown("{% icon 'menu' %}")
    assert 'aria-hidden="true"' in html
    assert "vendor/icons.svg#menu" in html


class Narrowed(FilterForm):
    words = words_field("Words")
    kind = choice_field("Kind", [("", "All"), ("a", "A")])


@pytest.mark.parametrize(
    ("query", "number", "is_folded"),
    [
        ("", FEW, True),
        ("", FEW + 1, False),
        ("", 0, False),
        ("kind=a", 1, False),
        ("kind=nonsense", 1, True),
        ("sort=name", 1, True),
    ],
)
def test_what_narrows_a_list_is_folded_where_few_rows_are_found_without_it(
    get, query, number, is_folded
):
    request = get(f"/?{query}")
    source = "{% filters form number %}<input name=view>{% endfilters %}"
    html = shown(source, request, form=Narrowed(request.GET), number=number)
    assert ("<details" in html) == is_folded
    assert ("Show all" in html) == (query == "kind=a")
    assert "<input name=view>" in html
    assert ('name="sort" value="name"' in html) == (query == "sort=name")
    assert html.count("form-group-search") == 1


def test_a_list_narrowed_by_a_hidden_field_shows_what_narrows_it_and_the_way_back(get):
    source = (
        "{% filters form 3 also=True all_url='/all/' all_label='All of them' %}{% endfilters %}"
    )
    html = shown(source, get("/"), form=Narrowed({}))
    assert "<details" not in html
    assert '<a href="/all/">All of them</a>' in html


def test_a_table_has_a_caption_even_where_it_is_hidden():
    html = shown("{% table 'Meetings' hide_caption=True %}<tbody></tbody>{% endtable %}")
    assert '<caption class="sr-only">Meetings</caption>' in html
    assert 'data-scroll="Meetings"' in html


def test_a_column_not_sorted_by_asks_for_itself_and_for_the_first_page(get):
    html = shown("{% sort_header 'name' 'Name' %}", get("/?page=3&q=x"))
    assert 'href="?q=x&amp;sort=name"' in html
    assert "data-sorted" not in html


def test_a_column_sorted_by_turns_round(get):
    html = shown("{% sort_header 'name' 'Name' %}", get("/?sort=name"))
    assert 'href="?sort=-name"' in html
    assert 'data-sorted="ascending"' in html
    assert "sorted ascending" in html


def test_a_list_sorted_by_default_says_so(get):
    html = shown("{% sort_header 'name' 'Name' '-name' %}", get("/"))
    assert 'data-sorted="descending"' in html
    assert 'href="?sort=name"' in html


def test_one_page_needs_no_way_to_others(get):
    assert paged(get, 1, 1) == ""


def test_the_first_page_has_no_previous_and_the_last_no_next(get):
    first, last = paged(get, 1, 3), paged(get, 3, 3)
    assert ("Previous page" in first, "Next page" in first) == (False, True)
    assert ("Previous page" in last, "Next page" in last) == (True, False)


def test_the_page_shown_is_marked_and_the_query_kept(get):
    html = paged(get, 2, 3, "?sort=name&page=2")
    assert 'aria-label="Page 2" aria-current="page"' in html
    assert 'href="?sort=name&amp;page=3"' in html


def test_many_pages_are_shortened_to_the_near_ones_and_the_ends(get):
    numbers = re.findall(r'aria-label="Page (\d+)"', paged(get, 50, 100))
    assert numbers == ["1", "48", "49", "50", "51", "52", "100"]


def test_page_numbers_never_have_their_thousands_parted(get):
    html = paged(get, 1500, 2000)
    assert 'aria-label="Page 1500"' in html
    assert "Page 1500 of 2000" in html


def test_moving_names_the_thing_and_carries_the_token(get):
    source = "{% move_buttons '/up/' '/down/' title %}"
    html = shown(source, get("/"), title='The "first"')
    assert "Move The &quot;first&quot; up" in html
    assert html.count("csrfmiddlewaretoken") == 2
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)


def test_at_the_end_of_the_line_there_is_nothing_to_press(get):
    html = shown("{% move_buttons '' '/down/' 'A' %}", get("/"))
    assert html.count("<button") == 1


def test_a_list_to_sort_knows_where_its_order_goes():
    html = shown("{% sortable '/order/' %}<li data-id='1'></li>{% endsortable %}")
    assert 'data-sortable-url="/order/"' in html
    assert 'role="status"' in html


def test_a_leaf_shows_the_local_day():
    html = shown("{% date_block at %}", at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert 'date-block-day">1<' in html
    assert 'date-block-year">2027<' in html


def test_formatted_text_is_cleaned_before_it_is_shown():
    html = shown("{{ text|rich }}", text="<p>A</p><script>x</script>")
    assert html.startswith('<div class="rich"')
    assert html.endswith("><p>A</p></div>")


@pytest.mark.parametrize("text", ["", None])
def test_no_text_shows_nothing(text):
    assert shown("{{ text|rich }}", text=text) == ""


def test_a_year_is_plain_digits():
    with translation.override("da"):
        assert shown("{{ year|plain }}", year=2026) == "2026"


def test_steps_done_and_to_come_are_told_apart_in_words():
    steps = [
        {"label": "Name", "url": "/a/", "state": "done"},
        {"label": "People", "url": "/b/", "state": "current"},
        {"label": "Start", "url": "", "state": "todo"},
    ]
    html = shown("{% include 'ui/steps.html' %}", steps=steps)
    assert "Done" in html
    assert 'href="/b/" aria-current="step"' in html
    assert html.count("<a ") == 2


def test_an_empty_place_offers_the_first_step():
    source = "{% include 'ui/empty.html' with title='None yet' text='Why' action_label='Add' action_url='/add/' %}"
    assert '<a class="button button-primary" href="/add/">Add</a>' in shown(source)


def test_history_without_entries_says_so():
    assert "Nothing has happened yet." in shown("{% include 'ui/history.html' %}", entries=[])


def test_a_file_that_may_be_removed_names_itself_in_the_link():
    file = SimpleNamespace(name="a.pdf", url="/f/", size=2048, kind="PDF", remove_url="/r/")
    html = shown("{% include 'ui/files.html' %}", files=[file])
    assert 'Remove<span class="sr-only"> a.pdf</span>' in html
