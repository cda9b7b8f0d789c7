"""A mail's statement of its sender, whatever else is beside the address."""

from __future__ import annotations

import pytest

from kommissorium.core.documents.letter_program import mail

CHAIR = "chair@tryllerup.example"


@pytest.mark.parametrize(
    "sender",
    [
        "<{}> <evil@x.example>",
        "{}, evil@x.example",
        '"{}" <evil@x.example>',
        "{}:evil@x.example;",
        "evil@x.example ({})",
        "=?utf-8?q?{}?= <evil@x.example>",
        "=?utf-8?q?{}?=",
        "evil@x.example <{}>",
        "evil@x.example\r\nFrom: {}",
        "evil@x.example\r\nSender: {}",
        "{}@evil.example",
    ],
)
def test_who_a_mail_is_from_is_one_address_and_no_name(sender):
    told = mail(f"From: {sender.format(CHAIR)}\r\nSubject: x\r\n\r\nx\r\n".encode())
    assert told["senders"] != [CHAIR]


@pytest.mark.parametrize("sender", ["{}", "<{}>", "Morten Lund <{}>", "=?utf-8?q?S=C3=B8?= <{}>"])
def test_the_address_is_found(sender):
    told = mail(f"From: {sender.format(CHAIR)}\r\nSubject: x\r\n\r\nx\r\n".encode())
    assert told["senders"] == [CHAIR]
