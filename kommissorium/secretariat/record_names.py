"""Names of frozen documents: each room has a template for each kind."""

from __future__ import annotations

import json
from html import unescape

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kommissorium.core.evidence.models import Record


def name_of(record: Record) -> str:
    """Return the name of a document: `<room>/records/<what>.txt` gets what it says."""
    room, _dot, what = record.kind.partition(".")
    try:
        text = render_to_string(
            f"{room}/records/{what}.txt", {"content": json.loads(record.content)}
        )
    except TemplateDoesNotExist:
        return _("Frozen document %d") % record.pk
    # Plain text: whoever shows it escapes it.
    return unescape(text).strip()
