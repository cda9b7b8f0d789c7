"""Sign in by the municipality's own directory; addresses that are there where the settings name one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import BaseReauthenticateView
from django.conf import settings
from django.contrib.auth import logout
from django.forms import Form
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommissorium.accounts.actions.directory_links import link_by_email
from kommissorium.accounts.actions.own_sign_ins import end_with_directory
from kommissorium.accounts.directory import Directory, proven_email
from kommissorium.accounts.directory_visit import (
    answered,
    begin_visit,
    signed_out_uri,
    visit_of,
)
from kommissorium.accounts.models import Person
from kommissorium.accounts.openid import (
    DirectoryAway,
    TokenRefused,
    sign_out_address,
    signed_out,
    was_asked_since,
)
from kommissorium.accounts.sign_in_log import note_refused, note_signed_in
from kommissorium.accounts.signed_in import DIRECTORY, person_of
from kommissorium.accounts.views.directory_page import trial_answer
from kommissorium.accounts.views.sign_in import resume
from kommissorium.core.ui.responses import page

type View = Callable[[HttpRequest, Directory], HttpResponseBase]


def named_directory() -> Directory:
    """Return the directory that the settings name. Raises Http404 where there is none."""
    if settings.DIRECTORY is None:
        raise Http404
    found: Directory = settings.DIRECTORY
    return found


def at_directory(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a view the directory; a directory that does not answer is told in words."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        directory = named_directory()
        try:
            return view(request, directory)
        except DirectoryAway as away:
            note_refused(request, f"{DIRECTORY}: {away}", None)
            said = _("%(name)s does not answer just now. Try again in a while.")
            sentence = said % {"name": directory.name}
            return _refused(request, sentence, HTTPStatus.SERVICE_UNAVAILABLE)

    return answer


@never_cache
@at_directory
@require_POST
def directory_sign_in(request: HttpRequest, directory: Directory) -> HttpResponseBase:
    """Send the browser to the directory to sign in."""
    return begin_visit(request, directory)


@never_cache
@at_directory
@require_http_methods(["GET", "HEAD", "POST"])
def directory_left(request: HttpRequest, directory: Directory) -> HttpResponseBase:
    """Tell who has signed out here that they are signed in at the directory, and lead them out."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_logout"))
    context: dict[str, object] = {"directory": directory}
    if request.method == "POST":
        if address := sign_out_address(directory, back_to=signed_out_uri()):
            return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
        context["has_no_way"] = True
    return page(request, "accounts/directory_left.html", context)


@csrf_exempt  # the directory itself calls, with no cookie of ours
@never_cache
@require_POST
def directory_signed_out(request: HttpRequest) -> HttpResponse:
    """End what was begun by the directory when it tells that somebody signed out there."""
    directory = named_directory()
    try:
        account = signed_out(directory, request.POST.get("logout_token", ""))
    except (DirectoryAway, TokenRefused) as refused:
        note_refused(request, f"{DIRECTORY}: a message of a sign-out: {refused}", None)
        return JsonResponse({"error": "invalid_request"}, status=HTTPStatus.BAD_REQUEST)
    if person := Person.objects.filter(directory_account=account).first():
        end_with_directory(person)
    return HttpResponse()


class AskedAnew(BaseReauthenticateView):
    """Being asked at the directory once more who one is, before what matters."""

    form_class = Form
    template_name = "accounts/directory_anew.html"

    def form_valid(self, form: Form) -> HttpResponse:
        return begin_visit(self.request, self.kwargs["directory"], person_of(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"directory": self.kwargs["directory"], **super().get_context_data(**kwargs)}


@never_cache
@at_directory
def directory_anew(request: HttpRequest, directory: Directory) -> HttpResponseBase:
    """Show the way to the directory, or send who is signed in there to prove it once more."""
    return AskedAnew.as_view()(request, directory=directory)


@never_cache
@at_directory
@require_safe
def directory_callback(request: HttpRequest, directory: Directory) -> HttpResponseBase:
    """Sign in whom the directory names, or let them go on, once for each time that it was asked."""
    begun = visit_of(request, directory)
    if begun is None:
        note_refused(request, f"{DIRECTORY}: an answer to nothing that was begun here", None)
        return _refused(request, _("That sign-in is over or was begun elsewhere. Begin anew."))
    if begun.get("trial"):
        return trial_answer(request, directory, begun)
    code = request.GET.get("code", "")
    if "error" in request.GET or not code:
        note_refused(request, f"{DIRECTORY}: it refused, or the person went back", None)
        sentence = _("You were not signed in by %(name)s.") % {"name": directory.name}
        return _refused(request, sentence)
    try:
        claims = answered(directory, code, begun)
    except TokenRefused as refused:
        note_refused(request, f"{DIRECTORY}: {refused}", None)
        sentence = _("What %(name)s said of you does not hold. Begin anew.")
        return _refused(request, sentence % {"name": directory.name})
    if begun.get("person"):  # an earlier version noted none
        return _admit_anew(request, directory, claims, begun)
    return _admit(request, directory, claims, begun["next"])


def _admit_anew(
    request: HttpRequest, directory: Directory, claims: dict[str, Any], begun: dict[str, Any]
) -> HttpResponseBase:
    """Let who is signed in go on with what they began, where the directory has asked them anew."""
    person = request.user if isinstance(request.user, Person) else None
    account = directory.account(claims)
    if person is None or person.pk != begun["person"] or account != person.directory_account:
        note_refused(request, f"{DIRECTORY}: another account, asked for once more", person)
        sentence = _("That is not the account of whoever is signed in here. Nothing was done.")
        return _refused(request, sentence, HTTPStatus.FORBIDDEN)
    if not was_asked_since(claims, begun["at"]):
        note_refused(request, f"{DIRECTORY}: it does not say that it asked once more", person)
        sentence = _(
            "%(name)s does not say that it asked you once more who you are. Nothing was done. "
            "Tell your administrator."
        )
        return _refused(request, sentence % {"name": directory.name})
    second_step = directory.has_second_step(claims)
    record_authentication(
        request, person, method=DIRECTORY, second_step=second_step, reauthenticated=True
    )
    request.session.cycle_key()
    note_signed_in(request, person)
    return resume(request, begun["next"] or "/")


def _admit(
    request: HttpRequest, directory: Directory, claims: dict[str, Any], address: str | None
) -> HttpResponseBase:
    """Sign in the person of the account, if there is one whose login is open."""
    account = directory.account(claims)
    person = Person.objects.filter(directory_account=account).first() if account else None
    if account and person is None:
        person = link_by_email(account, proven_email(claims))
    if person is None:
        note_refused(request, f"{DIRECTORY}: an account that is nobody's", None)
        return _refused(
            request,
            _("Your account is not linked to a person here. Ask an administrator to link it."),
            HTTPStatus.FORBIDDEN,
            lasting_id=claims.get(directory.id_claim),
        )
    if not person.is_active:
        note_refused(request, f"{DIRECTORY}: a closed login", person)
        return _refused(request, _("Your login is closed."), HTTPStatus.FORBIDDEN)
    return _sign_in(request, person, address, second_step=directory.has_second_step(claims))


def _sign_in(
    request: HttpRequest, person: Person, address: str | None, *, second_step: bool
) -> HttpResponseBase:
    """Sign in as by a password; our second step is asked for unless the directory has asked."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, person, method=DIRECTORY, second_step=second_step)
    answer: HttpResponseBase
    if not second_step:
        answer = perform_login(request, Login(user=person, redirect_url=address))
        return answer
    adapter = get_adapter()
    known: dict[str, Any] = {
        "email_verification": None,
        "signal_kwargs": None,
        "email": None,
        "signup": False,
        "redirect_url": address,
    }
    if stopped := adapter.pre_login(request, person, **known):
        answer = stopped
    else:
        adapter.login(request, person)
        answer = adapter.post_login(request, person, **known)
    return answer


def _refused(
    request: HttpRequest,
    sentence: str,
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    lasting_id: object = "",
) -> HttpResponse:
    context = {"sentence": sentence, "lasting_id": lasting_id}
    return page(request, "accounts/directory_refused.html", context, status=status)
