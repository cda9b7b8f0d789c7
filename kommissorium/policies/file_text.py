"""The text of a file that was handed in as a version, read in a process with limits."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.committees.reader.errors import UnreadableMandate
from kommissorium.committees.reader.files import source_text
from kommissorium.core.refusals import Refused

MOST: Final = 200_000  # letters, some hundred pages
KINDS: Final = (".pdf", ".docx")
OWN_WORDS: Final = {
    "empty": gettext_lazy("There is no text in the file."),
    "too_large": gettext_lazy("The file is larger than 10 MB."),
    "too_long": gettext_lazy("The text of the file is longer than 200,000 characters."),
}


def text_of(file: GivenFile) -> str:
    """Return the text of a PDF or Word file. Raises Refused (file) for what cannot be read."""
    if not file.name.lower().endswith(KINDS):
        raise Refused(file=_("Choose a PDF or a Word file (.docx)."))
    try:
        return source_text(file.data, file.name)
    except UnreadableMandate as refused:
        raise Refused(file=str(OWN_WORDS.get(refused.code, refused.message))) from None
