"""Take in a document that somebody hands in: the bytes of a file, or an address."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from kommissorium.core.cleaning import clean_line
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.picture_places import DamagedPicture, without_place
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext.allowed_characters import safe_address

URL_LENGTH = 2000


class GivenFile(NamedTuple):
    """A file as it was handed in."""

    name: str
    data: bytes


def kept_file(given: GivenFile) -> tuple[StoredFile, str]:
    """Return the stored file and its clean name. Raises Refused (file) for one not allowed."""
    try:
        return store_file(given.data, given.name), clean_name(given.name)
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None


def stripped(file: GivenFile) -> GivenFile:
    """Return a file without the location in a picture's metadata. Raises Refused (file)."""
    try:
        return GivenFile(file.name, without_place(file.data))
    except DamagedPicture:
        raise Refused(file=_("The picture is damaged. Try another one.")) from None


def web_address(url: str) -> str:
    """Return a complete address of the web; "" for none. Raises Refused (url) for any other."""
    found = clean_line(url, "url", URL_LENGTH)
    if found and (not safe_address(found) or not found.startswith(("https://", "http://"))):
        raise Refused(url=_("Write an address that begins with https://."))
    return found
