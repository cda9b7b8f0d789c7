"""Delays for whoever guesses a password; nobody is shut out.

Attempts count per account, those of a browser known to its person per browser. After some the
next one waits before its password is looked at, longer each time and never for long.
"""

from __future__ import annotations

import threading
from hashlib import sha256
from time import sleep, time

from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache

from kommissorium.accounts.password_hashers import TooBusy

WITHOUT_DELAY = 5
FIRST_DELAY, LONGEST_DELAY = 0.25, 4.0  # seconds
COUNTS_FOR = 15 * 60  # seconds
MOST_COUNTED = 20
# Waiting takes a thread that could serve pages: so many of a process wait. Of strangers the others
# go on at once, for their address limits them; a known browser has no such limit and tries again.
_waiting = threading.BoundedSemaphore(1)
_known_waiting = threading.BoundedSemaphore(1)


def delay(attempts: int) -> float:
    """Return the seconds that the last of this many attempts waits."""
    late = attempts - WITHOUT_DELAY
    return min(FIRST_DELAY * 2 ** (late - 1), LONGEST_DELAY) if late > 0 else 0.0


def slow_down(account: str, device: str) -> None:
    """Count an attempt, and wait as long as it must; it is forgotten when it succeeds.

    Raises TooBusy where attempts of a known browser come beside each other, to evade the wait.
    """
    seconds = delay(_count(key_of(account, device)))
    waiting = _known_waiting if device else _waiting
    if seconds and waiting.acquire(blocking=False):
        try:
            sleep(seconds)
        finally:
            waiting.release()
    elif seconds and device:
        raise TooBusy


def forget(account: str, device: str) -> None:
    """Forget the attempts of before: the right password was given."""
    cache.delete(key_of(account, device))


def key_of(account: str, device: str) -> str:
    """Return the key that attempts are counted by: strangers add nothing to a known browser's."""
    return f"attempts:{sha256(f'{account} {device}'.encode()).hexdigest()}"


def _count(key: str) -> int:
    with cache_lock(key):
        since = time() - COUNTS_FOR
        recent = [moment for moment in cache.get(key, []) if moment > since]
        recent = [*recent, time()][-MOST_COUNTED:]
        cache.set(key, recent, COUNTS_FOR)
    return len(recent)
