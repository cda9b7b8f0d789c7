"""The handbook: the policies in force and nothing else, for those who may read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.handbook.actions import change_handbook
from kommissorium.handbook.contents import MOST_SHOWN
from kommissorium.handbook.models import HandbookSettings
from kommissorium.handbook.views import STRANGERS
from kommissorium.policies.actions.documents import retire_document
from kommissorium.policies.models import Version
from kommissorium.policies.tests.cases import (
    approved,
    decided_above,
    document,
    drafted,
    overall,
    proposed,
)
from kommissorium.rulings.actions.rulings import ask_interpretation
from kommissorium.rulings.tests.cases import ruled

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("words_kept"),
    pytest.mark.both("searches documents"),
]
Browser = Callable[[str], Client]
HANDBOOK = "/handbook/"
TEXT = (
    "<h3>Formål</h3><p>Vi passer på borgernes data.</p><h3>Adgangskoder</h3>"
    "<p>En kode er på tolv tegn &amp; skiftes.</p><h4>Nulstilling</h4><p>Ring til servicedesk.</p>"
)


def page_of(found: Version) -> str:
    return reverse("handbook_document", args=[found.document_id])


def open_to(cast: Cast, networks: str) -> None:
    version = HandbookSettings.current().edit_version
    change_handbook(by=cast.coordinator, is_open=True, networks=networks, edit_version=version)


def test_an_employee_finds_it_in_the_menu_and_reads_what_is_in_force(
    cast: Cast, client_of: Browser
) -> None:
    found = approved(cast, text=TEXT)
    drafted(cast, document(cast, title="Kladde om mobiler"))
    browser = client_of("employee")
    assert f'href="{HANDBOOK}"' in browser.get("/").content.decode()
    shown = browser.get(HANDBOOK).content.decode()
    assert "Retningslinje for adgang" in shown
    assert "Kladde om mobiler" not in shown
    text = browser.get(page_of(found)).content.decode()
    assert '<h2 id="adgangskoder"' in text
    assert '<h3 id="nulstilling"' in text
    assert "2.1 Nulstilling" in text
    assert "tolv tegn &amp; skiftes" in text


def test_search_shows_the_headings_under_which_the_words_stand(
    cast: Cast, client_of: Browser
) -> None:
    found = approved(cast, text=TEXT)
    shown = client_of("employee").get(HANDBOOK, {"q": "adgangskodens tegnene"}).content.decode()
    assert f'href="{page_of(found)}#adgangskoder"' in shown
    assert "<mark>tegn</mark>" in shown
    assert "nulstilling" not in shown
    nothing = client_of("employee").get(HANDBOOK, {"q": "<script>"}).content.decode()
    assert "<script>”" not in nothing


def test_search_never_shows_what_is_not_in_force(cast: Cast, client_of: Browser) -> None:
    found = document(cast)
    approved(cast, found, text="<p>hemmeligt gammelt ord: brevdue</p>")
    later = timezone.localdate() + timedelta(days=30)
    second = approved(cast, found, text="<p>kommende ord: drone</p>", begins_on=later)
    proposed(cast, document(cast, title="Forslag"), text="<p>foreslået ord: rumskib</p>")
    recommended = approved(
        cast, overall(cast), text="<h2>organisation</h2><p>indstillet: ubåd</p>", frame={}
    )
    browser = client_of("employee")

    def finds(word: str) -> bool:
        return "<mark>" in browser.get(HANDBOOK, {"q": word}).content.decode()

    assert [finds(word) for word in ("brevdue", "drone", "rumskib", "ubåd")] == [
        *(True, False, False, False)
    ]
    decided_above(cast, recommended)
    Version.objects.filter(pk=second.pk).exists()
    assert finds("ubåd")
    retire_document(found, by=cast.coordinator, because="Samlet ét sted.")
    assert not finds("brevdue")


def test_search_shows_what_was_answered_and_never_what_was_asked(
    cast: Cast, client_of: Browser
) -> None:
    found = approved(cast, text=TEXT)
    for words, answer in (("Må vores brevdue flyve?", "Ja, om dagen."), ("Må en ravn?", "")):
        asked = ask_interpretation(
            found.document, heading="adgangskoder", question=words, by=cast.member
        )
        if answer:
            ruled(cast, asked, answer)
    browser = client_of("employee")
    shown = browser.get(HANDBOOK, {"q": "brevduer"})
    page = shown.content.decode()
    assert [one.ruling for one in shown.context["answers"]] == ["Ja, om dagen."]
    assert "Ja, om dagen." in page and f'href="{page_of(found)}#adgangskoder"' in page
    assert "vores brevdue" not in page
    assert browser.get(HANDBOOK, {"q": "ravn"}).context["answers"] == []
    retire_document(found.document, by=cast.coordinator, because="Samlet ét sted.")
    assert browser.get(HANDBOOK, {"q": "brevduer"}).context["answers"] == []


def test_lasting_addresses_lead_to_the_heading_also_when_it_has_gone(
    cast: Cast, client_of: Browser
) -> None:
    found = document(cast)
    first = approved(cast, found, text=TEXT)
    browser = client_of("employee")
    lasting = f"{page_of(first)}adgangskoder/"
    assert browser.get(lasting).headers["Location"] == f"{page_of(first)}#adgangskoder"
    approved(cast, found, text="<h3>Noget andet</h3><p>x</p>")
    assert browser.get(lasting).headers["Location"] == page_of(first)
    assert browser.get(f"{page_of(first)}aldrig/").status_code == 404


def test_a_file_is_read_as_text_too(cast: Cast, client_of: Browser) -> None:
    from kommissorium.core.tests.documents.word_files import word_file

    file = GivenFile("adgang.docx", word_file([("Koder", 1), ("Tolv tegn og en brevdue.", 0)]))
    found = approved(cast, text="", file=file)
    browser = client_of("employee")
    assert "en brevdue" in browser.get(page_of(found)).content.decode()
    handed = browser.get(f"{page_of(found)}file/")
    assert b"".join(handed.streaming_content) == file.data
    assert "<mark>brevdue</mark>" in browser.get(HANDBOOK, {"q": "brevduer"}).content.decode()


def test_strangers_get_in_from_our_own_network_alone(cast: Cast, client: Client) -> None:
    found = approved(cast, text=TEXT)
    pages = [HANDBOOK, page_of(found), f"{page_of(found)}formål/", f"{HANDBOOK}accessibility/"]

    def answers(address: str) -> list[int]:
        return [client.get(page, REMOTE_ADDR=address).status_code for page in pages]

    signs_in = client.get(HANDBOOK, {"q": "x"}, REMOTE_ADDR="10.1.2.3")
    assert signs_in.headers["Location"] == "/accounts/login/?next=/handbook/%3Fq%3Dx" or (
        "next=" in signs_in.headers["Location"]
    )
    open_to(cast, "10.0.0.0/8\n2001:db8::/32")
    assert answers("10.1.2.3") == answers("2001:db8::7") == [200, 200, 302, 200]
    assert answers("192.0.2.1") == [302] * 4
    shown = client.get(page_of(found), REMOTE_ADDR="10.1.2.3").content.decode()
    assert found.document.get_absolute_url() not in shown
    assert client.get(f"{HANDBOOK}settings/", REMOTE_ADDR="10.1.2.3").status_code == 302


def test_a_stranger_searches_so_often_in_a_minute_and_who_signs_in_as_they_like(
    cast: Cast, client: Client, client_of: Browser
) -> None:
    open_to(cast, "10.0.0.0/8")

    def ask(browser: Client, address: str) -> int:
        return browser.get(HANDBOOK, {"q": "koder"}, REMOTE_ADDR=address).status_code

    assert {ask(client, "10.1.2.3") for _each in range(STRANGERS.most)} == {200}
    refused = client.get(HANDBOOK, {"q": "koder"}, REMOTE_ADDR="10.1.2.3")
    assert 400 <= refused.status_code < 500
    assert "Vent et minut" in refused.content.decode()
    assert client.get(HANDBOOK, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert ask(client, "10.9.9.9") == ask(client_of("employee"), "10.1.2.3") == 200


@pytest.mark.parametrize("networks", ["", "0.0.0.0/0", "::/0", "kommunen", "10.0.0.0/99"])
def test_it_is_never_open_to_all(cast: Cast, networks: str) -> None:
    with pytest.raises(Refused) as refused:
        open_to(cast, networks)
    assert "networks" in refused.value.errors
    assert not HandbookSettings.current().is_open


def test_a_wrong_network_is_said_beside_its_field_with_nothing_lost(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    values = {"is_open": "on", "networks": "10.0.0.0/8\nhuset", "edit_version": "1"}
    answer = browser.post(f"{HANDBOOK}settings/", values)
    assert answer.status_code == 400
    assert "huset" in answer.content.decode()
    saved = browser.post(f"{HANDBOOK}settings/", {**values, "networks": "10.1.2.3/8"})
    assert saved.status_code == 302
    assert HandbookSettings.current().networks == "10.0.0.0/8"


def test_what_is_found_in_many_documents_stands_on_several_pages(
    cast: Cast, client_of: Browser
) -> None:
    for number in range(MOST_SHOWN + 2):
        approved(cast, document(cast, title=f"Retningslinje {number}"))
    browser = client_of("employee")
    first = browser.get(HANDBOOK, {"q": "borgernes"})
    assert f"{MOST_SHOWN + 2} dokumenter" in first.content.decode()
    assert len(first.context["found"]) == MOST_SHOWN
    assert "?q=borgernes&amp;page=2" in first.content.decode()
    second = browser.get(HANDBOOK, {"q": "borgernes", "page": "2"})
    shown = {one.version.pk for page in (first, second) for one in page.context["found"]}
    assert len(shown) == MOST_SHOWN + 2
    for page in ("x", "0", "999"):
        assert browser.get(HANDBOOK, {"q": "borgernes", "page": page}).status_code == 200


def test_it_says_how_a_rule_is_understood_and_lets_one_ask(
    cast: Cast, client: Client, client_of: Browser
) -> None:
    found = approved(cast, text=TEXT)
    ask = reverse("interpretation_new", args=[found.document_id])
    for heading, words in (("adgangskoder", "Også for vikarer."), ("", "Gælder i alle skoler.")):
        question = ask_interpretation(
            found.document, heading=heading, question="Må jeg?", by=cast.member
        )
        ruled(cast, question, words)
    shown = client_of("employee").get(page_of(found)).content.decode()
    assert shown.index("adgangskoder") < shown.index("Også for vikarer.") < shown.index(ask)
    assert "Gælder i alle skoler." in shown and question.get_absolute_url() in shown
    open_to(cast, "127.0.0.0/8")
    shown = client.get(page_of(found)).content.decode()
    assert "Også for vikarer." in shown and "Gælder i alle skoler." in shown
    assert ask not in shown and question.get_absolute_url() not in shown


def test_who_has_a_question_chooses_the_document_it_is_about(
    cast: Cast, client_of: Browser
) -> None:
    found = approved(cast, text=TEXT)
    asks = reverse("interpretation_new", args=[found.document_id])
    browser = client_of("employee")
    chosen = browser.get(HANDBOOK, {"ask": "1"}).content.decode()
    assert f'href="{asks}"' in chosen and browser.get(asks).status_code == 200
    assert f'href="{asks}"' not in browser.get(HANDBOOK).content.decode()
    open_to(cast, "127.0.0.0/8")
    stranger = Client().get(HANDBOOK, {"ask": "1"}).content.decode()
    assert found.title in stranger and f'href="{asks}"' not in stranger


def test_search_forgives_a_typing_error_and_tells_no_word_that_is_not_in_force(
    cast: Cast, client_of: Browser
) -> None:
    first = approved(cast, document(cast), text="<p>Brevduer og solkompas</p>")
    browser = client_of("employee")
    shown = browser.get(HANDBOOK, {"q": "bervduer"})
    page = shown.content.decode()
    assert "<mark>Brevduer</mark>" in page and "1 dokument ligner mest" in page
    assert "Intet passer præcis" in page
    right = browser.get(HANDBOOK, {"q": "brevduer"}).content.decode()
    assert "<mark>Brevduer</mark>" in right and "Intet passer præcis" not in right
    approved(cast, first.document, text="<p>Droner</p>")
    for wrong in ("bervduer", "solkompsa", "xyzzyq"):
        page = browser.get(HANDBOOK, {"q": wrong}).content.decode()
        assert "Intet passer præcis" not in page and "solkompas<" not in page
