"""Hours in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import number


def hours(value: int | None) -> str:
    """Return a number of hours in words; for None that nobody has filled it in."""
    if value is None:
        return _("Not assessed")
    text = ngettext("%(number)s hour", "%(number)s hours", value)
    return text % {"number": number(value)}
