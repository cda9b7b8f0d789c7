"""Template filters of the drawn wheel: its words, and its numbers as SVG reads them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.templatetags.yearwheel import state_label
from kommissorium.yearwheel.wheel_entries import PAINTS, EntryState, WheelEntry
from kommissorium.yearwheel.wheel_geometry import WheelPicture

register = template.Library()


@register.filter
def unit(value: float, lower: str = "0") -> str:
    """Return a number of the sheet, moved down by `lower`."""
    return f"{value + float(lower):.1f}"


@register.filter
def paint_fill(state: EntryState) -> str:
    """Return what a state is filled with."""
    return PAINTS[state].fill


@register.filter
def paint_edge(state: EntryState) -> str:
    """Return the line around a state."""
    return PAINTS[state].edge


@register.filter
def entry_words(entry: WheelEntry) -> str:
    """Return an entry as one line: its day, what it is, how it stands, and who answers for it."""
    who = entry.delegate or entry.responsible or _("None")
    days = day(entry.due) if entry.last == entry.due else f"{day(entry.due)} – {day(entry.last)}"
    return f"{days}: {entry.title}. {state_label(entry.state)}. {who}"


@register.filter
def picture_words(picture: WheelPicture) -> str:
    """Return what the picture shows, for whoever cannot see it."""
    number = sum(arc.entry.number for arc in picture.arcs)
    due = ngettext("%(number)d thing is due", "%(number)d things are due", number)
    met = ngettext("%(number)d meeting", "%(number)d meetings", len(picture.dots))
    late = ngettext("%(number)d is overdue", "%(number)d are overdue", picture.late)
    parts = [
        due % {"number": number},
        late % {"number": picture.late} if picture.late else _("nothing is overdue"),
        met % {"number": len(picture.dots)},
    ]
    return _("%(what)s. The list holds the same.") % {"what": ", ".join(parts)}
