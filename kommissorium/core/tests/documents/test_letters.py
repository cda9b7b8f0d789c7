"""A mail's statement of its sender, whatever else is beside the address."""

from __future__ import annotations

import pytest

from kommissorium.core.documents.letter_program import mail
from kommissorium.core.documents.letters import read_letter, senders_of

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


OURS = "mx.tryllerup.example"


@pytest.mark.parametrize(
    ("lines", "proof"),
    [
        ([], ""),
        ([f"{OURS}; dmarc=pass header.from=tryllerup.example"], "pass"),
        ([f"{OURS} 1; spf=pass (dmarc=fail) smtp.mailfrom=x; DMARC = Fail"], "fail"),
        ([f"{OURS}; spf=pass; dkim=pass"], ""),
        (["evil.example; dmarc=pass"], ""),
        ([f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], "fail"),  # ours stands on top
        (["evil.example; dmarc=pass", f"{OURS.upper()}; dmarc=pass"], "pass"),
        ([f"{OURS}.evil.example; dmarc=pass"], ""),
        ([f'"{OURS}; x" ; dmarc=pass'], ""),
        ([f"{OURS}; x=dmarc=pass"], ""),
    ],
)
def test_what_our_own_server_found_of_the_sender_counts_alone(lines, proof):
    headers = "".join(f"Authentication-Results: {line}\r\n" for line in lines)
    letter = read_letter(f"{headers}From: {CHAIR}\r\n\r\nx\r\n".encode())
    assert letter.proof(OURS) == proof
    assert letter.proof("") == ""


@pytest.mark.parametrize(
    ("returns", "counts"),
    [
        ("<>", True),
        ("", False),
        (" <> ", True),
        (f"<{CHAIR}>", False),
        (f"<{CHAIR}>\r\nReturn-Path: <>", False),
    ],
)
def test_a_bounce_answers_to_nobody(returns, counts):
    report = (
        f"Return-Path: {returns}\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <1@x>\r\n\r\n--b--\r\n"
    )
    assert (mail(report.encode())["bounce"] is not None) is counts


def test_a_saved_mail_says_who_it_is_from_and_a_calendar_nothing():
    assert senders_of(f"From: Morten <{CHAIR}>\r\n\r\nFrom: x@x.example\r\n".encode()) == (CHAIR,)
    assert senders_of(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n") == ()
