"""Asks an authority for time stamps (RFC 3161) of the day's heads, and checks those it gave.

Whoever owns the database could compute a whole new chain, but gets no stamps of days gone by.
"""

from __future__ import annotations

from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from rfc3161_client import (
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.base import HashAlgorithm

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.models import Anchor, Stamp
from kommissorium.core.evidence.readable import readable, told

TIMEOUT = 20  # seconds
MOST_BYTES = 100_000  # of an answer; they have about five thousand
APART = timedelta(days=1)  # at most, between the day of a head and that of its stamp


class NotStamped(Exception):
    """The authority gave no stamp that holds; the message says why."""


class _NoOtherAddress(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """Follow nobody to an address that no setting names."""


def stamp_today() -> Stamp | None:
    """Get today's head stamped, once. None if it is, if there is none, or if nobody is asked.

    Raises NotStamped, and the next run tries again. A head of a day gone by is not stamped any
    more: that of today covers it.
    """
    anchor = Anchor.objects.filter(on=timezone.localdate(), stamp=None).first()
    if not settings.TIMESTAMP_URL or anchor is None:
        return None
    head = f"{anchor.seq}:{anchor.hash}".encode()
    asked = TimestampRequestBuilder(data=head, hash_algorithm=HashAlgorithm.SHA256).build()
    answer = _ask(asked.as_bytes())
    if wrong := what_is_wrong(answer, anchor, _authority(), asked.nonce):
        raise NotStamped(wrong)
    return Stamp.objects.get_or_create(anchor=anchor, defaults={"answer": answer})[0]


def _ask(question: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    request = Request(settings.TIMESTAMP_URL, question, headers)  # noqa: S310 config/settings.py
    try:
        with build_opener(_NoOtherAddress).open(request, timeout=TIMEOUT) as answer:
            return bytes(answer.read(MOST_BYTES))
    except (OSError, HTTPException) as error:
        raise NotStamped(f"{settings.TIMESTAMP_URL} does not answer: {error}") from None


def _authority() -> list[x509.Certificate]:
    """Return the certificates that the authority's are traced to; none where no file is named."""
    if not settings.TIMESTAMP_CERTIFICATES:
        return []
    try:
        data = Path(settings.TIMESTAMP_CERTIFICATES).read_bytes()
        return x509.load_pem_x509_certificates(data)
    except (OSError, ValueError) as error:
        raise NotStamped(f"the authority's certificates cannot be read: {error}") from None


def what_is_wrong(
    answer: bytes, anchor: Anchor, authority: list[x509.Certificate], nonce: int | None = None
) -> str:
    """Return why an answer is no stamp of the anchor by the authority; "" if it is one."""
    head = f"{anchor.seq}:{anchor.hash}".encode()
    try:
        response = decode_timestamp_response(answer)
        check = VerifierBuilder(roots=authority, nonce=nonce).build()
        check.verify_message(response, head)
        day = timezone.localdate(response.tst_info.gen_time)
    except (ValueError, VerificationError) as error:
        return f"no time stamp of this head by the authority: {error}"
    return "" if abs(day - anchor.on) <= APART else f"a time stamp of another day, {day}"


def check_stamps(report: verifier.Report) -> None:
    """Check each stamp that is kept: head, day and signature. Note which heads have none."""
    stamps = Stamp.objects.select_related("anchor")
    first = stamps.order_by("anchor__on").first()
    if first is None:
        return
    try:
        authority = _authority()
    except NotStamped as error:
        report.fault(verifier.ANCHORS, str(error))
        return

    def wrong(stamp: Stamp) -> tuple[Anchor, str]:
        if not authority:
            imprint = verifier.imprint_in(bytes(stamp.answer))
            holds = imprint == verifier.imprint_for(stamp.anchor.seq, stamp.anchor.hash)
            return stamp.anchor, "" if holds else "no time stamp of this head"
        return stamp.anchor, what_is_wrong(bytes(stamp.answer), stamp.anchor, authority)

    with told(verifier.ANCHORS, "the time stamps", report):
        for anchor, fault in readable(stamps, wrong, report, "time stamp"):
            report.stamps += 1
            if fault:
                report.fault(verifier.ANCHORS, f"the stamp of {anchor.on} is {fault}")
    if not authority:
        report.notes.append(
            "KOMMISSORIUM_TIMESTAMP_CERTIFICATES names no file: signatures of"
            " time stamps were not checked."
        )
    _note_unstamped(first.anchor, report)


def _note_unstamped(first: Anchor, report: verifier.Report) -> None:
    since = Anchor.objects.filter(on__gte=first.on)
    without = since.filter(stamp=None)
    if number := without.count():
        named = ", ".join(str(one.on) for one in without[: verifier.MOST_NAMED])
        report.notes.append(
            f"{number:,} of {since.count():,} heads since {first.on} have no time stamp,"
            f" the newest: {named}."
        )
