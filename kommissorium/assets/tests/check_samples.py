"""A small register for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.assets.tests.document_cases import add, system
from kommissorium.conftest import Cast


def fill(cast: Cast) -> None:
    """Register one system with its owner and a document, and one without."""
    add(cast, system(cast, criticality="society"))
    system(cast, "Uden ejer", owned=False)
