"""The program's settings from its environment."""

from __future__ import annotations

import logging.config

import pytest
from django.core.exceptions import ImproperlyConfigured

from kommissorium.config import environment
from kommissorium.config.log_settings import FORMATTERS, log_settings
from kommissorium.core.signing_key import read_key_before


@pytest.mark.parametrize(
    ("host", "demo", "ends"),
    [
        ("", False, "dummy"),
        (" ", False, "dummy"),
        ("mail", False, "smtp"),
        ("mail", True, "console"),
    ],
)
def test_without_a_server_mail_goes_nowhere_and_in_the_demonstration_it_is_printed(
    monkeypatch, host, demo, ends
):
    monkeypatch.setenv("EMAIL_HOST", host)
    assert environment.mail_backend(demo=demo).split(".")[-2] == ends


def test_another_time_than_the_true_one_is_refused_outside_a_demonstration(monkeypatch):
    assert environment.clock_shift(demo=False) == 0
    monkeypatch.setenv("KOMMISSORIUM_CLOCK_SHIFT", "-86400")
    assert environment.clock_shift(demo=True) == -86400
    with pytest.raises(ImproperlyConfigured, match="demonstration alone"):
        environment.clock_shift(demo=False)
    monkeypatch.setenv("KOMMISSORIUM_CLOCK_SHIFT", "i morgen")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        environment.clock_shift(demo=True)


def test_the_key_of_before_lies_beside_the_key_or_in_a_variable(monkeypatch, tmp_path):
    assert read_key_before(tmp_path) == ""
    (tmp_path / "secret.key.before").write_text("old\n")
    assert read_key_before(tmp_path) == "old"
    monkeypatch.setenv("KOMMISSORIUM_SECRET_KEY_BEFORE", "older")
    assert read_key_before(tmp_path) == "older"


@pytest.mark.parametrize("key", ["", " \n", "kort", "x" * 31])
def test_a_short_or_empty_key_is_refused(monkeypatch, tmp_path, key):
    monkeypatch.delenv("KOMMISSORIUM_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="no key in"):
        environment.secret_keys(tmp_path)
    (tmp_path / "secret.key").write_text(key)
    with pytest.raises(ImproperlyConfigured, match="needs 32"):
        environment.secret_keys(tmp_path)
    (tmp_path / "secret.key").write_text("x" * 32)
    assert environment.secret_keys(tmp_path) == ("x" * 32, "")
    if key.strip():
        monkeypatch.setenv("KOMMISSORIUM_SECRET_KEY", key)
        with pytest.raises(ImproperlyConfigured, match="KOMMISSORIUM_SECRET_KEY has"):
            environment.secret_keys(tmp_path)


@pytest.mark.parametrize("place", ["", "/run/clamav/clamd.ctl", "scanner:3310"])
def test_a_scanner_is_a_socket_or_a_host_with_its_port(monkeypatch, place):
    monkeypatch.setenv("KOMMISSORIUM_CLAMD", place)
    assert environment.scanner() == place
    monkeypatch.setenv("KOMMISSORIUM_CLAMD", "scanner")
    with pytest.raises(ImproperlyConfigured, match="host:port"):
        environment.scanner()


def test_an_authority_of_time_stamps_has_an_address_and_its_certificates(monkeypatch, tmp_path):
    assert environment.timestamp_authority(demo=False) == ("", "")
    monkeypatch.setenv("KOMMISSORIUM_TIMESTAMP_URL", "ftp://tid.example")
    with pytest.raises(ImproperlyConfigured, match="must start with"):
        environment.timestamp_authority(demo=False)
    monkeypatch.setenv("KOMMISSORIUM_TIMESTAMP_URL", "http://tid.example/tsr")
    with pytest.raises(ImproperlyConfigured, match="TIMESTAMP_CERTIFICATES beside it"):
        environment.timestamp_authority(demo=False)
    assert environment.timestamp_authority(demo=True) == ("", "")
    file = tmp_path / "tid.pem"
    monkeypatch.setenv("KOMMISSORIUM_TIMESTAMP_CERTIFICATES", str(file))
    with pytest.raises(ImproperlyConfigured, match="there is no file"):
        environment.timestamp_authority(demo=False)
    file.touch()
    assert environment.timestamp_authority(demo=False) == ("http://tid.example/tsr", str(file))


@pytest.mark.parametrize("form", sorted(FORMATTERS))
def test_both_forms_of_the_log_can_be_set_up(form):
    told = log_settings(form)
    told["handlers"]["stderr"]["class"] = "logging.NullHandler"  # the tests' own stay
    logging.config.dictConfig({**told, "root": {"handlers": []}, "loggers": {}})


OIDC = {
    "KOMMISSORIUM_OIDC_ISSUER": "https://login.example/t/v2.0",
    "KOMMISSORIUM_OIDC_CLIENT_ID": "k",
    "KOMMISSORIUM_OIDC_CLIENT_SECRET": "s",
    "KOMMISSORIUM_OIDC_NAME": "Eksempel Kommune",
}


def test_a_directory_is_named_in_full_and_by_tls(monkeypatch):
    assert environment.directory(demo=False) is None
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    found = environment.directory(demo=False)
    assert found and (found.origin, found.id_claim) == ("https://login.example", "sub")
    assert environment.directory(demo=True) is None
    assert not found.is_only_way and not found.breaks_glass("")
    monkeypatch.setenv("KOMMISSORIUM_OIDC_BREAK_GLASS", "Noed@Eksempel.dk")
    alone = environment.directory(demo=False)
    assert alone and alone.is_only_way and alone.breaks_glass("noed@eksempel.DK")
    assert not alone.breaks_glass("anden@eksempel.dk")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"KOMMISSORIUM_OIDC_ISSUER": "http://login.example"}, "https://"),
        ({"KOMMISSORIUM_OIDC_ISSUER": "login.example"}, "https://"),
        ({"KOMMISSORIUM_OIDC_ISSUER": "https://login.example/?a=1"}, "https://"),
        ({"KOMMISSORIUM_OIDC_ISSUER": "https://a:b@login.example"}, "https://"),
        ({"KOMMISSORIUM_OIDC_CLIENT_SECRET": ""}, "beside it"),
        ({"KOMMISSORIUM_OIDC_NAME": ""}, "beside it"),
        ({"KOMMISSORIUM_OIDC_ID_CLAIM": "email"}, "must be sub or oid"),
        ({"KOMMISSORIUM_OIDC_ID_CLAIM": "oid"}, "needs KOMMISSORIUM_OIDC_TENANT"),
        ({"KOMMISSORIUM_OIDC_BREAK_GLASS": "Nina Prøve"}, "no e-mail address"),
    ],
)
def test_a_directory_named_by_halves_is_refused(monkeypatch, changed, said):
    for name, value in {**OIDC, **changed}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        environment.directory(demo=False)
