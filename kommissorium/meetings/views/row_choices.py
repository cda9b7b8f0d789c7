"""Choose for the rows of an item, while it is prepared and while the meeting is recorded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt
from kommissorium.meetings.actions.row_choices import choose_rows
from kommissorium.meetings.forms.row_choices import RowChoicesForm
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.rows_to_choose import rows_of
from kommissorium.meetings.views.conduct_item import answer
from kommissorium.meetings.views.items import ALONG, item_page


@require_POST
def row_choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is chosen for each row; say beside a row why it cannot be."""
    person = person_of(request)
    visible = AgendaItem.objects.visible_to(person).select_related(*ALONG)
    item = get_object_or_404(visible, pk=pk)
    if not item.rows_can_be_chosen_by(person):
        raise PermissionDenied
    rows = rows_of(item)
    if not rows:
        raise Refused(_("There is nothing to choose under this item."))
    form = RowChoicesForm(rows, request.POST)
    saved = attempt(
        form, lambda: choose_rows(item, form.choices(), by=person, versions=form.versions())
    )
    is_recorded = item.meeting.state in Meeting.RECORDED
    if saved is None:
        if is_recorded:
            return answer(request, item, "rows", form)
        return item_page(request, item, form)
    messages.success(request, _("The choices are saved."))
    address = item.get_absolute_url()
    if is_recorded:
        address = reverse("conduct_item", args=[item.meeting_id, item.number])
    return redirect(f"{address}#rows")
