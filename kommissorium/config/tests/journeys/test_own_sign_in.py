"""The municipality's own sign-in in a browser: tried, signed in by, asked once more, signed out of."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

import pytest

from kommissorium.accounts.tests import counterpart
from kommissorium.config.tests.journeys.inspecting import faults
from kommissorium.config.tests.journeys.keyboard import Keyboard
from kommissorium.config.tests.journeys.test_setup import PASSWORD, add_second_step
from kommissorium.config.tests.program import run, running
from kommissorium.core.tests.free_port import free_port

IDA, PER = "ida@proeveby.example", "per@proeveby.example"


@pytest.fixture
def site(tmp_path):
    """Its address, the directory it names, and where Ida, the emergency login, chooses a password."""
    folder, port = tmp_path / "data", free_port()
    address = f"http://127.0.0.1:{port}"
    told = run(
        *("init", "--data", folder, "--municipality", "Prøveby Kommune"),
        *("--name", "Ida Kvist", "--email", IDA),
    )
    invitation = urlsplit(re.search(r"http\S+/invitation/\S+", told).group()).path
    with counterpart.running() as directory:
        directory.documents = {"end_session_endpoint": f"{directory.issuer}/left"}
        directory.callback = f"{address}/account/directory/answer/"
        variables = {
            "KOMMISSORIUM_URL": address,
            "KOMMISSORIUM_OIDC_ISSUER": directory.issuer,
            "KOMMISSORIUM_OIDC_CLIENT_ID": counterpart.CLIENT,
            "KOMMISSORIUM_OIDC_CLIENT_SECRET": counterpart.SECRET,
            "KOMMISSORIUM_OIDC_NAME": "Prøveby Kommune",
            "KOMMISSORIUM_OIDC_BREAK_GLASS": IDA,
        }
        with running("serve", folder, port=port, **variables):
            yield address, directory, invitation


def says_of(directory: counterpart.Counterpart, email: str, lasting_id: str) -> None:
    """Let the directory know who sits there, by the machine's own time, as the program has it."""
    now = int(time.clock_gettime(time.CLOCK_REALTIME))
    proven = {"email": email, "email_verified": True, "amr": ["mfa"]}
    times = {"iat": now, "exp": now + 600, "auth_time": now}
    directory.claims = {"sub": lasting_id, **proven, **times}


def test_the_own_sign_in_by_keyboard(site, new_page):
    address, directory, invitation = site
    found: list[str] = []
    page = new_page()
    keys = Keyboard(page)

    def looked_at() -> None:
        found.extend(faults(page))

    page.goto(address + invitation)
    keys.write("password", PASSWORD)
    keys.write("repeated", PASSWORD)
    keys.submit()
    add_second_step(page, keys, looked_at)
    add_person(page, keys, address)
    page.goto(f"{address}/settings/sign-in/")
    looked_at()
    says_of(directory, PER, "7")
    keys.submit()
    looked_at()
    assert "Bliver forbundet med Per Prøve" in page.locator("main").inner_text()

    page = new_page()
    keys = Keyboard(page)
    page.goto(f"{address}/account/login/")
    looked_at()
    assert not page.locator("[name=password]").is_visible()
    sign_in(keys)
    assert page.url == f"{address}/"
    assert "Per Prøve" in page.locator("header").inner_text()
    end_the_other_sign_in(new_page, page, keys, address, looked_at)

    page.goto(f"{address}/account/logout/")
    keys.submit()
    assert urlsplit(page.url).path == "/account/directory/left/"
    looked_at()
    keys.submit()
    assert page.url == f"{address}/account/login/?left=1"
    assert any(one.startswith("/left?client_id=") for one in directory.asked)
    page.goto(f"{address}/account/")
    assert urlsplit(page.url).path == "/account/login/"
    assert found == [], "\n".join(found)


def add_person(page, keys, address) -> None:
    page.goto(f"{address}/people/add/")
    keys.write("name", "Per Prøve")
    keys.write("email", PER)
    keys.submit()
    assert re.search(r"/people/\d+/$", page.url), page.locator("main").inner_text()


def sign_in(keys) -> None:
    keys.press("form[action='/account/directory/'] button")


def end_the_other_sign_in(new_page, page, keys, address, looked_at) -> None:
    """End a sign-in elsewhere: what matters, so the directory asks once more."""
    other = new_page()
    other.goto(f"{address}/account/login/")
    sign_in(Keyboard(other))
    page.goto(f"{address}/account/")
    looked_at()
    keys.press("form:has([name=which][value=others]) button")
    assert urlsplit(page.url).path == "/account/directory/anew/"
    looked_at()
    keys.submit()
    assert urlsplit(page.url).path == "/account/", page.locator("main").inner_text()
    other.goto(f"{address}/account/")
    assert urlsplit(other.url).path == "/account/login/"
