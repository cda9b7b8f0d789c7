"""How many reports may come in: from one address, from one person, and in all."""

from __future__ import annotations

from hashlib import sha256
from time import time
from typing import Final, NamedTuple

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused


class Limit(NamedTuple):
    """At most so many in so many seconds."""

    name: str
    most: int
    seconds: int


PERSON: Final = Limit("person", 20, 3600)
ADDRESS: Final = Limit("address", 5, 600)
STRANGERS: Final = Limit("strangers", 60, 3600)
GUESSES: Final = Limit("guesses", 10, 600)  # of a receipt and its secret
SERVICE_DESK: Final = Limit("service_desk", 60, 60)


def refuse_too_many(limit: Limit, key: str = "") -> None:
    """Count one more under the key. Raises Refused where that is too many."""
    if not _counted(limit, key):
        text = _("Too many reports came in just now. Wait a while, and call if it is urgent.")
        raise Refused(text)


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from, past the proxies we trust."""
    return str(get_adapter().get_client_ip(request))


def _counted(limit: Limit, key: str) -> bool:
    name = f"incidents:{limit.name}:{sha256(key.encode()).hexdigest()}"
    with cache_lock(name):
        now = time()
        recent = [one for one in cache.get(name, []) if abs(now - one) < limit.seconds]
        if len(recent) >= limit.most:
            return False
        cache.set(name, [*recent, now], limit.seconds)
    return True
