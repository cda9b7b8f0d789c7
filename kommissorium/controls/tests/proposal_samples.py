"""A sample of what this room puts before a committee."""

from __future__ import annotations

from kommissorium.controls.proposal import KIND
from kommissorium.controls.tests.cases import drafted

PROPOSALS = {KIND.slug: drafted}
