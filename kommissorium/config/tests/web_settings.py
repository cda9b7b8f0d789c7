"""The settings of web processes beside the tests: the tests' own, with real password hashes."""

from __future__ import annotations

from kommissorium.config.settings import PASSWORD_HASHERS as REAL
from kommissorium.config.tests.settings import *  # noqa: F403
from kommissorium.config.tests.settings import PASSWORD_HASHERS as QUICK

PASSWORD_HASHERS = [*REAL, *QUICK]
