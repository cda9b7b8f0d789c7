"""Check texts that people wrote: a reason, a long text."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import printable, shows
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import Occurrence
from kommissorium.yearwheel.models.duties import TEXT_LENGTH, WORD_LENGTH


def reason(text: str, sentence: str) -> str:
    """Return the reason in printable characters. Raises Refused with the sentence for none."""
    text = printable(text).strip()
    if not shows(text):
        raise Refused(because=sentence)
    if len(text) > WORD_LENGTH:
        raise Refused(because=_("Use at most 1000 characters."))
    return text


def long_text(text: str, field: str) -> str:
    """Return a text of a field; "" where a reader would see nothing. Raises Refused."""
    text = printable(text).strip()
    if len(text) > TEXT_LENGTH:
        raise Refused(**{field: _("The text can be 5000 characters long.")})
    return text if shows(text) else ""


def ended_already(occurrence: Occurrence) -> str:
    """Return who finished an occurrence first, as a sentence."""
    found = Occurrence.objects.select_related("ended_by").get(pk=occurrence.pk)
    if found.ended_by is None or found.ended_at is None:
        return _("It is not open any more.")
    values = {"name": found.ended_by.name, "date": day(found.ended_at)}
    if found.state == Occurrence.State.DONE:
        return _("%(name)s marked it as done on %(date)s. Nothing of yours was saved.") % values
    return _("%(name)s skipped it on %(date)s. Nothing of yours was saved.") % values
