"""Addresses of the registers: owners."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import completeness, owners, ownership

urlpatterns: list[URLPattern] = [
    path("assets/owners/", owners.owners, name="owners"),
    path("assets/owners/file/", owners.owners_file, name="owners_file"),
    path("assets/owners/hand-over/", ownership.hand_over, name="hand_over"),
    path("assets/<int:pk>/owners/<str:role>/", ownership.owner_appoint, name="owner_appoint"),
    path("assets/<int:pk>/owners/<str:role>/end/", ownership.owner_release, name="owner_release"),
    path("assets/completeness/", completeness.completeness, name="completeness"),
    path("assets/completeness/file/", completeness.completeness_file, name="completeness_file"),
]
