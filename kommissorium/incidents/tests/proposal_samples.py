"""A sample of what is put before a committee about incidents."""

from __future__ import annotations

from kommissorium.incidents.tests.cases import evaluation

PROPOSALS = {"evaluation": evaluation}
