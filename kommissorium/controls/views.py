"""Pages of controls and of the versions of the statement, and its workbook."""

from __future__ import annotations

import json
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.controls.actions.controls import (
    begin_controls,
    change_control,
    decide_many,
)
from kommissorium.controls.actions.versions import draft_statement
from kommissorium.controls.control_list import ControlList, known_to
from kommissorium.controls.forms import ControlForm, DecideForm
from kommissorium.controls.models import Applies, Control, SoaVersion
from kommissorium.controls.proposal import KIND, in_a_sentence, rows_of
from kommissorium.controls.status import LABELS, statuses_of
from kommissorium.core.documents.excel import MEDIA_TYPE, Column, Sheet, workbook
from kommissorium.core.documents.steady_zip import steady
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.documents.record import proposal_facts
from kommissorium.registers.shown import shown_on
from kommissorium.registers.views.proposals import proposal_page
from kommissorium.registers.views.row_pages import RowPages

KEPT = ("because", "how", "owner", "laid_down", "carried_out", "evidence_on")


def statement_workbook(version: SoaVersion) -> bytes:
    """Return a version as a workbook, in the active language: the same bytes whenever it is asked
    for once it is approved, since it is made of what was frozen."""
    record = version.record
    frozen = json.loads(record.content) if record else KIND.content(version)
    rows = frozen["controls"] if record else rows_of(version)
    columns = (
        *(_("Control"), _("Applies"), _("How it stands"), _("Reason")),
        *(_("How it is met"), _("Responsible"), _("Laid down by"), _("Carried out")),
        _("Newest evidence"),
    )
    lines = [
        (
            f"{one['number']} {one['title']}",
            str(Applies(one["applies"]).label),
            str(LABELS[one["status"]]),
            *(one[name] for name in KEPT),
        )
        for one in rows
    ]
    about = [*proposal_facts(frozen), (_("What is new"), frozen["news"])]
    sheets = [
        Sheet(_("Controls"), [Column(one) for one in columns], lines),
        Sheet(frozen["title"], [Column(_("About")), Column("")], [one for one in about if one[1]]),
    ]
    made = workbook(
        sheets,
        title=frozen["title"],
        author=frozen["municipality"],
        language=get_language() or "da",
    )
    return steady(made, written_at=_made_at(version))


def _made_at(version: SoaVersion) -> datetime:
    return version.record.at if version.record else timezone.now()


NEWEST = 20  # of what happened to a control
both = require_http_methods(["GET", "POST"])


@require_POST
def controls_begin(request: HttpRequest) -> HttpResponse:
    """Make the list of all controls."""
    begin_controls(by=person_of(request))
    messages.success(request, _("The controls are listed. Say of each whether it applies."))
    return redirect("controls")


@both
def controls_decide(request: HttpRequest) -> HttpResponse:
    """Set for all controls that the list shows as undecided that they apply, or do not."""
    person = person_of(request)
    if not Control.can_be_kept_by(person):
        raise PermissionDenied
    listing = ControlList(person, request.GET)
    found = list(listing.found.filter(applies=""))
    form = DecideForm(typed(request))
    lead = ngettext(
        "%(n)d control is not decided among those shown.",
        "%(n)d controls are not decided among those shown.",
        len(found),
    )
    return edit_page(
        request,
        form,
        lambda: decide_many(found, by=person, **form.cleaned_data),
        done=_("It is written at each of them."),
        after=listing.url(request.GET.urlencode()),
        title=_("Decide on several at once"),
        lead=lead % {"n": len(found)},
        cancel_url=listing.url(request.GET.urlencode()),
        breadcrumbs=PAGES.path(_("Decide on several at once")),
    )


@require_GET
def control(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a control: its status, the reason, its evidence and what is missing."""
    person = person_of(request)
    found = PAGES.get(request, pk)
    today = timezone.localdate()
    status = statuses_of([found], today, known_to(person, shown_on(today)))[0]
    told = Event.objects.filter(object_kind="controls.control", object_id=str(found.pk))
    context = {
        "control": found,
        "status": status,
        "shown": [one for one in status.shown if one.counts_on(today)],
        "faded": [one for one in status.shown if not one.counts_on(today)],
        "may_change": found.can_be_changed_by(person),
        "entries": history_of(found, list(told.order_by("-seq")[:NEWEST]), person),
        "breadcrumbs": PAGES.path(str(found)),
    }
    return page(request, "controls/control.html", context)


@both
def control_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe how a control is met, and for keepers of the list whether it applies."""
    found, person = PAGES.get(request, pk, may="can_be_changed_by"), person_of(request)
    reads, keeps = reads_whole_register(person), Control.can_be_kept_by(person)
    shown = known_to(person, shown_on(timezone.localdate())) if reads else None
    form = ControlForm(typed(request), row=found, shown=shown, keeps=keeps)
    frame = PAGES.frame(found, _("Edit")) | {"title": str(found)}
    done = _("It is saved.")
    return PAGES.change(request, found, form, change_control, done=done, frame=frame)


@require_POST
def soa_new(request: HttpRequest) -> HttpResponse:
    """Draft the next version."""
    return redirect(draft_statement(by=person_of(request)))


@require_GET
def soa(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: as it stood when it was put forward, or a draft as it stands now."""
    found = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    kept = rows_of(found)
    rows = [{**one, "label": LABELS[one["status"]]} for one in kept]
    return proposal_page(
        *(request, KIND, found),
        "controls/soa.html",
        rows=rows,
        excluded=[one for one in rows if one["applies"] == Applies.NO],
        in_short=in_a_sentence(kept),
    )


@require_GET
def soa_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a version out as an Excel workbook: an approved one as it was frozen."""
    found = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    name = f"{slugify(KIND.title_of(found))}-{found.pk}.xlsx"
    return download(statement_workbook(found), name, MEDIA_TYPE)


def _rows(person: Person) -> QuerySet[Control]:
    return Control.objects.visible_to(person).select_related("owner")


PAGES = RowPages(lambda: Crumb(str(ControlList.title), reverse("controls")), _rows)
