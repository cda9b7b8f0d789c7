"""What the program reads from its environment."""

from __future__ import annotations

import pytest

from kommissorium.config import environment


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
