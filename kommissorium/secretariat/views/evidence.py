"""The evidence chain: read it, check it, export it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.actions.readings import note_export
from kommissorium.accounts.history import HistoryEntry, entries
from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.person_choice import PersonChoice, offer_people
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.compliance.export import write_answers
from kommissorium.core.evidence.chain_check import check_database, head
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import Anchor, Event, Record
from kommissorium.core.evidence.sealed_tables import unsealed
from kommissorium.core.schedule.models import Job
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import page
from kommissorium.registers.installed import registers
from kommissorium.secretariat.evidence_access import (
    PersonReader,
    addresses_of,
    name_of,
)
from kommissorium.secretariat.evidence_rows import records_visible_to
from kommissorium.secretariat.neighbours import Head, heads_kept

ROOMS = [
    ("", gettext_lazy("Everything")),
    ("accounts", gettext_lazy("People and settings")),
    ("committees", gettext_lazy("Committees and mandates")),
    ("meetings", gettext_lazy("Meetings and agendas")),
    ("yearwheel", gettext_lazy("Year wheel")),
    ("tasks", gettext_lazy("Tasks")),
    ("core", gettext_lazy("Frozen documents")),
]


def named_rooms() -> list[tuple[str, str | Promise]]:
    """Return the rooms that things are done in, by their codes; first "" for all of them."""
    return [*ROOMS, *((one.code, one.label) for one in registers())]


class FilterForm(PlainForm):
    """Filter of the chain; `thing` is one thing, as the chain names it."""

    all_may_stay_empty = True

    room = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    who = PersonChoice(
        label=gettext_lazy("Person"), required=False, empty_label=gettext_lazy("All")
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False)
    until = forms.DateField(label=gettext_lazy("Until"), required=False)
    thing = forms.CharField(required=False, max_length=101, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = named_rooms()  # type: ignore[attr-defined]
        everybody: Any = Person.objects.order_by(danish_order("name"), "pk")
        offer_people(self.fields["who"], everybody)


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Show the chain, newest first."""
    person = _checker(request)
    form = FilterForm(request.GET or None)
    found = Event.objects.all()
    if form.is_valid():
        found = _filtered(found, **form.cleaned_data)
    shown = paged(found, request)
    seq, value = head()
    visible = records_visible_to(person)
    lines = entries(list(shown))
    context = {
        "form": form,
        "events": shown,
        "entries": lines,
        "rows": _linked(list(shown), lines, person),
        "seq": seq,
        "head": value,
        "records": [(one, name_of(one)) for one in visible.order_by("-pk").defer("pdf")[:5]],
        **_stamping(),
        "neighbours": [
            (name, heads[0], len(heads), any(one.is_odd for one in heads))
            for name, heads in _neighbours()
        ],
        "withheld": Record.objects.exclude(pk__in=visible.values("pk")).count(),
    }
    return page(request, "secretariat/evidence.html", context)


def _neighbours() -> list[tuple[str, Sequence[Head]]]:
    """Return the neighbours whose heads are kept, each with these; nobody where the settings name none."""
    return list(heads_kept().items()) if settings.NEIGHBOURS else []


def _stamping() -> dict[str, Any]:
    """Return who stamps the heads, the newest that has a stamp, and why today's has none yet."""
    if not settings.TIMESTAMP_URL:
        return {}
    newest = Anchor.objects.exclude(stamp=None).first()
    has_todays = newest is not None and newest.on == timezone.localdate()
    job = None if has_todays else Job.objects.filter(name="time_stamp").first()
    return {
        "stamped_by": urlsplit(settings.TIMESTAMP_URL).hostname,
        "stamped": newest,
        "unstamped_because": job.last_error if job else "",
    }


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check all the evidence now and say what was found, and what no seal covers."""
    _checker(request)
    context = {
        "report": check_database(),
        "unsealed": dict.fromkeys(unsealed().values()),
        "breadcrumbs": [Crumb(_("Evidence"), reverse("evidence")), Crumb(_("Check"))],
    }
    return page(request, "secretariat/evidence_check.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Hand out chain, records and sealed rows as a zip with its own verifier.

    Of what the reader may not open it has the hashes alone.
    """
    person = _checker(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    answers = partial(write_answers, committees=Committee.objects.visible_to(person))
    write_export(file, PersonReader(person), [answers])
    file.seek(0)
    name = f"kommissorium-{timezone.localdate().isoformat()}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_GET
def neighbours_heads(request: HttpRequest) -> HttpResponse:
    """Hand out the heads kept of a neighbour's evidence, or of all, as lines for `verify --anchor`."""
    _checker(request)
    kept, asked = heads_kept(), request.GET.get("of", "")
    lines = [head.line for head in reversed(kept.get(asked, ()))]
    for name in () if asked else sorted(kept):
        lines += [f"# {name}", *(head.line for head in reversed(kept[name]))]
    name = f"heads-{timezone.localdate().isoformat()}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a frozen document with its seal."""
    found = _record(request, pk)
    note_export(request.path, by=person_of(request))  # it is shown whole
    content = json.dumps(json.loads(found.content), ensure_ascii=False, indent=2)
    context = {
        "record": found,
        "name": name_of(found),
        "content": content,
        "entries": entries([found.event]),
        "breadcrumbs": [
            Crumb(_("Evidence"), reverse("evidence")),
            Crumb(name_of(found)),
        ],
    }
    return page(request, "secretariat/record.html", context)


@require_GET
def record_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the bytes that were frozen."""
    found = _record(request, pk)
    files = {"json": (found.content.encode(), "application/json")}
    if found.pdf:
        files["pdf"] = (bytes(found.pdf), "application/pdf")
    if form not in files:
        raise Http404
    data, media_type = files[form]
    headers = {"Content-Disposition": f'attachment; filename="record-{found.pk}.{form}"'}
    return HttpResponse(data, content_type=media_type, headers=headers)


def _linked(
    events: list[Event], lines: list[HistoryEntry], person: Person
) -> list[tuple[HistoryEntry, str, str]]:
    """Return the lines, each with the page of what it is about and how the chain names that."""
    pages = addresses_of(events, person)
    return [
        (
            line,
            pages.get((event.object_kind, event.object_id), ""),
            f"{event.object_kind}:{event.object_id}",
        )
        for event, line in zip(events, lines, strict=True)
    ]


def _filtered(
    found: Any,
    *,
    room: str,
    who: Person | None,
    since: date | None,
    until: date | None,
    thing: str,
) -> Any:
    if thing:
        kind, _colon, key = thing.partition(":")
        found = found.filter(object_kind=kind, object_id=key)
    if who:
        about = Q(object_kind="accounts.person", object_id=str(who.pk))
        found = found.filter(Q(actor=str(who.pseudonym)) | about)
    if room:
        found = found.filter(act__startswith=f"{room}.")
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def _record(request: HttpRequest, pk: int) -> Record:
    visible = records_visible_to(_checker(request))
    return get_object_or_404(visible.select_related("event"), pk=pk)


def _checker(request: HttpRequest) -> Person:
    person = person_of(request)
    if not Person.can_see_evidence(person):
        raise Http404
    return person
