"""Word documents in the municipality's own template, where it has one."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from kommissorium.accounts.models.word_templates import WordTemplate
from kommissorium.core.documents.word_template import TemplateRefused, fill
from kommissorium.core.files.models import FileDamaged

log = logging.getLogger(__name__)


def in_own_template(kind: str, document: bytes, values: Mapping[str, str]) -> bytes:
    """Return a document of ours in the municipality's template, else as it is.

    `values` are the texts of the template's marks. A template that cannot be filled any more
    keeps nobody from the document.
    """
    template = WordTemplate.for_kind(kind)
    if template is None:
        return document
    try:
        return fill(template.file.read(), document, values)
    except (TemplateRefused, FileDamaged) as refused:
        log.warning("the template %s was not filled: %s", template.pk, refused)
        return document
