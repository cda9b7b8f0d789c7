"""Any two versions, word by word, for those who may see both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.conftest import Cast
from kommissorium.core.tests.documents.word_files import word_file
from kommissorium.policies.models import Version
from kommissorium.policies.tests.cases import approved, document, drafted

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
OLD = (
    "<h3>Koder</h3><p>Mindst otte tegn i alle koder.</p>"
    "<h3>Roller</h3><p>Ejeren svarer for det hele.</p><h3>Tilsyn</h3><p>Hvert år.</p>"
)
NEW = (
    "<h3>Koder</h3><p>Mindst tolv tegn i alle koder.</p>"
    "<h3>Tilsyn</h3><p>Hvert år.</p><h3>Roller</h3><p>Ejeren svarer for det hele.</p>"
)


def page_of(new: Version, old: Version) -> str:
    return reverse("policy_compare", args=[new.pk, old.pk])


def test_what_differs_is_marked_and_what_moved_is_told(cast: Cast, client_of: Browser) -> None:
    found = document(cast)
    old, new = approved(cast, found, text=OLD), drafted(cast, found, text=NEW)
    shown = client_of("coordinator").get(page_of(new, old)).content.decode()
    assert "tolv<span" in shown
    assert "otte<span" in shown
    assert "Flyttet hertil" in shown
    same = client_of("coordinator").get(page_of(old, old)).content.decode()
    assert "Teksterne er ens" in same


def test_the_earlier_is_held_against_the_later_whichever_is_named_first(
    cast: Cast, client_of: Browser
) -> None:
    found = document(cast)
    old, new = approved(cast, found, text=OLD), drafted(cast, found, text=NEW)
    for page in (page_of(new, old), page_of(old, new)):
        shown = client_of("coordinator").get(page).content.decode()
        added = shown.split("<ins", 1)[1].split("</ins>", 1)[0]
        assert "tolv" in added and "otte" not in added


def test_a_file_is_compared_by_its_words(cast: Cast, client_of: Browser) -> None:
    found = document(cast)
    file = GivenFile("a.docx", word_file([("Koder", 1), ("Mindst otte tegn i alle koder.", 0)]))
    old, new = approved(cast, found, text="", file=file), drafted(cast, found, text=NEW)
    shown = client_of("coordinator").get(page_of(new, old)).content.decode()
    assert "tolv<span" in shown


def test_only_those_who_see_both_see_what_differs(cast: Cast, client_of: Browser) -> None:
    found = document(cast)
    old, new = approved(cast, found, text=OLD), drafted(cast, found, text=NEW)
    assert client_of("employee").get(page_of(new, old)).status_code == 404
    assert client_of("employee").get(page_of(old, new)).status_code == 404
    assert client_of("employee").get(page_of(old, old)).status_code == 200
