"""Samples of what is ruled by a committee."""

from __future__ import annotations

from kommissorium.rulings.tests.cases import answered, applied

PROPOSALS = {"interpretation": answered, "dispensation": applied}
