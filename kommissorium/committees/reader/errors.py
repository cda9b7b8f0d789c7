"""The exception for a file or text that could not be read as a mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAX_FILE_MB: Final = 10
MAX_BYTES: Final = MAX_FILE_MB * 1024 * 1024
MAX_CHARACTERS: Final = 60_000

MESSAGES: Final[dict[str, _StrPromise]] = {
    "empty": _("The file is empty. Choose the file with the terms of reference."),
    "too_large": _("The file is larger than 10 MB. Terms of reference are much smaller."),
    "unknown_type": _(
        "The file is not a text that can be read. Use a .docx, .odt, .pdf, .txt or .md file."
    ),
    "old_word": _(
        "The file is in the old Word format or is locked with a password. "
        "Save it as .docx without a password."
    ),
    "encrypted": _("The file is locked with a password. Save a copy without one."),
    "no_text_layer": _(
        "The PDF holds pictures of pages, not text. Use the document it was scanned from."
    ),
    "zip_bomb": _("The file unpacks to far more than a document holds, so it was not opened."),
    "damaged": _("The file is damaged and cannot be opened. Save it again and try once more."),
    "busy": _("Other files are being read just now. Try again in a moment."),
    "too_heavy": _("The file takes too long to open. Save its text as a .txt file and use that."),
    "too_long": _(
        "The text is longer than 60,000 characters. Terms of reference are much shorter."
    ),
    "no_mandate": _(
        "No terms of reference were found in the text. "
        "It should say who the members are, what the committee does and when it meets."
    ),
}


class UnreadableMandate(Exception):
    """Raised for a file or text that is no readable mandate.

    `code` is a key of MESSAGES, `message` the sentence to show, translated when it is shown.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = MESSAGES[code]
