"""The log of readings: everybody's for auditors and the data protection officer, else one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kommissorium.accounts.models import Municipality, Person, Reading, danish_order
from kommissorium.accounts.models.readings import KEPT, ReadingQuerySet
from kommissorium.accounts.person_choice import PersonChoice, offer_people
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.forms import FEW, PlainForm
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download_workbook, page
from kommissorium.secretariat.evidence_access import addresses_of
from kommissorium.secretariat.views.evidence import named_rooms


class ReadingFilter(PlainForm):
    """Filter of the log. Who sees their own alone is not asked whose."""

    all_may_stay_empty = True

    who = PersonChoice(
        label=gettext_lazy("Person"), required=False, empty_label=gettext_lazy("All")
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What was read"),
        required=False,
        choices=[("", gettext_lazy("Everything")), *Reading.What.choices],
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False)
    until = forms.DateField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, reads_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reads_all:
            everybody: Any = Person.objects.order_by(danish_order("name"), "pk")
            offer_people(self.fields["who"], everybody)
        else:
            del self.fields["who"]

    def narrowed(self, found: ReadingQuerySet) -> ReadingQuerySet:
        """Return the rows that are asked for; all of them while a day cannot be read."""
        if not self.is_valid():
            return found
        asked = self.cleaned_data
        if person := asked.get("who"):
            found = found.filter(person=person)
        if what := asked["what"]:
            found = found.filter(what=what)
        if since := asked["since"]:
            found = found.filter(at__date__gte=since)
        if until := asked["until"]:
            found = found.filter(at__date__lte=until)
        return found


@require_safe
def reading_log(request: HttpRequest) -> HttpResponse:
    """Show who read what few may read, and who took which file out, the newest first."""
    person = person_of(request)
    form, found = _asked(request)
    shown = paged(found.select_related("person"), request)
    context = {
        "form": form,
        "readings": shown,
        "is_folded": 0 < shown.paginator.count <= FEW and not form.is_bound,
        "rows": _linked(list(shown), person),
        "reads_all": "who" in form.fields,
        "days": KEPT.days,
        "export_query": request.GET.urlencode(),
        "breadcrumbs": [Crumb(_("My account"), reverse("account")), Crumb(_("Log of readings"))],
    }
    return page(request, "secretariat/reading_log.html", context)


@require_safe
def reading_log_export(request: HttpRequest) -> FileResponse:
    """Hand the log out as a workbook, as it is narrowed."""
    _form, found = _asked(request)
    titles = [Column(_("Time"), kind="moment"), Column(_("Person")), Column(_("What was read"))]
    titles += [Column(_("Of what"), width=40), Column(_("Address"), kind="link")]
    labels = dict(Reading.What.choices)
    rooms = _rooms()
    rows = (
        (
            one.at,
            one.person.name,
            str(labels[one.what]),
            _named(one, rooms),
            f"{settings.SITE_URL}{one.path}" if one.path else "",
        )
        for one in found.select_related("person").iterator()
    )
    name = f"{_('log-of-readings')}-{timezone.localdate()}.xlsx"
    title = _("Log of readings")
    author = Municipality.current().name
    return download_workbook([Sheet(title, titles, rows)], name, title=title, author=author)


def _asked(request: HttpRequest) -> tuple[ReadingFilter, ReadingQuerySet]:
    person = person_of(request)
    form = ReadingFilter(request.GET or None, reads_all=Reading.may_all_be_read_by(person))
    return form, form.narrowed(Reading.objects.visible_to(person))


def _linked(found: Sequence[Reading], person: Person) -> list[tuple[Reading, str, str]]:
    """Return each with the name of what was read, and its page where the person may see it."""
    pages, rooms = addresses_of(found, person), _rooms()
    return [
        (one, _named(one, rooms), pages.get((one.object_kind, one.object_id), "")) for one in found
    ]


def _rooms() -> dict[str, str]:
    """Return the names of the rooms that hand files out."""
    own = {"compliance": _("Is the mandate fulfilled?"), "secretariat": _("Evidence")}
    return {code: str(name) for code, name in named_rooms()} | own


def _named(one: Reading, rooms: Mapping[str, str]) -> str:
    """Return what sort of thing it is and which, or whose file, without a word of its content."""
    if one.path:
        return rooms.get(_room_of(one.path), "")
    try:
        kind = capfirst(str(apps.get_model(one.object_kind)._meta.verbose_name))  # noqa: SLF001
    except (LookupError, ValueError):
        kind = one.object_kind
    return f"{kind} {one.object_id}"


def _room_of(path: str) -> str:
    """Return the room that hands out what the path leads to; "" for an address that is gone."""
    try:
        return str(resolve(path).func.__module__).split(".")[1]
    except Resolver404:
        return ""
