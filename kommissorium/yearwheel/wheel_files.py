"""A year of the wheel as files: PDF, Excel and calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import Column, Sheet, render_pdf, workbook
from kommissorium.core.documents.about import about_document
from kommissorium.core.documents.excel import MEDIA_TYPE as EXCEL
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.templatetags.wheel_words import picture_words
from kommissorium.yearwheel.templatetags.yearwheel import month_name, state_label
from kommissorium.yearwheel.wheel_calendar import MEDIA_TYPE as CALENDAR
from kommissorium.yearwheel.wheel_calendar import wheel_calendar
from kommissorium.yearwheel.wheel_entries import NO_FILTERS, Filters, legend
from kommissorium.yearwheel.wheel_page import View, WheelLine, by_month

TEMPLATE = Path(__file__).with_name("wheel.typ")
PDF = "application/pdf"


def edition(form: str, view: View, filters: Filters) -> tuple[bytes, str, str]:
    """Return the year in one of EDITIONS: its bytes, what to call the file, its type."""
    write, ending, media_type = EDITIONS[form]
    name = f"{_('year-wheel')}-{view.year}.{ending}"
    return write(view, filters), name, media_type


def wheel_pdf(view: View, filters: Filters, paper: str) -> bytes:
    """Return the wheel and its list as an accessible PDF, on "a4" upright or "a3" across."""
    picture = view.picture(filters)
    title = _("Year wheel %(year)s") % {"year": view.year}
    context = {"view": view, "picture": picture, "for_paper": True}
    context["narrows"] = filters != NO_FILTERS
    entries = view.shown(filters)
    data = {
        "sheet": about_document(
            title,
            f"{title}: {view.title}",
            author=Municipality.current().name,
            footer=f"{view.title}, {day(view.wheel.today)}",
        ),
        "paper": paper,
        "name": view.title,
        "svg": render_to_string("yearwheel/picture.svg", context),
        "alt": f"{title}: {view.title}. {picture_words(picture)}",
        "legend": [
            {"text": f"{state_label(state)} {number}", "svg": _swatch(state)}
            for state, _paint, number in legend(entries)
        ],
        "meetings": _("Meeting") + f" {len(picture.dots)}" if picture.dots else "",
        "today": _("Today") if picture.hand else "",
        "months": [
            {"name": month_name(first).capitalize(), "lines": [_line(line) for line in lines]}
            for first, lines in by_month(view.lines(filters))
        ],
        "words": {"list": _("The year as a list"), "none": _("Nothing is due")},
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.localtime())


def wheel_excel(view: View, filters: Filters) -> bytes:
    """Return what is due in the year, and the meetings, as a workbook."""
    due = [
        (
            line.day,
            line.title,
            line.entry.clause,
            line.entry.responsible,
            line.entry.delegate,
            state_label(line.entry.state),
            str((Duty.Kind.PLAN if line.entry.is_plan else Duty.Kind.WHEEL).label),
            ", ".join(name for _key, name in line.entry.tags),
            view.committee_of(line.entry).name,
            f"{settings.SITE_URL}{line.url}",
        )
        for line in view.lines(filters, singly=True)
        if line.entry
    ]
    columns = [
        Column(_("Due"), kind="date"),
        Column(_("What")),
        Column(_("Clause")),
        Column(_("Responsible")),
        Column(_("Done by")),
        Column(_("State")),
        Column(_("Kind")),
        Column(_("Tags")),
        Column(_("Committee")),
        Column(_("Address"), kind="link"),
    ]
    met = [(one.day, one.title, f"{settings.SITE_URL}{one.url}") for one in view.gatherings]
    dates = [
        Column(_("Date"), kind="date"),
        Column(_("Meeting")),
        Column(_("Address"), kind="link"),
    ]
    return workbook(
        [Sheet(_("Year wheel"), columns, due), Sheet(_("Meetings"), dates, met)],
        title=_("Year wheel %(year)s") % {"year": view.year},
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def wheel_ics(view: View, filters: Filters) -> bytes:
    """Return what is due in the year as a calendar file."""
    name = _("Year wheel %(year)s") % {"year": view.year}
    return wheel_calendar(view.bundled(filters), f"{name}: {view.title}")


def _line(line: WheelLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "day": str(line.day.day),
        "title": line.title,
        "state": state_label(entry.state) if entry else "",
        "who": (entry.delegate or entry.responsible or _("None")) if entry else "",
        "is_meeting": entry is None,
        "is_late": entry is not None and entry.state == "overdue",
    }


def _swatch(state: str) -> str:
    return render_to_string("yearwheel/swatch.svg", {"state": state})


EDITIONS: dict[str, tuple[Callable[[View, Filters], bytes], str, str]] = {
    "pdf-a4": (partial(wheel_pdf, paper="a4"), "a4.pdf", PDF),
    "pdf-a3": (partial(wheel_pdf, paper="a3"), "a3.pdf", PDF),
    "xlsx": (wheel_excel, "xlsx", EXCEL),
    "ics": (wheel_ics, "ics", CALENDAR),
}
