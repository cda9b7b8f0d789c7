"""An import of documents."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples
from kommissorium.texts.actions.beginnings import GivenText, import_texts


def add(samples: Samples, cast: Cast) -> None:
    """Name an import that can be taken back."""
    given = [GivenText("Indlæst procedure", "procedure", "<p>Tekst.</p>")]
    made = import_texts(given, by=cast.coordinator)
    samples.add("policy_imported policy_import_undo", pk=made.pk)
