"""Say yes or no to what somebody else asked for: a role, or a new e-mail."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.actions import (
    accept_email_change,
    accept_role_nomination,
    confirm_email_change,
    deny_email_change,
    refuse_email_change,
    refuse_role_nomination,
)
from kommissorium.accounts.links import change_by_link
from kommissorium.accounts.models import EmailChange, RoleNomination, SecondYes
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.common import path_to, visible_person
from kommissorium.accounts.waiting import (
    change_in_words,
    makings_in_words,
    nomination_in_words,
    whose_yes_counts,
)
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import PlainForm

YES, NO = "yes", "no"


class AnswerForm(PlainForm):
    """Nothing to fill in: the button says yes or no, and the form carries a refusal."""


def answer_page(
    request: HttpRequest,
    row: SecondYes,
    *,
    yes: Callable[[], str],
    no: Callable[[], object],
    back: str,
    **context: object,
) -> HttpResponse:
    """Show what was asked, by whom and when, with the buttons yes and no; carry out the answer.

    `yes` returns what is said when it is done. Only those see a yes whose yes counts.
    """
    person = person_of(request)
    form, said = AnswerForm(typed(request)), request.POST.get("answer")

    def act() -> str:
        if said == YES:
            return yes()
        if said != NO:
            raise Refused(_("Press one of the two buttons."))
        no()
        return _("You said no. Nothing was changed.")

    if done := attempt(form, act):
        messages.success(request, done.value)
        return redirect(back)
    can_accept = row.can_be_accepted_by(person)
    values = {
        "row": row,
        "can_accept": can_accept,
        "barred": row.why_not_accepted_by(person),
        "made_up": makings_in_words(row.person) if can_accept else [],
        "whose": [] if can_accept or row.answered_at else whose_yes_counts(row),
        "cancel_url": back,
    }
    return form_page(request, form, "accounts/second_yes.html", **values, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_nomination(request: HttpRequest, pk: int, nomination: int) -> HttpResponseBase:
    """Answer a nomination for a role. 404 to those whom it does not concern."""
    row = answerable(request, RoleNomination, pk, nomination)
    return _role(request, row)


@step_up
def _role(request: HttpRequest, row: RoleNomination) -> HttpResponse:
    by, person = person_of(request), row.person
    values = {"name": person.name, "role": row.get_kind_display()}

    def yes() -> str:
        accept_role_nomination(row, by=by)
        return _("%(name)s got the role: %(role)s.") % values

    return answer_page(
        request,
        row,
        yes=yes,
        no=lambda: refuse_role_nomination(row, by=by),
        back=back_to(request, row),
        title=_("A role waits for a second yes"),
        text=nomination_in_words(row),
        breadcrumbs=path_to(request, person, _("Second yes")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def email_change(request: HttpRequest, pk: int, change: int) -> HttpResponseBase:
    """Answer a request for a new e-mail. 404 to those whom it does not concern."""
    row = answerable(request, EmailChange, pk, change)
    return _email(request, row)


@step_up
def _email(request: HttpRequest, row: EmailChange) -> HttpResponse:
    by, person = person_of(request), row.person

    def yes() -> str:
        if accept_email_change(row, by=by):
            return _(
                "%(name)s signs in with %(email)s from now on. An invitation to choose a new password "
                "goes there to whoever had one."
            ) % {"name": person.name, "email": row.email}
        return _("You said yes. One more administrator must agree.")

    return answer_page(
        request,
        row,
        yes=yes,
        no=lambda: refuse_email_change(row, by=by),
        back=back_to(request, row),
        title=_("A new e-mail waits for a second yes"),
        text=change_in_words(row),
        help=_(
            "Say yes only when you have spoken to the person: whoever controls the mailbox "
            "can renew the password. Usually the person agrees by a link in the old "
            "mailbox. The old password and second step no longer work, and an invitation "
            "goes to the new e-mail."
        ),
        breadcrumbs=path_to(request, person, _("Second yes")),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of the old mailbox say yes or no, signed in or not."""
    row = change_by_link(token)
    if row is None:
        return form_page_gone(request)
    with translation.override(row.person.language):
        return _by_link(request, row)


def _by_link(request: HttpRequest, row: EmailChange) -> HttpResponse:
    form, said = AnswerForm(typed(request)), request.POST.get("answer")

    def act() -> str:
        if said == YES:
            confirm_email_change(row)
            return _(
                "You sign in with %(email)s from now on. If you had a password, an invitation to "
                "choose a new one goes there."
            ) % {"email": row.email}
        if said != NO:
            raise Refused(_("Press one of the two buttons."))
        deny_email_change(row)
        return _("You said no. Nothing was changed.")

    if done := attempt(form, act):
        messages.success(request, done.value)
        return redirect("account_login")
    answer = form_page(request, form, "accounts/email_by_link.html", row=row)
    return answer.render() if hasattr(answer, "render") else answer


def form_page_gone(request: HttpRequest) -> HttpResponse:
    """Say that the link is no longer of any use."""
    answer = form_page(request, AnswerForm(), "accounts/email_link_gone.html")
    answer.status_code = HTTPStatus.GONE
    return answer


def answerable[R: SecondYes](request: HttpRequest, model: type[R], pk: int, row_pk: int) -> R:
    """Return what waits for a second yes about a person. Raises Http404 for whom it does not concern."""
    rows = model._default_manager.select_related("person", "by")  # noqa: SLF001
    row: R = get_object_or_404(rows, pk=row_pk, person=pk)
    if not row.can_be_refused_by(person_of(request)):
        raise Http404
    return row


def back_to(request: HttpRequest, row: SecondYes) -> str:
    """Return the address of the person's card, or of the overview for those who may not open it."""
    try:
        visible_person(request, row.person_id)
    except (Http404, PermissionDenied):
        return reverse("overview")
    return reverse("person", args=[row.person_id])
