"""The settings of the installation and the list of mails."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from kommissorium.accounts.actions import invite
from kommissorium.accounts.models import Municipality
from kommissorium.conftest import Cast
from kommissorium.core.mail.models import OutboxMail

Browser = Callable[[str], Client]
URL = "/settings/"


def fields(**more: object) -> dict[str, object]:
    version = Municipality.current().edit_version
    return {"name": "Tryllerup Kommune", "anchor_email": "", "edit_version": version, **more}


def test_the_settings_are_saved_and_tell_so(cast: Cast, client_of: Browser) -> None:
    response = client_of("administrator").post(
        URL, fields(anchor_email="revision@tryllerup.example"), follow=True
    )
    assert response.status_code == 200
    assert Municipality.current().anchor_email == "revision@tryllerup.example"


def test_what_is_wrong_is_told_beside_the_field(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    for wrong, field in [({"name": ""}, "name"), ({"anchor_email": "ingen"}, "anchor_email")]:
        response = browser.post(URL, fields(**wrong))
        assert response.status_code == 400
        assert list(response.context["form"].errors) == [field]
    assert Municipality.current().name == "Tryllerup Kommune"


def test_the_second_to_save_sees_both_versions(cast: Cast, client_of: Browser) -> None:
    old = fields(name="Den andens Kommune")
    assert client_of("coordinator").post(URL, fields(name="Den førstes")).status_code == 302
    response = client_of("administrator").post(URL, old)
    assert response.status_code == 409
    assert "Den førstes" in response.content.decode()
    assert "Den andens Kommune" in response.content.decode()
    assert Municipality.current().name == "Den førstes"


def test_with_the_second_step_demanded_nobody_comes_further_without(
    cast: Cast, client_of: Browser
) -> None:
    client_of("administrator").post(URL, fields(mfa_required="on"))
    response = client_of("member").get("/")
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


def test_mails_are_listed_without_what_they_say(cast: Cast, client_of: Browser) -> None:
    invite(cast.system_owner, by=cast.coordinator)
    body = OutboxMail.objects.get(kind="accounts.invitation").body
    page = client_of("administrator").get(reverse("mail")).content.decode()
    assert (cast.system_owner.email or "") in page
    token = body.split("/invitation/")[1].split()[0]
    assert token not in page
