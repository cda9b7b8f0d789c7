"""Addresses of the registers: attestation."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import attestation, round_actions, rounds

urlpatterns: list[URLPattern] = [
    path("attestation/", attestation.attestation, name="attestation"),
    path("attestation/receipt/", attestation.receipt, name="attestation_receipt"),
    path("attestation/<int:pk>/", attestation.answer, name="attestation_answer"),
    path("assets/attestation/", rounds.rounds, name="attestation_rounds"),
    path("assets/attestation/new/", rounds.opening, name="attestation_open"),
    path("assets/attestation/<int:pk>/", rounds.one_round, name="attestation_round"),
    path("assets/attestation/<int:pk>/file/", rounds.round_file, name="attestation_file"),
    path("assets/attestation/<int:pk>/record/", rounds.record, name="attestation_record"),
    path("assets/attestation/<int:pk>/edit/", round_actions.change, name="attestation_change"),
    path("assets/attestation/<int:pk>/closing/", round_actions.closing, name="attestation_close"),
    path("assets/attestation/<int:pk>/newcomers/", round_actions.newcomers, name="attestation_ask"),
    path(
        "assets/attestation/<int:pk>/reminder/", round_actions.reminder, name="attestation_remind"
    ),
    path(
        "assets/attestation/statements/<int:pk>/",
        round_actions.settling,
        name="statement_settle",
    ),
]
