"""The text of a file that was handed in as a version, read in a process with limits."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.core.documents.text_of_files import Unreadable, text_of_file
from kommissorium.core.refusals import Refused

KINDS: Final = (".pdf", ".docx")


def text_of(file: GivenFile) -> str:
    """Return the text of a PDF or Word file. Raises Refused (file) for what cannot be read."""
    if not file.name.lower().endswith(KINDS):
        raise Refused(file=_("Choose a PDF or a Word file (.docx)."))
    try:
        return text_of_file(file.data, file.name)
    except Unreadable as refused:
        raise Refused(file=str(refused.message)) from None
