"""Addresses of policies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from kommissorium.policies import rulings_urls


def stub(request: HttpRequest, pk: int = 0) -> HttpResponse:
    return HttpResponse("")


urlpatterns: list[URLPattern] = [
    path("policies/", stub, name="policies"),
    path("policies/<int:pk>/", stub, name="policy"),
    path("policies/versions/<int:pk>/", stub, name="policy_version"),
    *rulings_urls.urlpatterns,
]
