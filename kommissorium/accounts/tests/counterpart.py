"""A directory that speaks OpenID Connect, on this machine: what it says of a person is told to it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.directory import Directory

CLIENT, SECRET = "kommissorium", "hemmelig"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CALLBACK = "http://127.0.0.1:8000/account/directory/answer/"


class Counterpart:
    """The directory: `claims` go beside what every token has; `signed` can replace the token."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {"sub": "1"}
        self.headers: dict[str, Any] = {"kid": "a"}
        self.key: Any = KEY
        self.algorithm = "RS256"
        self.documents: dict[str, Any] = {}  # in place of what it says of itself
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.callback = CALLBACK

    @property
    def settings(self) -> Directory:
        return Directory(self.issuer, CLIENT, SECRET, "Tryllerup Kommune", "sub")

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.documents,
        }

    def keys(self) -> dict[str, Any]:
        algorithm: Any = jwt.algorithms.RSAAlgorithm
        own = json.loads(algorithm.to_jwk(KEY.public_key()))
        return {"keys": [{"kid": "a", "use": "sig", **own}]}

    def authorize(self, address: str) -> str:
        """Return the code for what a browser was sent with, as the directory's page would."""
        asked = {name: one for name, [one] in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?"), address
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT and asked["redirect_uri"] == self.callback
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def exchange(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or pair != f"{CLIENT}:{SECRET}" or sent["redirect_uri"] != self.callback:
            return None
        proof = base64.urlsafe_b64encode(sha256(sent["code_verifier"].encode()).digest())
        if proof.rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked["nonce"])}

    def token(self, nonce: str) -> str:
        now = int(timezone.now().timestamp())
        every = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said = {name: one for name, one in {**every, **self.claims}.items() if one is not None}
        return jwt.encode(said, self.key, self.algorithm, headers=self.headers)


class _Pages(BaseHTTPRequestHandler):
    counterpart: Counterpart

    def do_GET(self) -> None:
        one = self.counterpart
        one.asked.append(self.path)
        path, _mark, query = self.path.partition("?")
        asked = dict(parse_qsl(query))
        match path:
            case "/authorize":  # in a browser: whoever sits there is signed in at once
                code = one.authorize(f"{one.issuer}{self.path}")
                self.send_on(one.callback, code=code, state=asked["state"])
            case "/left":
                self.send_on(asked["post_logout_redirect_uri"], left="1")
            case "/.well-known/openid-configuration":
                self.answer(one.configuration())
            case "/keys":
                self.answer(one.keys())
            case _:
                self.answer(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: value for name, [value] in parse_qs(body).items()}
        self.answer(self.counterpart.exchange(sent, self.headers.get("Authorization", "")))

    def send_on(self, address: str, **fields: str) -> None:
        self.send_response(302)
        self.send_header("Location", f"{address}?{urlencode(fields)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, said: Any) -> None:
        body = json.dumps(said if said is not None else {"error": "invalid_grant"}).encode()
        self.send_response(200 if said is not None else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Counterpart]:
    """Let a directory answer on a free port until the test ends."""
    pages = type("Pages", (_Pages,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    pages.counterpart = counterpart = Counterpart(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield counterpart
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def begin(browser: Client, **fields: str) -> str:
    """Press the button; return the address at the directory that the browser is sent to."""
    answer = browser.post("/account/directory/", fields)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def come_back(browser: Client, address: str, code: str, **more: str) -> Any:
    """Come back from the directory with a code."""
    state = parse_qs(urlsplit(address).query)["state"][0]
    return browser.get("/account/directory/answer/", {"code": code, "state": state, **more})


def sign_in(browser: Client, counterpart: Counterpart, **claims: Any) -> Any:
    """Sign in by the directory, which says that of the person; return the last answer."""
    counterpart.claims = {"sub": "1", **claims}
    address = begin(browser)
    return come_back(browser, address, counterpart.authorize(address))
