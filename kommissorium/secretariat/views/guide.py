"""The guide in Danish, read inside the program."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.secretariat.guide import FOLDER, FRONT, guide
from kommissorium.secretariat.guide_pictures import FORMAT, pictures_in

TEMPLATE = "secretariat/guide.html"


@require_GET
def guide_front(request: HttpRequest) -> HttpResponse:
    """Show what there is to read."""
    found = guide()[FRONT]
    return page(request, TEMPLATE, {"guide": found, "breadcrumbs": path_of(found)})


@require_GET
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of the guide."""
    found = guide().get(name)
    if found is None or name == FRONT:
        raise Http404
    front = Crumb(_("Guide"), guide()[FRONT].get_absolute_url())
    context = {"guide": found, "breadcrumbs": path_of(front, found.title)}
    return page(request, TEMPLATE, context)


@require_GET
@cache_control(private=True, max_age=86_400)
def guide_picture(_request: HttpRequest, name: str) -> FileResponse:
    """Send a picture of the guide. It shows the demonstration, and nothing of the municipality."""
    found = pictures_in(FOLDER).get(name)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), content_type=FORMAT)
