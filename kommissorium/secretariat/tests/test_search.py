"""Search over everything: the page as people use it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from kommissorium.accounts.rate_limits import Pace
from kommissorium.committees.models import Holding
from kommissorium.conftest import Cast
from kommissorium.core.search.models import Passage
from kommissorium.meetings.actions.agenda import FIELDS, change_item
from kommissorium.meetings.models import AgendaItem, Decision, Meeting
from kommissorium.meetings.tests.minutes_cases import approved
from kommissorium.policies.models import Version
from kommissorium.policies.tests.cases import approved as in_force
from kommissorium.policies.tests.cases import document
from kommissorium.secretariat import searching
from kommissorium.secretariat.views import search as views
from kommissorium.tasks.actions import give_task

URL, SUGGESTED = "/search/", "/search/suggestions/"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("words_kept"),
    pytest.mark.both("searches"),
]


def found(client: Any, question: str, **more: str) -> list[str]:
    """Return the titles of what is found, each with its kind."""
    answer = client.get(URL, {"q": question, **more})
    assert answer.status_code == HTTPStatus.OK
    return [
        f"{one.label}: {''.join(words for _hit, words in one.title)}"
        for one in answer.context["lines"]
    ]


def task(cast: Cast, title: str, **more: Any) -> Any:
    values = {"owner": cast.member, "due": timezone.localdate(), "committee": cast.committee}
    return give_task(by=cast.coordinator, title=title, **{**values, **more})


def test_three_letters_and_any_form_of_a_word_are_enough(cast: Cast, client_of: Any) -> None:
    task(cast, "Gennemgå adgangen til lønsystemerne", description="Én risikovurdering mangler")
    for question in ("ad", "adx", "lønsystem politik"):
        assert found(client_of("member"), question) == [], question
    for question in (*("adg", "Adgangens", "LØNSYSTEMET", "risikovurderinger gennemgå"), "løn"):
        assert found(client_of("member"), question) == [
            "Opgaver: Gennemgå adgangen til lønsystemerne"
        ], question
    assert found(client_of("employee"), "adgang") == []


def test_numbers_lead_to_their_meeting_item_and_decision(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    approved(cast, meeting)
    meeting.refresh_from_db()
    item = AgendaItem.objects.filter(decided__isnull=False, is_closed=False).first()
    assert item is not None
    client = client_of("member")
    assert found(client, meeting.label)[0].startswith(f"Møder: {meeting.label}")
    kinds = {one.partition(":")[0] for one in found(client, item.label)}
    assert {"Dagsordenspunkter", "Referat", "Beslutninger"} <= kinds
    assert found(client, Decision.objects.get(item=item).number, type="meetings.decision")
    assert found(client, item.label, type="tasks.task") == []
    assert found(client_of("employee"), meeting.label) == []


def test_what_is_changed_is_found_by_what_it_says_now(cast: Cast, client_of: Any) -> None:
    first = in_force(cast, document(cast), text="<p>Brevduer</p>")
    client = client_of("employee")
    assert found(client, "brevdue") == [f"Politikker: {first.title}"]
    second = in_force(cast, first.document, text="<p>Droner</p>")
    assert found(client, "brevdue") == []
    assert found(client, "drone") == [f"Politikker: {second.title}"]
    kept = Passage.objects.filter(kind="policies.version").values_list("object_id", flat=True)
    assert set(kept) == {second.pk}
    assert Version.objects.count() == 2


def test_many_changed_at_once_are_found_again_in_a_while(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_AT_ONCE", 0)
    task(cast, "Tæl fyrtårnene")
    assert found(client_of("member"), "fyrtårn") == []
    monkeypatch.setattr(searching, "MOST_AT_ONCE", 300)
    searching.mend()
    assert found(client_of("member"), "fyrtårn") == ["Opgaver: Tæl fyrtårnene"]


def test_pages_types_and_marked_words(cast: Cast, client_of: Any) -> None:
    for number in range(23):
        task(cast, f"Fyrtårn {number}", description="Her står <b>fyrtårnet</b> & lyser")
    client = client_of("member")
    page = client.get(URL, {"q": "fyrtårn"}).content.decode()
    assert "<mark>fyrtårnet</mark>&lt;/b&gt; &amp; lyser" in page
    assert "23 resultater" in page
    assert len(found(client, "fyrtårn")) == 15
    assert len(found(client, "fyrtårn", page="2")) == 8
    assert len(found(client, "fyrtårn", page="x", type="no.such")) == 15


def test_that_there_is_more_is_said(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        task(cast, f"Fyrtårn {number}")
    client, more = client_of("member"), "Der er mere, som er ældre."
    monkeypatch.setattr(searching, "MOST_FOUND", 3)
    assert more not in client.get(URL, {"q": "fyrtårn"}).content.decode()
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    assert more in client.get(URL, {"q": "fyrtårn"}).content.decode()


ODD = (
    *(
        "%_\"'",
        "\x00",
        "a\x00b",
        "' OR 1=1 --",
        "*",
        '"',
        "a" * 200,
        " ",
        "",
        "\ud800",
        "abc\udfff",
    ),
    *(
        "...!?---///",
        "og den det",
        "\u202egrof",
        "\u200fשלום",
        "🔒",
        "👩‍💻 adgang",
        "NEAR(a b)",
        "a AND NOT b",
    ),
    *(
        "words:adgang",
        "adgang^2",
        "a:*",
        "'adgang':*",
        "\\",
        "&|!<->",
        "½ ² ٣",
        "ǅ ﬁ ß İ",
        "\u0301\u0301\u0301",
    ),
)


@pytest.mark.parametrize("address", [URL, SUGGESTED])
def test_odd_signs_just_work(address: str, cast: Cast, client_of: Any) -> None:
    task(cast, "Gennemgå adgangen")
    client = client_of("member")
    for question in ODD:
        asked = quote(question, errors="surrogatepass")
        answer = client.get(f"{address}?q={asked}")
        assert answer.status_code == HTTPStatus.OK, ascii(question)
    long = client.get(address, {"q": "%_\"'" * 2_500})
    assert long.status_code == (HTTPStatus.BAD_REQUEST if address == URL else HTTPStatus.OK)


def test_a_few_are_suggested_while_one_types(cast: Cast, client_of: Any) -> None:
    for number in range(9):
        task(cast, f"Fyrtårn <b>{number}</b>")
    task(cast, "Fyrtårnet er lukket", is_closed=True, owner=cast.coordinator, committee=None)
    answer = client_of("member").get(SUGGESTED, {"q": "fyr"})
    lines = answer.content.decode()
    assert lines.count('role="option"') == 8
    assert "<mark>Fyrtårn</mark> &lt;b&gt;" in lines and "8 forslag" in lines
    assert "lukket" not in lines
    for who, question in (("member", "fy"), ("member", "fyx"), ("employee", "fyr")):
        answer = client_of(who).get(SUGGESTED, {"q": question})
        assert answer.content.decode().strip() == "", (who, question)


def test_suggestions_are_not_asked_for_faster_than_anybody_types(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(cast, "Fyrtårn")
    monkeypatch.setattr(views, "PACE", Pace(most=3, seconds=30))
    client = client_of("member")
    answers = [client.get(SUGGESTED, {"q": "fyr"}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, HTTPStatus.TOO_MANY_REQUESTS]
    assert answers[-1].content == b""
    assert found(client, "fyr")  # the page is there all the same
    assert client_of("coordinator").get(SUGGESTED, {"q": "fyr"}).status_code == HTTPStatus.OK
    monkeypatch.setattr(views, "PACE", Pace(most=1, seconds=0))
    assert {client.get(SUGGESTED, {"q": "fyr"}).status_code for _ in range(3)} == {HTTPStatus.OK}


def test_who_sits_no_more_finds_nothing_more(cast: Cast, meeting: Meeting, client_of: Any) -> None:
    task(cast, "Fyrtårn", owner=cast.coordinator)
    client = client_of("member")
    assert found(client, "fyrtårn") and found(client, "inf", type="meetings.meeting")
    Holding.objects.filter(person=cast.member).update(
        to_date=timezone.localdate() - timedelta(days=1)
    )
    assert found(client, "fyrtårn") == []
    assert not [one for one in found(client, "inf") if one.startswith("Møder")]
    assert "option" not in client.get(SUGGESTED, {"q": "fyr"}).content.decode()


def test_too_long_a_question_is_refused_beside_the_field(client_of: Any) -> None:
    answer = client_of("member").get(URL, {"q": "ord " * 2_500})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    page = answer.content.decode()
    assert "Skriv højst 200 tegn: du har skrevet 10000." in page
    assert "ord ord ord" in page and 'aria-invalid="true"' in page


def test_the_box_stands_on_every_page_but_its_own(client_of: Any) -> None:
    client = client_of("employee")
    assert 'id="frame-search"' in client.get("/account/").content.decode()
    assert 'id="frame-search"' not in client.get(URL).content.decode()


def test_an_item_tells_its_own_history_alone(cast: Cast, meeting: Meeting, client_of: Any) -> None:
    first, second = meeting.items.order_by("pk")[:2]
    values = {name: getattr(first, name) for name in FIELDS}
    change_item(first, by=cast.coordinator, edit_version=1, **{**values, "title": "Ny titel"})
    client = client_of("member")
    address = f"/history/meetings.agendaitem/{first.pk}/"
    assert address in client.get(first.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "Ny titel" in page and cast.coordinator.name in page
    assert not client.get(address.replace(str(first.pk), str(second.pk))).context["entries"]
    assert client.get("/history/meetings.decision/1/").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/history/no.such/1/").status_code == HTTPStatus.NOT_FOUND
    assert client_of("employee").get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_typing_error_is_forgiven_and_the_page_says_so(cast: Cast, client_of: Any) -> None:
    task(cast, "Spørg hver databehandler", description="Om fyrtårnet.")
    closed = {"is_closed": True, "owner": cast.coordinator, "committee": None}
    task(cast, "Skift solkompasset", **closed)
    client = client_of("member")
    page = client.get(URL, {"q": "databehnadler"}).content.decode()
    assert "<mark>databehandler</mark>" in page
    assert "Viser i stedet resultater for: <q>databehandler</q>" in page
    assert found(client, "fyrtarn") == ["Opgaver: Spørg hver databehandler"]
    assert "databehandler" in client.get(SUGGESTED, {"q": "databehnadler"}).content.decode()
    right = client.get(URL, {"q": "databehandler"}).content.decode()
    assert "Intet passer præcis" not in right and "<mark>databehandler</mark>" in right
    # Of what one may not see no word is told, and nothing is said to be near.
    for address in (URL, SUGGESTED):
        shut = client.get(address, {"q": "solkompaset"}).content.decode()
        assert "solkompasset" not in shut and "Intet passer præcis" not in shut
    assert (
        "solkompasset" in client_of("coordinator").get(URL, {"q": "solkompaset"}).content.decode()
    )


def test_acts_and_the_guide_forgive_too(client_of: Any) -> None:
    client = client_of("coordinator")
    told = client.get(URL, {"q": "indkaldesle"})
    assert told.context["is_near"] and (told.context["passages"] or told.context["lines"])
    told = client.get(URL, {"q": "fortrdy"}).context
    assert told["is_near"] and told["deeds"] and told["instead"]
    assert client.get(URL, {"q": "xyzzyq"}).context["is_near"] is False
