"""Metadata of a typeset document: the `sheet` that kit.typ asks for."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def about_document(
    title: str, description: str, *, author: str, footer: str, language: str = ""
) -> dict[str, str]:
    """Return the sheet of a document in a language, the reader's when not given."""
    return {
        "title": title,
        "author": author,
        "description": description,
        "language": language or get_language() or settings.LANGUAGE_CODE,
        "footer": footer,
        "page_pattern": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
