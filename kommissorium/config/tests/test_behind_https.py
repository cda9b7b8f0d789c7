"""What a municipality's own address (https, behind a proxy) makes of cookies, headers and visitors."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from django.test import RequestFactory, override_settings

from kommissorium.accounts.rate_limits import address_of

TWO_YEARS = 63_072_000
DEPLOYED = "kommissorium.config.tests.deployed"
# Asked of the program as it would run there: its settings, and its answer to a first visitor.
PROGRAM = f"""
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "{DEPLOYED}"
import django
django.setup()
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import Client, RequestFactory

request = RequestFactory().get("/")
request.session = {{}}
notices, answer = default_storage(request), HttpResponse()
notices.add(constants.INFO, "x")
notices.update(answer)
host = {{"Host": "udvalg.tryllerup.example", "X-Forwarded-Proto": "https"}}
seen = Client().get("/robots.txt", headers=host)
print(json.dumps({{
    "settings": {{name: getattr(settings, name) for name in dir(settings)
                 if "COOKIE" in name and isinstance(getattr(settings, name), str | bool)}},
    "debug": settings.DEBUG,
    "notices": {{name: cookie.OutputString() for name, cookie in answer.cookies.items()}},
    "headers": dict(seen.headers),
}}))
"""


@cache
def deployed() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_every_cookie_is_secure_and_this_hosts_alone() -> None:
    told = deployed()["settings"]
    names = {name for name in told if name.endswith("COOKIE_NAME")}
    assert {"SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"} <= names
    assert {name: told[name] for name in names if not told[name].startswith("__Host-")} == {}
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        assert told[f"{kind}_COOKIE_SECURE"] is True
        assert told[f"{kind}_COOKIE_SAMESITE"] == "Lax"
    assert told["SESSION_COOKIE_HTTPONLY"] is told["CSRF_COOKIE_HTTPONLY"] is True


def test_notices_lie_in_a_cookie_of_the_same_kind() -> None:
    ((name, cookie),) = deployed()["notices"].items()
    assert name.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_browsers_are_told_to_come_by_tls_alone() -> None:
    rule = deployed()["headers"]["Strict-Transport-Security"].split("; ")
    assert f"max-age={TWO_YEARS}" in rule
    assert "includeSubDomains" in rule


def test_no_inside_of_the_program_is_shown() -> None:
    assert deployed()["debug"] is False


@pytest.mark.parametrize(("trusted", "counted"), [(1, "10.0.0.9"), (0, "127.0.0.1")])
def test_a_visitor_chooses_no_address(trusted: int, counted: str) -> None:
    said = {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 10.0.0.9", "REMOTE_ADDR": "127.0.0.1"}
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=trusted):
        assert address_of(RequestFactory().get("/", **said)) == counted
