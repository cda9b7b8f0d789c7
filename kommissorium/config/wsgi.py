"""The application that the web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from kommissorium.config.allocator import be_frugal
from kommissorium.core.documents.typesetting import keep_apart

be_frugal()
keep_apart()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
application = get_wsgi_application()
# Every view is loaded before the first request comes, not while somebody waits for it.
get_resolver().url_patterns  # noqa: B018
