"""Addresses for machines: health check, figures, schemas, robots.txt and security.txt."""

from __future__ import annotations

from django.urls import path

from kommissorium.core import views
from kommissorium.core.operations.metrics import metrics

urlpatterns = [
    path("health/", views.health, name="health"),
    path("metrics/", metrics, name="metrics"),
    path("schemas/<slug:name>.json", views.schema, name="schema"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
