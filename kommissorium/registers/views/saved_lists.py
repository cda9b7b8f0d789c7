"""Keep a list under a name, and let it go."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.registers.actions.saved_lists import forget_list, save_list, tidy
from kommissorium.registers.forms.saved_lists import SavedListForm
from kommissorium.registers.installed import list_of
from kommissorium.registers.models import SavedList


@require_http_methods(["GET", "POST"])
def saved_list_new(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the list that the address asks for under a name."""
    try:
        kind = list_of(code)
    except LookupError:
        raise Http404 from None
    person, query = person_of(request), tidy(request.GET.urlencode())
    kind(person).rows()  # 404 for who may not know the list
    form = SavedListForm(typed(request))
    save = partial(save_list, by=person, code=code, query=query)
    if attempt(form, lambda: save(**form.cleaned_data)):
        messages.success(request, _("The list is kept. You find it above the table."))
        return redirect(kind.url(query))
    return form_page(
        request,
        form,
        title=_("Keep the list"),
        lead=_("It is kept as it is narrowed, sorted and laid out now. Only you see it."),
        submit_label=_("Keep the list"),
        cancel_url=kind.url(query),
        breadcrumbs=[Crumb(str(kind.title), kind.url()), Crumb(_("Keep the list"))],
    )


@require_POST
def saved_list_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list the person keeps."""
    person = person_of(request)
    saved = get_object_or_404(SavedList.objects.filter(person=person), pk=pk)
    forget_list(saved, by=person)
    messages.success(request, _("The list “%(name)s” is no longer kept.") % {"name": saved.name})
    return redirect(list_of(saved.code).url())
