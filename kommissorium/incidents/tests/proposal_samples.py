"""A sample of what of the incidents is put before a committee."""

from __future__ import annotations

from kommissorium.incidents.tests.cases import evaluation

PROPOSALS = {"evaluation": evaluation}
