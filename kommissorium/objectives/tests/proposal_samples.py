"""A sample of what of the objectives is put before a committee."""

from __future__ import annotations

from kommissorium.objectives.tests.cases import drafted

PROPOSALS = {"objectives": drafted}
