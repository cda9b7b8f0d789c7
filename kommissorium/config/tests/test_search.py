"""Search finds everything that has a page, by every person, and nothing whose page is shut to them."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from kommissorium.accounts.models import Person
from kommissorium.config.tests.visiting import WHO, known
from kommissorium.conftest import find_cast, queries_of
from kommissorium.core.search import finding, is_kept
from kommissorium.core.search.models import Passage
from kommissorium.secretariat.searching import SeenBy, index_again, kinds, mend, search, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_kept")]

# What has a page and is not searched, and why.
NOT_SEARCHED = {
    "assets.registersettings": "a setting",
    "assets.round": "a round is found by its year on its list; its answers are of the assets",
    "committees.seatnomination": "it waits for a second yes, and is on the overview of who gives it",
    "accounts.rolenomination": "as above",
    "accounts.emailchange": "as above",
    "accounts.directorylink": "as above",
    "audits.auditorchange": "as above",
    "awareness.groupfigures": "on the page of their activity, which is found",
    "accounts.reading": "who read what is on the log of readings, and forgotten after a year",
    "audits.auditreport": "found as its audit, and by what it found",
    "audits.closurefile": "evidence on the page of its finding, whose reading is written down",
    "incidents.notification": "told on the page of its incident, whose reading is written down",
    "meetings.registration": "it is its meeting",
    "meetings.minutes": "found by what they say of each item",
    "registers.bulkchange": "how rows were changed, not a thing of the municipality's",
    "registers.importrun": "as above",
    "risks.scale": "a setting",
    "meetings.comment": "a remark on minutes in review, and gone with it",
    "meetings.attendance": "who came to a meeting is on its page",
    "awareness.completion": "who took a course is erased by rule",
    "risks.planaction": "found as its task",
}
# What a page may be shut by, beside its address: what a thing is, and how far it has come.
TRAITS = ("state", "committee_id", "of_id", "is_closed", "is_in_force", "is_restricted", "closes")
MOST_QUERIES = 90  # of a page with something of every kind


def test_what_has_a_page_is_searched_or_is_said_not_to_be() -> None:
    models = {model._meta.label_lower: model for model in apps.get_models()}
    have_pages = {
        name
        for name, model in models.items()
        if model.__module__.startswith("kommissorium.")
        and (
            hasattr(model, "get_absolute_url")
            or hasattr(model._default_manager.all(), "visible_to")
        )
    }
    assert have_pages - set(kinds()) - set(NOT_SEARCHED) == set()
    assert set(NOT_SEARCHED) & set(kinds()) == set()
    assert set(NOT_SEARCHED) <= set(models)


def test_all_of_them_are_kept_as_they_are_written(samples: object) -> None:
    def said() -> set[tuple[object, ...]]:
        return set(Passage.objects.values_list("kind", "object_id", "place", "title", "words"))

    there = {kind: {row.pk for row in one.rows()} for kind, one in kinds().items()}
    assert [kind for kind, keys in there.items() if not keys] == []
    mend()  # the samples took away what was never there
    before = said()
    assert {kind: is_kept(kind) for kind in kinds()} == there
    index_again()
    assert said() - before == set()
    assert before - said() == set()


def test_what_is_found_can_be_opened_by_who_finds_it(samples, visitors, monkeypatch) -> None:
    """Each person opens each kind of address once, in each state that things of a kind are in.

    Whether a page is shut is decided before it is drawn; so it is not drawn.
    """
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    shut = {}
    for who in WHO[1:]:
        person, browser = known(who), Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = visitors[who]
        for address, thing in _addresses(person).items():
            with transaction.atomic():
                status = browser.get(address.partition("#")[0]).status_code
                transaction.set_rollback(True)
            if status != HTTPStatus.OK:
                shut[f"{who}: {thing}"] = (address, status)
    assert shut == {}


def _addresses(person: Person) -> dict[str, str]:
    """Return an address of each kind and state that the person may find, and its owner."""
    found: dict[tuple[object, ...], tuple[str, str]] = {}
    for kind, one in kinds().items():
        for row in one.shown(one.visible_to(person)):
            address = one.url(row)
            form = re.sub(r"\d+", "0", address.partition("#")[0])
            traits = tuple(getattr(row, name, None) for name in TRAITS)
            found.setdefault((kind, form, traits), (address, f"{kind} {row.pk}"))
    return dict(found.values())


def test_only_what_one_sees_is_found(samples) -> None:
    for who in WHO[1:]:
        person = known(who)
        seen = {(kind, row.pk) for kind, one in kinds().items() for row in one.visible_to(person)}
        found = []
        for question in ("kan", "fre", "den", "pol", "202", "kanari", "fremmed", "a", "udv"):
            some, _is_cut = search(question, SeenBy(person))
            assert {(one.kind, one.object_id) for one in some} <= seen, (who, question)
            found += some
        each = {(one.kind, one.object_id): one for one in found}.values()
        assert len(shown(each, "kan", SeenBy(person))) == len(each), who


def test_all_that_one_sees_is_found_however_little_is_glanced_at(samples, monkeypatch) -> None:
    for who in ("coordinator", "system_owner", "employee"):
        person = find_cast().who(who)
        for question in ("kan", "udv", "fremmed"):
            found, _is_cut = search(question, SeenBy(person))
            with monkeypatch.context() as patch:
                patch.setattr(finding, "MOST_GLANCED", 3)
                assert set(search(question, SeenBy(person))[0]) == set(found), (who, question)


def test_a_page_asks_the_same_however_much_is_found(samples, visitors) -> None:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = visitors["coordinator"]
    browser.get("/search/?q=ud")
    assert queries_of(lambda: browser.get("/search/?q=udv")) <= MOST_QUERIES
