"""Pages of our own for parts no room shows, and the frame without the rooms above."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from kommissorium.core.ui.navigation import NavigationLink, NavigationSection

OURS = "kommissorium.core.tests.ui.conftest.frame"


def frame(request: HttpRequest) -> dict[str, object]:
    return {
        "municipality_name": "Fiktiv Kommune",
        "person": SimpleNamespace(name="Karen Klausen"),
        "demo": request.GET.get("demo") == "1",
        "navigation": [
            NavigationSection("Committee", [NavigationLink("Meetings", "/meetings/", True, 3)])
        ],
    }


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_pages(settings):
    settings.ROOT_URLCONF = "kommissorium.core.tests.ui.pages"
    engine = {**settings.TEMPLATES[0], "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"]}}
    kept = [
        name
        for name in engine["OPTIONS"]["context_processors"]
        if "page_frame" not in name and "auth" not in name
    ]
    engine["OPTIONS"]["context_processors"] = [*kept, OURS]
    settings.TEMPLATES = [engine]
    sessions = "django.contrib.sessions.middleware.SessionMiddleware"
    settings.MIDDLEWARE = [
        sessions if name.endswith("SessionMiddleware") else name
        for name in settings.MIDDLEWARE
        if ("accounts" not in name or name.endswith("ReadingSessionMiddleware"))
        and "allauth" not in name
        and "AuthenticationMiddleware" not in name
    ]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture
def get():
    """Make a request for a path."""
    return RequestFactory().get
