"""Addresses of standard proposals; the slug says which kind."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import proposals

ONE = "proposals/<slug:slug>/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}file/", proposals.proposal_file, name="proposal_file"),
    path(f"{ONE}change/", proposals.proposal_change, name="proposal_change"),
    path(f"{ONE}history/", proposals.proposal_history, name="proposal_history"),
    path(f"{ONE}drop/", proposals.proposal_drop, name="proposal_drop"),
    path(f"{ONE}reopen/", proposals.proposal_reopen, name="proposal_reopen"),
]
