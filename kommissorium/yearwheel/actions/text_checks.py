"""Says who finished an occurrence first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import Occurrence


def ended_already(occurrence: Occurrence) -> str:
    """Return who finished an occurrence first, as a sentence."""
    found = Occurrence.objects.select_related("ended_by").get(pk=occurrence.pk)
    if found.ended_by is None or found.ended_at is None:
        return _("It is not open any more.")
    values = {"name": found.ended_by.name, "date": day(found.ended_at)}
    if found.state == Occurrence.State.DONE:
        return _("%(name)s marked it as done on %(date)s. Nothing of yours was saved.") % values
    return _("%(name)s skipped it on %(date)s. Nothing of yours was saved.") % values
