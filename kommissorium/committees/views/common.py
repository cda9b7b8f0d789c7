"""Helpers of this room's pages: the committee or 404, saving, breadcrumbs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, why_no_other
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee, Mandate
from kommissorium.core.ui.navigation import Crumb


def committee_for(request: HttpRequest, pk: int) -> Committee:
    """Return a committee the person may follow. Raises Http404."""
    found: Committee = get_object_or_404(Committee.objects.visible_to(person_of(request)), pk=pk)
    return found


def arranged_committee(request: HttpRequest, pk: int) -> Committee:
    """Return a committee the person may change. Raises Http404 or PermissionDenied."""
    committee = committee_for(request, pk)
    if not committee.can_be_arranged_by(person_of(request)):
        raise PermissionDenied
    return committee


def mandate_for(request: HttpRequest, pk: int) -> Mandate:
    """Return a mandate the person may read. Raises Http404."""
    readable = Mandate.objects.visible_to(person_of(request))
    found: Mandate = get_object_or_404(readable.select_related("committee", "approved_by"), pk=pk)
    return found


def draft_for(request: HttpRequest, pk: int) -> Mandate:
    """Return a draft the person may correct. Raises Http404 or PermissionDenied."""
    mandate = mandate_for(request, pk)
    if not mandate.can_be_edited_by(person_of(request)):
        raise PermissionDenied
    return mandate


def crumbs(*steps: Committee | Mandate | str) -> list[Crumb]:
    """Return the path to a page: the committees, then each step, the page itself last."""
    path = [Crumb(_("Committees"), reverse("committees"))]
    for step in steps:
        match step:
            case Committee():
                path.append(Crumb(step.name, step.get_absolute_url()))
            case Mandate():
                path.append(Crumb(version_in_words(step), step.get_absolute_url()))
            case _:
                path.append(Crumb(step))
    return path


def version_in_words(mandate: Mandate) -> str:
    return _("Version %(number)s") % {"number": mandate.version}


def by_another(mandate: Mandate, person: Person) -> str:
    """Return the refusal to approve terms of reference alone after entering them, or having made
    up who entered them."""
    own = mandate.is_last_writer(person)
    others = (why_no_other(one, person) for one in ([] if own else mandate.writers()))
    return next(filter(None, others), "") or _(
        "You entered or changed this text. Somebody else must approve it: the chair, for example."
    )
