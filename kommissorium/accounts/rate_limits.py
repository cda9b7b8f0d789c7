"""Limits on how often something may be done in a while: per address, per person, or in all."""

from __future__ import annotations

import logging
from collections import Counter
from hashlib import sha256
from time import monotonic, time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import Promise

from kommissorium.core.refusals import Refused

log = logging.getLogger("kommissorium.sign_in.limits")  # a flood of these is a few lines


class Limit(NamedTuple):
    """The largest number of acts in a number of seconds, and the message to whoever exceeds it."""

    name: str
    most: int
    seconds: int
    sentence: str | Promise


def refuse_too_many(limit: Limit, key: str = "") -> None:
    """Count one more under the key. Raises Refused when that is too many."""
    name = f"limit:{limit.name}:{sha256(key.encode()).hexdigest()}"
    with cache_lock(name):
        now = time()
        # By how much, whichever way: the clock may have been set back since.
        recent = [one for one in cache.get(name, []) if abs(now - one) < limit.seconds]
        if len(recent) >= limit.most:
            log.warning("limit met: %s", limit.name)
            raise Refused(str(limit.sentence))
        cache.set(name, [*recent, now], limit.seconds)


class Pace:
    """A limit per person on what costs no more than a page: counted in this process alone.

    It is for what is asked at each key; a limit as above would be written down each time.
    """

    def __init__(self, most: int, seconds: int) -> None:
        self.most, self._seconds = most, seconds
        self._began, self._counts = monotonic(), Counter[int]()

    def allows(self, person: int) -> bool:
        """Count one more for the person; return whether that is not too many for this while."""
        if monotonic() - self._began >= self._seconds:
            self._began, self._counts = monotonic(), Counter()
        self._counts[person] += 1
        return self._counts[person] <= self.most


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from, past the proxies we trust."""
    return str(get_adapter().get_client_ip(request))
