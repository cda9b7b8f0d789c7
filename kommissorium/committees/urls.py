"""Addresses of committees, seats and mandates."""

from __future__ import annotations

from django.urls import path

from kommissorium.committees.views import committee, drafts, mandates, roster, seats

urlpatterns = [
    path("committees/", committee.committees, name="committees"),
    path("committees/add/", committee.committee_add, name="committee_add"),
    path("committees/<int:pk>/", committee.committee, name="committee"),
    path("committees/<int:pk>/habits/", committee.committee_habits, name="committee_habits"),
    path("committees/<int:pk>/history/", committee.committee_history, name="committee_history"),
    # Seats and who holds them
    path("committees/<int:pk>/seats/", roster.seat_history, name="seat_history"),
    path("committees/<int:pk>/seats/export/", roster.seat_export, name="seat_export"),
    path("committees/<int:pk>/seats/add/", seats.seat_add, name="seat_add"),
    path("committees/<int:pk>/seats/<int:seat>/edit/", seats.seat_edit, name="seat_edit"),
    path("committees/<int:pk>/seats/<int:seat>/end/", seats.seat_end, name="seat_end"),
    path("committees/<int:pk>/seats/<int:seat>/holding/add/", seats.seat_take, name="seat_take"),
    path(
        "committees/<int:pk>/seats/<int:seat>/holding/<int:holding>/end/",
        seats.seat_leave,
        name="seat_leave",
    ),
    path(
        "committees/<int:pk>/seats/<int:seat>/holding/<int:holding>/undo/",
        seats.seat_undo,
        name="seat_undo",
    ),
    path("seat-nominations/<int:pk>/", seats.seat_nomination, name="seat_nomination"),
    # Mandates
    path("committees/<int:pk>/mandates/", mandates.mandates, name="mandates"),
    path("committees/<int:pk>/mandates/read/", drafts.mandate_read, name="mandate_read"),
    path("mandates/<int:pk>/", mandates.mandate, name="mandate"),
    path("mandates/<int:pk>/source/", mandates.mandate_source, name="mandate_source"),
    path("mandates/<int:pk>/export/", mandates.mandate_export, name="mandate_export"),
    path("mandates/<int:pk>/changes/", mandates.mandate_changes, name="mandate_changes"),
    path("mandates/<int:pk>/edit/", drafts.mandate_edit, name="mandate_edit"),
    path("mandates/<int:pk>/approval/", drafts.mandate_approval, name="mandate_approval"),
    path("mandates/<int:pk>/asking/", drafts.mandate_asking, name="mandate_asking"),
    path("mandates/<int:pk>/discard/", drafts.mandate_discard, name="mandate_discard"),
    path("mandates/<int:pk>/seats/", drafts.mandate_seats, name="seats_from_mandate"),
]
