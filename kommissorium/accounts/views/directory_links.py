"""Link a person to an account of the municipality's directory, answer that, and take it away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.actions.directory_links import (
    accept_link,
    ask_for_link,
    refuse_link,
    unlink,
)
from kommissorium.accounts.forms import DirectoryLinkForm
from kommissorium.accounts.models import DirectoryLink, Person
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.common import path_to, visible_person
from kommissorium.accounts.views.directory import named_directory
from kommissorium.accounts.views.second_yes import answer_page, answerable, back_to
from kommissorium.accounts.waiting import link_in_words
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed


@require_http_methods(["GET", "HEAD", "POST"])
def person_directory(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask that a person signs in by an account. 404 to those who may not, before anything is asked."""
    _linkable(request, pk)
    return _ask(request, pk)


@step_up
def _ask(request: HttpRequest, pk: int) -> HttpResponse:
    person, directory = _linkable(request, pk), named_directory()
    form = DirectoryLinkForm(typed(request))
    title = _("Link an account of %(directory)s") % {"directory": directory.name}

    def save() -> DirectoryLink:
        account = directory.named(form.cleaned_data["lasting_id"])
        return ask_for_link(person, account, by=person_of(request))

    return edit_page(
        request,
        form,
        save,
        done=_("The link waits for the yes of another administrator."),
        after=person,
        title=title,
        lead=_(
            "Whoever has the account signs in as %(name)s. Ask the person for the id, or look it up "
            "in the directory; another administrator must say yes."
        )
        % {"name": person.name},
        submit_label=_("Ask for the link"),
        cancel_url=reverse("person", args=[pk]),
        breadcrumbs=path_to(request, person, title),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_directory_removal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the account away after one question."""
    _linkable(request, pk)
    return _remove(request, pk)


@step_up
def _remove(request: HttpRequest, pk: int) -> HttpResponse:
    person, directory = _linkable(request, pk), named_directory()
    names = {"name": person.name, "directory": directory.name}
    return confirm_page(
        request,
        lambda: unlink(person, by=person_of(request)),
        done=_("%(name)s no longer signs in by %(directory)s.") % names,
        after=person,
        title=_("Take the link away"),
        text=_(
            "%(name)s is signed out at once, and cannot sign in by %(directory)s any more. The e-mail "
            "does not link the account again: that takes two administrators."
        )
        % names,
        submit_label=_("Take the link away"),
        cancel_url=reverse("person", args=[pk]),
        breadcrumbs=path_to(request, person, _("Take the link away")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def directory_link(request: HttpRequest, pk: int, link: int) -> HttpResponseBase:
    """Answer a link that was asked for. 404 to those whom it does not concern."""
    named_directory()
    return _answer(request, answerable(request, DirectoryLink, pk, link))


@step_up
def _answer(request: HttpRequest, row: DirectoryLink) -> HttpResponse:
    by, directory = person_of(request), named_directory()
    values = {"name": row.person.name, "directory": directory.name}

    def yes() -> str:
        accept_link(row, by=by)
        return _("%(name)s signs in by %(directory)s from now on.") % values

    return answer_page(
        request,
        row,
        yes=yes,
        no=lambda: refuse_link(row, by=by),
        back=back_to(request, row),
        title=_("A link to an account waits for a second yes"),
        text=link_in_words(row),
        help=_(
            "Say yes only when the person has told you the same id: whoever has the account is the "
            "person here."
        ),
        breadcrumbs=path_to(request, row.person, _("Second yes")),
    )


def _linkable(request: HttpRequest, pk: int) -> Person:
    named_directory()
    person = visible_person(request, pk)
    if not DirectoryLink.can_be_asked_by(person_of(request), person):
        raise Http404
    return person
