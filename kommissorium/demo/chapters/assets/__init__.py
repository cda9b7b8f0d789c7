"""The assets of the municipality: the making of their register, and their owners."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.assets.attestations import tell_attestations
from kommissorium.demo.chapters.assets.owners import tell_documents, tell_owners
from kommissorium.demo.chapters.assets.register import tell_register
from kommissorium.demo.chapters.assets.suppliers import tell_suppliers
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    tell_register(town)
    tell_owners(town)
    tell_suppliers(town)
    tell_documents(town)
    tell_attestations(town)


CHAPTER = Chapter(_tell, budget=14_000)
