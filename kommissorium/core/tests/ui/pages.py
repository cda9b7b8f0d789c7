"""The pages the tests of this folder open."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import PlainForm, RichTextField, add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page


class MeetingForm(PlainForm):
    title = forms.CharField(max_length=80)
    on = forms.DateField(required=False)
    text = RichTextField(required=False)
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def edit(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None)
    crumbs = [Crumb("Meetings", "/"), Crumb("New")]
    context = {
        "form": form,
        "title": "New meeting",
        "lead": "A plain sentence.",
        "submit_label": "Save it",
        "cancel_url": "/back/",
        "breadcrumbs": crumbs,
    }
    if request.method != "POST":
        return page(request, "ui/form_page.html", context)
    if not form.is_valid():
        return invalid(request, "ui/form_page.html", context)
    if form.cleaned_data["title"] == "overtaken":
        found = Conflict({"title": "Somebody's title", "edit_version": 9})
        return conflict(request, form, found, cancel_url="/back/")
    add_refusal(form, Refused("The meeting is over.", title="There is one already."))
    return invalid(request, "ui/form_page.html", context)


def failing(_request: HttpRequest, kind: str) -> HttpResponse:
    raise {
        "refused": Refused("The meeting is over.", place="No such room."),
        "file": FileRefused("The file is empty."),
        "overtaken": Conflict({}),
        "large": RequestDataTooBig(),
        "forbidden": PermissionDenied("Only the chair may."),
        "broken": RuntimeError("secret detail"),
    }[kind]


def cached(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("picture", headers={"Cache-Control": "private, max-age=60"})


urlpatterns = [
    path("edit/", edit),
    path("fails/<kind>/", failing),
    path("button/", require_POST(cached)),
    path("cached/", cached),
    path("", include("kommissorium.core.urls")),
]
handler400 = "kommissorium.core.ui.errors.bad_request"
handler403 = "kommissorium.core.ui.errors.forbidden"
handler404 = "kommissorium.core.ui.errors.not_found"
handler500 = "kommissorium.core.ui.errors.server_error"
