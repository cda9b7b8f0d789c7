"""A committee's meeting habits, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import clock


def habits_in_words(committee: Committee) -> str:
    """Return when, how long and where the committee meets, and in which weeks it does not."""
    sentences = [
        _("The committee usually meets %(weekday)s at %(clock)s for %(length)s.")
        % {
            "weekday": _weekday(committee.weekday),
            "clock": clock(committee.start_time),
            "length": length_in_words(committee.minutes),
        }
    ]
    if committee.place:
        sentences.append(_("The meeting place is %(place)s.") % {"place": committee.place})
    if committee.avoided_weeks:
        weeks = _enumerated(committee.avoided_weeks)
        sentences.append(_("It holds no meetings in weeks %(weeks)s.") % {"weeks": weeks})
    return " ".join(sentences)


def length_in_words(minutes: int) -> str:
    """Return 150 as "2 hours and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return _(" and ").join(parts)


def _weekday(number: int) -> str:
    return (
        _("on Mondays"),
        _("on Tuesdays"),
        _("on Wednesdays"),
        _("on Thursdays"),
        _("on Fridays"),
    )[number]


def _enumerated(text: str) -> str:
    parts = text.split(", ")
    return _(" and ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
