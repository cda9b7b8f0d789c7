"""Anybody reports in a minute; invalid input is refused with nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.test_picture_places import PLACE, exif, jpeg
from kommissorium.incidents.actions.handling import write_line
from kommissorium.incidents.actions.settings import change_settings, draw_token
from kommissorium.incidents.models import Incident
from kommissorium.incidents.tests.cases import reported

Browser = Callable[[str], Client]
REPORT = "/incidents/report/"
OPEN = "/incidents/open/"


def form(**others: str) -> dict[str, str]:
    now = timezone.localtime()
    return {
        "what": "Jeg sendte en mail til den forkerte.",
        "place": "Outlook",
        "personal_data": "yes",
        "discovered_at_0": now.date().isoformat(),
        "discovered_at_1": f"{now:%H:%M}",
        "happened_at_0": "",
        "happened_at_1": "",
        **others,
    }


def allow(cast: Cast) -> None:
    values = {"open_reports": True, "evaluated_from": 2, "names_days": 30}
    change_settings(by=cast.coordinator, values=values, edit_version=1)


def test_an_employee_reports_follows_and_adds(cast: Cast, client_of: Browser) -> None:
    browser = client_of("employee")
    answer = browser.post(REPORT, form())
    found = Incident.objects.get()
    assert answer.headers["Location"] == reverse("incident_reported", args=[found.receipt])
    browser.post(answer.headers["Location"], {"text": "Modtageren har ringet."})
    write_line(found, by=cast.coordinator, kind="answer", text="Tak, vi ser på det.")
    write_line(found, by=cast.coordinator, kind="note", text="Kun for os.")
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Modtageren har ringet." in page and "Tak, vi ser på det." in page
    assert "Kun for os." not in page
    kinds = {one.kind: one.recipient for one in OutboxMail.objects.all()}
    assert kinds["incidents.reported"] == cast.coordinator.email
    assert kinds["incidents.answered"] == cast.employee.email


def test_the_menu_leads_every_employee_there_in_one_click(cast: Cast, client_of: Browser) -> None:
    for who in ("employee", "coordinator", "chair", "administrator"):
        assert f'href="{REPORT}"' in client_of(who).get("/").content.decode(), who


def test_the_page_is_light_and_says_what_it_is(cast: Cast, client_of: Browser) -> None:
    page = client_of("employee").get(REPORT).content
    assert len(page) < 60_000
    assert "whistleblower" in page.decode() and "Ingen får skylden" in page.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"what": ""}, "what"),
        ({"what": " \n\u200b "}, "what"),
        ({"what": "x" * 5001}, "what"),
        ({"discovered_at_0": "2999-01-01"}, "discovered_at"),
        ({"discovered_at_0": "i går"}, "discovered_at"),
        ({"discovered_at_1": ""}, "discovered_at"),
        ({"happened_at_0": "2998-01-01", "happened_at_1": "10:00"}, "happened_at"),
        ({"personal_data": "måske"}, "personal_data"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    cast: Cast, client_of: Browser, fields: dict[str, str], wrong: str
) -> None:
    answer = client_of("employee").post(REPORT, form(place="Kælderen", **fields))
    assert answer.status_code == 400
    assert wrong in answer.context["form"].errors
    assert "Kælderen" in answer.content.decode(), "nothing typed is lost"
    assert not Incident.objects.exists()


def test_script_stays_text(cast: Cast, client_of: Browser) -> None:
    attack = "<script>alert(1)</script>"
    client_of("employee").post(REPORT, form(what=attack, place=attack))
    found = Incident.objects.get()
    for path in (found.get_absolute_url(), reverse("incidents")):
        page = client_of("coordinator").get(path).content.decode()
        assert attack not in page and "&lt;script&gt;" in page


def test_a_photo_loses_its_place_before_it_is_kept(cast: Cast, client_of: Browser) -> None:
    photo = SimpleUploadedFile("IMG_1.jpg", jpeg(exif()), "image/jpeg")
    answer = client_of("employee").post(REPORT, {**form(), "file": photo})
    assert answer.status_code == 302
    line = Incident.objects.get().entries.get()
    assert line.file is not None and PLACE not in line.file.read()
    got = client_of("employee").get(reverse("incident_file", args=[line.pk]))
    assert PLACE not in b"".join(got.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe1half", b"no picture"])
def test_a_damaged_photo_is_refused(cast: Cast, client_of: Browser, data: bytes) -> None:
    photo = SimpleUploadedFile("IMG_1.jpg", data, "image/jpeg")
    answer = client_of("employee").post(REPORT, {**form(), "file": photo})
    assert answer.status_code == 400
    assert "file" in answer.context["form"].errors


def test_a_photo_of_40_mb_is_answered_with_a_sentence(cast: Cast, client_of: Browser) -> None:
    photo = SimpleUploadedFile("IMG_1.jpg", b"\xff\xd8\xff" + b"0" * 40_000_000, "image/jpeg")
    answer = client_of("employee").post(REPORT, {**form(), "file": photo})
    assert answer.status_code == 413
    assert not Incident.objects.exists()


def test_without_sign_in_only_where_the_setting_says_so(cast: Cast) -> None:
    stranger = Client()
    for path in (OPEN, f"{OPEN}follow/"):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, form()).status_code == 404
    allow(cast)
    assert stranger.post(OPEN, form()).status_code == 302
    page = stranger.get(f"{OPEN}follow/")
    found = Incident.objects.get()
    assert found.reporter is None and found.receipt in page.content.decode()
    other = Client()
    assert found.receipt not in other.get(f"{OPEN}follow/").content.decode()
    wrong = {"receipt": found.receipt, "secret": "2222222222222222"}
    assert other.post(f"{OPEN}follow/", wrong).status_code == 400
    right = {"receipt": found.receipt, "secret": page.context["secret"]}
    assert other.post(f"{OPEN}follow/", right).status_code == 302
    other.post(f"{OPEN}follow/", {"text": "Nu er den væk."})
    assert found.entries.get().text == "Nu er den væk."


def test_the_code_of_one_report_opens_no_other(cast: Cast) -> None:
    allow(cast)
    own = reported(cast)
    stranger = Client()
    stranger.post(OPEN, form())
    secret = stranger.get(f"{OPEN}follow/").context["secret"]
    other = Client()
    wrong = {"receipt": own.receipt, "secret": secret}
    assert other.post(f"{OPEN}follow/", wrong).status_code == 400


def test_200_reports_from_one_address_are_stopped_and_lose_nothing(cast: Cast) -> None:
    allow(cast)
    stranger = Client()
    answers = [stranger.post(OPEN, form(what=f"Nr. {number}")) for number in range(200)]
    assert [one.status_code for one in answers[:5]] == [302] * 5
    assert {one.status_code for one in answers[5:]} == {400}
    assert Incident.objects.count() == 5
    assert "Nr. 199" in answers[-1].content.decode()


def test_200_additions_to_one_report_are_stopped_whoever_sends_them(
    cast: Cast, client_of: Browser
) -> None:
    allow(cast)
    stranger = Client()
    stranger.post(OPEN, form())
    sent = [stranger.post(f"{OPEN}follow/", {"text": f"Nr. {n}"}) for n in range(200)]
    assert [one.status_code for one in sent].count(302) == 20
    assert "Nr. 199" in sent[-1].content.decode()
    assert Incident.objects.get().entries.count() == 20
    own = reported(cast)
    browser, path = client_of("employee"), reverse("incident_reported", args=[own.receipt])
    added = [browser.post(path, {"text": f"Nr. {n}"}).status_code for n in range(30)]
    assert added.count(302) == 20


def test_a_service_desk_hands_in_with_its_token_alone(cast: Cast) -> None:
    desk, path = Client(enforce_csrf_checks=True), "/incidents/intake/"
    body = json.dumps({"what": "Serveren svarer ikke.", "place": "Løn"})
    assert desk.post(path, body, content_type="application/json").status_code == 404
    token = draw_token(by=cast.coordinator)

    def sent(text: str, key: str = token) -> int:
        head = {"Authorization": f"Bearer {key}"}
        return desk.post(path, text, content_type="application/json", headers=head).status_code

    assert sent(body) == 201
    assert sent(body, "wrong") == 401
    for nonsense in (
        "",
        "[]",
        "[" * 100_000,
        '{"what": 3}',
        '{"what": ""}',
        '{"what": "x", "happened_at": "x"}',
    ):
        assert sent(nonsense) == 400, nonsense
    late = (timezone.localtime() + timedelta(days=1)).isoformat()
    assert sent(json.dumps({"what": "x", "discovered_at": late})) == 400
    assert Incident.objects.get().channel == "service_desk"
    draw_token(by=cast.coordinator)
    assert sent(body) == 401, "an earlier token ends"
