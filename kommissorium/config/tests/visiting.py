"""The answer each person gets at each address: the tables of the rooms, and visits by everybody.

Each room has its table in tests/access.py. It is reviewed by hand; a change of a line is a
decision. A dash sends to the sign-in page. 404 is for what one may not know of, 403 for what one
may see and not do, 400 for an empty form of somebody who may, 302 for a deed done, 405 for an
address that takes only the other method. Whoever asks has just proven who they are.
"name/variant" is the same address with another object (samples.py). The system owner has no
password, the employee the role of data protection officer without the seat, and the neighbour sits
in another committee.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from kommissorium.accounts.models import Person
from kommissorium.config.tests.rooms import brought
from kommissorium.conftest import address

WHO = (
    "anonymous",
    "administrator",
    "coordinator",
    "chair",
    "dpo",
    "member",
    "executive",
    "auditor",
    "employee",
    "system_owner",
    "neighbour",
)
ASKED = "-"  # sent to the sign-in page
NOT_ALLOWED = "405"
A_DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Row:
    """A line of the table: a method, an address (perhaps of a special sample) and statuses."""

    room: str
    method: str
    name: str
    expected: tuple[str, ...]

    @property
    def url_name(self) -> str:
        """Return the name of the address, whatever the sample."""
        return self.name.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.method:5}{self.name:36}{''.join(f'{code:>5}' for code in self.expected)}"


def known(who: str) -> Person:
    """Return whoever visits by that name."""
    return Person.objects.get(email=address(who))


def rows() -> list[Row]:
    """Return the lines of all tables."""
    return [
        Row(room, method, name, tuple(codes))
        for room, module in brought("access").items()
        for method, name, *codes in (
            line.split() for line in module.TABLE.splitlines() if line.strip() and line[0] != "#"
        )
    ]


def proven_session(who: str) -> str:
    """Return the session of somebody who has just proven who they are; "" for nobody."""
    client = Client()
    if who == "anonymous":
        return ""
    client.force_login(known(who))
    session = client.session
    # It still counts as a moment ago when the last row is tried, however slow the machine is.
    at = time.time() + A_DAY
    proof = {"method": "password", "at": at, "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return str(session.session_key)


def unwritten() -> AbstractContextManager[object]:
    """Leave templates unrendered: an address's answer is settled before they are. Pictures are drawn:
    documents hold them."""
    render = Template.render

    def leave(self: Template, *given: Any, **named: Any) -> SafeString:
        is_picture = str(self.template.name).endswith(".svg")
        return SafeString(render(self, *given, **named) if is_picture else "")

    return mock.patch.object(Template, "render", leave)


def is_sign_in(answer: HttpResponseBase) -> bool:
    """Return whether the answer leads to the sign-in page."""
    to_sign_in = answer.headers.get("Location", "").partition("?")[0] == reverse("account_login")
    return answer.status_code == 302 and to_sign_in
