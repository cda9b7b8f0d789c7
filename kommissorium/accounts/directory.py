"""The municipality's own directory as the settings name it: who proves there who one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

VERIFIED: Final = ("email_verified", "xms_edov")  # by which a directory vouches for an e-mail
TRUE: Final = (True, "true", "1")  # as directories write it


@dataclass(frozen=True)
class Directory:
    """A directory that speaks OpenID Connect (Entra ID, AD FS, Keycloak, OS2faktor)."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    id_claim: str  # that names a person for good
    tenant: str = ""
    second_step: frozenset[str] = frozenset()  # values of acr or amr that are a second step
    break_glass: str = (
        ""  # whose e-mail signs in here as well; named, all others sign in there alone
    )

    @property
    def origin(self) -> str:
        """Return scheme, host and port, where all of its addresses must lie."""
        return origin_of(self.issuer)

    @property
    def is_only_way(self) -> bool:
        """Return whether people sign in at the directory and nowhere else, but for one."""
        return bool(self.break_glass)

    def breaks_glass(self, email: str) -> bool:
        """Return whether that is the e-mail of the one who signs in here in an emergency."""
        return self.is_only_way and email.lower() == self.break_glass

    def account(self, claims: Mapping[str, Any]) -> str:
        """Return the lasting name of an account, with who gave it; "" where there is none."""
        found = claims.get(self.id_claim)
        return self.named(found) if isinstance(found, str) and found else ""

    def named(self, lasting_id: str) -> str:
        """Return the account of that id in this directory: the same id elsewhere is another."""
        return f"{self.issuer} {lasting_id}"

    def has_second_step(self, claims: Mapping[str, Any]) -> bool:
        """Return whether the directory says that it has asked for a second step."""
        means, level = claims.get("amr"), claims.get("acr")
        said = {one for one in means if isinstance(one, str)} if isinstance(means, list) else set()
        if isinstance(level, str):
            said.add(level)
        return bool(said & (self.second_step | {"mfa"}))


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def proven_email(claims: Mapping[str, Any]) -> str:
    """Return the e-mail that the directory says is the account's own; "" where it does not."""
    email = claims.get("email")
    proven = any(claims.get(name) in TRUE for name in VERIFIED)
    return email.strip().lower() if proven and isinstance(email, str) else ""
