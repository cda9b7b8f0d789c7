"""Asks the municipality's directory who somebody is: OpenID Connect, the code flow with PKCE.

Nothing that the directory answers is believed before signature, issuer, receiver, tenant, time and
nonce hold. It is asked for no more than that: no access token is used or kept.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPException
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kommissorium.accounts.directory import Directory, origin_of

SIGNED_OUT: Final = "http://schemas.openid.net/event/backchannel-logout"
ALGORITHM: Final = "RS256"  # what every directory can; the token does not choose
SHORTEST_KEY: Final = 2048  # bits
TIMEOUT: Final = 8  # seconds
MOST_BYTES: Final = 500_000  # of an answer
LEEWAY: Final = 60  # seconds by which two clocks may differ
OLDEST: Final = 600  # seconds since the token was made
AT_ONCE: Final = 4  # threads of a process that may wait for the directory
TURN: Final = 2  # seconds that one more waits for its turn

_TURNS = BoundedSemaphore(AT_ONCE)


class DirectoryAway(Exception):
    """The directory does not answer, or not as one; the message is for the log."""


class TokenRefused(Exception):
    """What the directory said of a person does not hold; the message is for the log."""


class _NoOtherAddress(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """Follow nobody to an address that no setting names."""


def sign_in_address(
    directory: Directory, *, redirect_uri: str, state: str, nonce: str, verifier: str, anew: bool
) -> str:
    """Return the address at the directory where somebody proves who they are.

    `anew` has it ask whatever its own session remembers. Raises DirectoryAway.
    """
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "scope": "openid profile email",
        "client_id": directory.client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if anew else {}),
    }
    address = _endpoint(directory, _discovered(directory), "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def sign_out_address(directory: Directory, *, back_to: str) -> str:
    """Return where somebody signs out of the directory itself; "" where it has no such place.

    No token is sent along, for none is kept: some ask once more whether it is meant. Raises
    DirectoryAway.
    """
    found, name = _discovered(directory), "end_session_endpoint"
    if not found.get(name):
        return ""
    address = _endpoint(directory, found, name)
    asked = {"client_id": directory.client_id, "post_logout_redirect_uri": back_to}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def claims_of(
    directory: Directory, code: str, *, redirect_uri: str, nonce: str, verifier: str
) -> dict[str, Any]:
    """Exchange a code for what the directory says of a person, and hold it against all rules.

    Raises DirectoryAway and TokenRefused.
    """
    found = _discovered(directory)
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    headers = {}
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_post" in methods:
        fields |= {"client_id": directory.client_id, "client_secret": directory.client_secret}
    else:
        pair = f"{quote(directory.client_id, safe='')}:{quote(directory.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    address = _endpoint(directory, found, "token_endpoint")
    token = _json(address, urlencode(fields).encode(), headers).get("id_token")
    if not isinstance(token, str):
        raise TokenRefused("no id_token")
    claims = _signed(token, _keys(directory, found), ["iss", "aud", "exp", "iat", "nonce"])
    _check(directory, claims)
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise TokenRefused("of another sign-in")
    return claims


def signed_out(directory: Directory, token: str) -> str:
    """Return whose account a directory says has signed out there (OpenID Connect Back-Channel Logout).

    Raises DirectoryAway and TokenRefused.
    """
    keys = _keys(directory, _discovered(directory))
    claims = _signed(token, keys, ["iss", "aud", "iat", "events"])
    _check(directory, claims)
    events = claims["events"]
    if "nonce" in claims or not isinstance(events, dict) or SIGNED_OUT not in events:
        raise TokenRefused("no message that somebody signed out")
    if not (account := directory.account(claims)):
        raise TokenRefused("of nobody")
    return account


def was_asked_since(claims: Mapping[str, Any], moment: float) -> bool:
    """Return whether the directory says that it asked who one is after that moment."""
    asked = claims.get("auth_time")
    return isinstance(asked, int | float) and asked >= moment - LEEWAY


def _discovered(directory: Directory) -> dict[str, Any]:
    found = _json(f"{directory.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != directory.issuer:
        raise DirectoryAway("it calls itself by another issuer than KOMMISSORIUM_OIDC_ISSUER")
    return found


def _endpoint(directory: Directory, found: Mapping[str, Any], name: str) -> str:
    """Return one of its addresses. Raises DirectoryAway for one of another host."""
    address = found.get(name)
    if not isinstance(address, str) or origin_of(address) != directory.origin:
        raise DirectoryAway(f"its {name} does not lie at {directory.origin}")
    return address


def _json(
    url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what an address of the directory answers. Raises DirectoryAway, TokenRefused."""
    request = Request(url, data, {"Accept": "application/json", **(headers or {})})  # noqa: S310 config/environment.py
    try:
        with _a_turn(), build_opener(_NoOtherAddress).open(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except HTTPError as error:
        if data is not None and error.code in {400, 401, 403}:
            raise TokenRefused(f"the code was refused ({error.code})") from None
        raise DirectoryAway(f"{url} answers {error.code}") from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise DirectoryAway(f"{url} does not answer: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise DirectoryAway(f"{url} answers something else")
    return found


@contextmanager
def _a_turn() -> Iterator[None]:
    """Let few threads wait: a directory that hangs must not take all that serve pages."""
    if not _TURNS.acquire(timeout=TURN):
        raise DirectoryAway("others wait for it already")
    try:
        yield
    finally:
        _TURNS.release()


def _keys(directory: Directory, found: Mapping[str, Any]) -> list[Any]:
    keys = _json(_endpoint(directory, found, "jwks_uri")).get("keys")
    return keys if isinstance(keys, list) else []


def _signed(token: str, keys: list[Any], required: list[str]) -> dict[str, Any]:
    """Return the claims of a token that one of the directory's keys has signed.

    Times are held against our own clock (_check). Raises TokenRefused.
    """
    options: Any = {
        **dict.fromkeys(("verify_exp", "verify_iat", "verify_nbf", "verify_aud"), False),
        "require": required,
    }
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != ALGORITHM:
            raise TokenRefused(f"signed otherwise than by {ALGORITHM}")
        key = _key(keys, header.get("kid"))
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[ALGORITHM], options=options)
    except jwt.PyJWTError as error:
        raise TokenRefused(f"its signature or form: {type(error).__name__}") from None
    return claims


def _key(keys: list[Any], kid: object) -> RSAPublicKey:
    """Return the key of that name; without a name, the only one there is."""
    signing = [
        one
        for one in keys
        if isinstance(one, dict)
        and one.get("kty") == "RSA"
        and one.get("use", "sig") == "sig"
        and one.get("alg", ALGORITHM) == ALGORITHM
    ]
    named = [one for one in signing if kid is None or one.get("kid") == kid]
    if len(named) != 1:
        raise TokenRefused("signed by a key that the directory does not name")
    try:
        key = jwt.PyJWK(named[0], algorithm=ALGORITHM).key
    except (ValueError, TypeError):
        raise TokenRefused("signed by a key that is none") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST_KEY:
        raise TokenRefused("signed by a short key")
    return key


def _check(directory: Directory, claims: Mapping[str, Any]) -> None:
    """Raise TokenRefused unless the token is of this directory, for us and of now."""
    if claims["iss"] != directory.issuer:
        raise TokenRefused("another issuer")
    receivers = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    party = claims.get("azp", directory.client_id if len(receivers) == 1 else "")
    if directory.client_id not in receivers or party != directory.client_id:
        raise TokenRefused("for another receiver")
    if directory.tenant and claims.get("tid") != directory.tenant:
        raise TokenRefused("another tenant")
    now = timezone.now().timestamp()
    times = [claims.get("exp", now), claims["iat"], claims.get("nbf", claims["iat"])]
    if not all(isinstance(one, int | float) for one in times):
        raise TokenRefused("without times")
    ends, made, begins = times
    if ends <= now - LEEWAY or made <= now - OLDEST - LEEWAY:
        raise TokenRefused("too old")
    if made > now + LEEWAY or begins > now + LEEWAY:
        raise TokenRefused("of a time to come")
