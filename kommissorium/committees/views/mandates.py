"""The versions of a committee's mandate, and one of them as a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.accounts.history import HistoryEntry, entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.mandate_scope import Scopes, labels_of
from kommissorium.committees.mandate_versions import (
    as_export,
    grouped,
    standing_of,
    standings,
    worded_changes,
)
from kommissorium.committees.models import Committee, Mandate
from kommissorium.committees.views.common import (
    by_another,
    committee_for,
    crumbs,
    mandate_for,
    version_in_words,
)
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import HARMLESS, page, with_charset


@require_safe
def mandates(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_for(request, pk)
    person = person_of(request)
    visible = Mandate.objects.visible_to(person).filter(committee=committee)
    versions = list(visible.defer("source_text").select_related("approved_by"))
    arranges = committee.can_be_arranged_by(person)
    context = {
        "committee": committee,
        "versions": standings(versions, timezone.localdate()),
        "first": min((mandate.version for mandate in versions if mandate.is_approved), default=0),
        "can_arrange": arranges,
        "can_read_new": arranges and all(mandate.is_approved for mandate in versions),
        "breadcrumbs": crumbs(committee, _("Terms of reference")),
    }
    return page(request, "committees/mandates.html", context)


@require_safe
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = mandate_for(request, pk)
    person = person_of(request)
    follows = Committee.objects.visible_to(person).filter(pk=shown.committee_id).exists()
    clauses = list(shown.clauses.all())
    by_other = _for_another(shown, person)
    may_approve = not shown.is_approved and shown.is_approved_by_such_as(person)
    context = {
        "mandate": shown,
        "standing": standing_of(shown, timezone.localdate()),
        "groups": grouped(clauses),
        "registers": labels_of(Scopes().of(shown)) if shown.is_approved else [],
        # Versions count up by one: every later one follows an approved one.
        "is_first": shown.version == 1,
        "follows": follows,
        "can_edit": shown.can_be_edited_by(person),
        "can_approve": may_approve and not by_other,
        "for_another": by_other,
        "offers_seats": _offers_seats(shown, person),
        "can_see_record": shown.is_approved and Person.can_see_evidence(person),
        "entries": _history(shown) if follows else [],
        "breadcrumbs": path_to(shown, follows=follows),
    }
    return page(request, "committees/mandate.html", context)


def _for_another(shown: Mandate, person: Person) -> str:
    """Return why another must approve the draft that is shown; "" where the person may."""
    if shown.is_approved or not shown.must_be_checked_by_another_than(person):
        return ""
    return by_another(shown, person)


def _offers_seats(shown: Mandate, person: Person) -> bool:
    """Return whether the next step is to make the seats: none are there yet."""
    committee = shown.committee
    return (
        shown.is_approved
        and shown.version == 1
        and not committee.seats.exists()
        and committee.can_be_arranged_by(person)
    )


def path_to(shown: Mandate, *steps: str, follows: bool = True) -> list[Crumb]:
    """Return the path to a mandate's page; the committee leads nowhere for outsiders."""
    own = crumbs(*([shown, *steps] if steps else [version_in_words(shown)]))[1:]
    if not follows:
        return [*crumbs(), Crumb(shown.committee.name), *own]
    versions = Crumb(_("Terms of reference"), reverse("mandates", args=[shown.committee_id]))
    return [*crumbs(shown.committee), versions, *own]


def _history(shown: Mandate) -> list[HistoryEntry]:
    return entries(list(Event.objects.about(shown).filter(act__startswith="committees.")))


@require_safe
def mandate_changes(request: HttpRequest, pk: int) -> HttpResponse:
    shown = mandate_for(request, pk)
    previous = shown.previous()
    if previous is None:
        raise Http404
    changes = worded_changes(list(previous.clauses.all()), list(shown.clauses.all()))
    person = person_of(request)
    follows = Committee.objects.visible_to(person).filter(pk=shown.committee_id).exists()
    context = {
        "mandate": shown,
        "previous": previous,
        "standing": standing_of(shown, timezone.localdate()),
        "changes": [change for change in changes if change.kind != "same"],
        "unchanged": [change for change in changes if change.kind == "same"],
        "can_approve": shown.can_be_approved_by(person),
        "breadcrumbs": path_to(shown, _("Changes"), follows=follows),
    }
    return page(request, "committees/mandate_changes.html", context)


@require_safe
def mandate_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the file the mandate was read from, byte for byte, to be saved."""
    shown = mandate_for(request, pk)
    file = shown.source_file
    if file is None:
        raise Http404
    data = file.read()
    kind = with_charset(file.media_type, data)
    response = HttpResponse(data, content_type=kind, headers=HARMLESS)
    response.headers["Content-Disposition"] = _attachment(shown.source_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def mandate_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with members and clauses in the form of `kommissorium mandate read --json`."""
    shown = mandate_for(request, pk)
    name = f"{slugify(shown.title) or 'kommissorium'}-{shown.version}.json"
    return JsonResponse(
        as_export(list(shown.clauses.all())),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": _attachment(name)},
    )


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
