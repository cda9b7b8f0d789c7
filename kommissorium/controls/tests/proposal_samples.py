"""A sample of what of this room is put before a committee."""

from __future__ import annotations

from kommissorium.controls.proposal import KIND
from kommissorium.controls.tests.cases import drafted

PROPOSALS = {KIND.slug: drafted}
