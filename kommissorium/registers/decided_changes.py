"""Changes a committee made to what it approved, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.core.richtext import plain_text
from kommissorium.meetings.models import Decision, Outcome


def changed_by(decision: Decision | None) -> str:
    """Return what a decision changed in what it approved; "" where it approved it as it was.

    What a closed decision says stands there alone.
    """
    if decision is None or decision.outcome != Outcome.WITH_CHANGES:
        return ""
    said = "" if decision.is_closed or not decision.text else plain_text(decision.text).strip()
    return said or _("What was changed stands in the decision.")
