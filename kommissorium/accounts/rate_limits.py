"""How often something may be done in a while: from one address, by one person, or in all."""

from __future__ import annotations

from hashlib import sha256
from time import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import Promise

from kommissorium.core.refusals import Refused


class Limit(NamedTuple):
    """At most so many in so many seconds, and what is said to who comes after them."""

    name: str
    most: int
    seconds: int
    sentence: str | Promise


def refuse_too_many(limit: Limit, key: str = "") -> None:
    """Count one more under the key. Raises Refused where that is too many."""
    name = f"limit:{limit.name}:{sha256(key.encode()).hexdigest()}"
    with cache_lock(name):
        now = time()
        # By how much, whichever way: the clock may have been set back since.
        recent = [one for one in cache.get(name, []) if abs(now - one) < limit.seconds]
        if len(recent) >= limit.most:
            raise Refused(str(limit.sentence))
        cache.set(name, [*recent, now], limit.seconds)


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from, past the proxies we trust."""
    return str(get_adapter().get_client_ip(request))
