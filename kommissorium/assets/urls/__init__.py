"""Addresses of the registers; those with words come before those with a key."""

from __future__ import annotations

from django.urls import URLPattern

from kommissorium.assets.urls import (
    attestation,
    documents,
    owners,
    register,
    suppliers,
)

urlpatterns: list[URLPattern] = [
    *owners.urlpatterns,
    *documents.urlpatterns,
    *attestation.urlpatterns,
    *suppliers.urlpatterns,
    *register.urlpatterns,
]
