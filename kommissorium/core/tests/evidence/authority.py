"""A small authority of time stamps (RFC 3161) of our own, that tells the truth or does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import _rust

SEQUENCE, SET, INTEGER, OCTETS, TIME, NULL = 0x30, 0x31, 2, 4, 0x18, b"\x05\x00"
# Names of what is in a stamp: signed data, what is signed, SHA-256, and the rest likewise.
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
STAMPED = bytes.fromhex("060b2a864886f70d0109100104")
SHA_256 = bytes.fromhex("0609608648016503040201")
ECDSA_SHA_256 = bytes.fromhex("06082a8648ce3d040302")
OF_TYPE = bytes.fromhex("06092a864886f70d010903")
DIGEST = bytes.fromhex("06092a864886f70d010904")
BY_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910022f")
POLICY = bytes.fromhex("06042a030405")


def der(tag: int, *parts: bytes) -> bytes:
    """Return a value in DER: its tag, its length and what is in it."""
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def whole(number: int) -> bytes:
    return der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


@cache
def key(_name: str) -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


@dataclass(frozen=True)
class Authority:
    """One with a certificate of its own, by a root of the same name."""

    name: str = "Tidsstempel"
    questions: list[bytes] = field(default_factory=list)

    def certificate(self, of: str) -> x509.Certificate:
        names = {
            one: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)])
            for one in (f"{self.name} root", of)
        }
        is_root = of.endswith("root")
        began = datetime.now(UTC) - timedelta(days=4000)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = (
            x509.CertificateBuilder(names[f"{self.name} root"], names[of], key(of).public_key())
            .serial_number(1 if is_root else 2)
            .not_valid_before(began)
            .not_valid_after(began + timedelta(days=20_000))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        )
        if not is_root:
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(key(f"{self.name} root"), SHA256())

    def root(self) -> bytes:
        """Return what an installation keeps to know this authority by."""
        return self.certificate(f"{self.name} root").public_bytes(Encoding.PEM)

    def answer(self, question: bytes, *, at: datetime, head: str = "") -> bytes:
        """Return a stamp of what was asked, or of another head."""
        self.questions.append(question)
        asked = _rust.parse_timestamp_request(question)
        imprint = sha256(head.encode()).digest() if head else asked.message_imprint.message
        info = der(
            SEQUENCE,
            whole(1),
            POLICY,
            der(SEQUENCE, der(SEQUENCE, SHA_256, NULL), der(OCTETS, imprint)),
            whole(len(self.questions)),
            der(TIME, f"{at.astimezone(UTC):%Y%m%d%H%M%SZ}".encode()),
            whole(asked.nonce or 0),
        )
        return der(SEQUENCE, der(SEQUENCE, whole(0)), self._signed(info))

    def _signed(self, info: bytes) -> bytes:
        certificate = self.certificate(self.name)
        whole_of_it = certificate.public_bytes(Encoding.DER)
        by = der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, der(OCTETS, sha256(whole_of_it).digest()))))
        about = sorted(
            [
                der(SEQUENCE, OF_TYPE, der(SET, STAMPED)),
                der(SEQUENCE, DIGEST, der(SET, der(OCTETS, sha256(info).digest()))),
                der(SEQUENCE, BY_CERTIFICATE, der(SET, by)),
            ]
        )
        signer = der(
            SEQUENCE,
            whole(1),
            der(SEQUENCE, certificate.issuer.public_bytes(), whole(certificate.serial_number)),
            der(SEQUENCE, SHA_256),
            der(0xA0, *about),
            der(SEQUENCE, ECDSA_SHA_256),
            der(OCTETS, key(self.name).sign(der(SET, *about), ECDSA(SHA256()))),
        )
        signed = der(
            SEQUENCE,
            whole(3),
            der(SET, der(SEQUENCE, SHA_256)),
            der(SEQUENCE, STAMPED, der(0xA0, der(OCTETS, info))),
            der(0xA0, whole_of_it),
            der(SET, signer),
        )
        return der(SEQUENCE, SIGNED_DATA, der(0xA0, signed))
