"""Addresses of the year wheel."""

from __future__ import annotations

from django.urls import path

from kommissorium.yearwheel.views import (
    duties,
    occurrence_lists,
    occurrences,
    picture,
    proposals,
    wheel,
)

urlpatterns = [
    path("yearwheel/", wheel.yearwheel, name="yearwheel"),
    path("yearwheel/<int:pk>/<int:year>/", wheel.wheel_year, name="wheel_year"),
    path("yearwheel/<int:pk>/duties/", duties.wheel_duties, name="wheel_duties"),
    path("yearwheel/<int:pk>/duties/add/", duties.add, name="duty_add"),
    path("yearwheel/<int:pk>/proposals/", proposals.proposals, name="duty_proposals"),
    path("yearwheel/<int:pk>/several/<str:act>/", occurrence_lists.several, name="wheel_several"),
    path("yearwheel/duties/<int:pk>/", duties.duty, name="duty"),
    path("yearwheel/duties/<int:pk>/times/", occurrence_lists.duty_times, name="duty_times"),
    path("yearwheel/duties/<int:pk>/edit/", duties.edit, name="duty_edit"),
    path("yearwheel/duties/<int:pk>/end/", duties.end, name="duty_end"),
    path("yearwheel/duties/<int:pk>/keeping/", duties.keeping, name="duty_keeping"),
    path("yearwheel/duties/<int:pk>/beginning/", duties.beginning, name="duty_beginning"),
    path("yearwheel/duties/<int:pk>/meetings/", duties.meetings, name="duty_meetings"),
    path("yearwheel/occurrences/<int:pk>/", occurrences.occurrence, name="occurrence"),
    path(
        "yearwheel/occurrences/<int:pk>/completion/",
        occurrences.completion,
        name="occurrence_completion",
    ),
    path(
        "yearwheel/occurrences/<int:pk>/skipping/", occurrences.skipping, name="occurrence_skipping"
    ),
    path("yearwheel/occurrences/<int:pk>/item/", occurrences.item, name="occurrence_item"),
    path("yearwheel/occurrences/<int:pk>/move/", occurrences.moving, name="occurrence_move"),
    path(
        "yearwheel/occurrences/<int:pk>/delegation/",
        occurrence_lists.delegation,
        name="occurrence_delegation",
    ),
    path(
        "yearwheel/delegations/<int:pk>/acceptance/",
        occurrence_lists.acceptance,
        name="wheel_delegation_acceptance",
    ),
    path(
        "yearwheel/delegations/<int:pk>/return/",
        occurrence_lists.handing_back,
        name="wheel_delegation_return",
    ),
    path(
        "yearwheel/delegations/<int:pk>/withdrawal/",
        occurrence_lists.withdrawal,
        name="wheel_delegation_withdrawal",
    ),
    path("yearwheel/evidence/<int:pk>/", occurrences.evidence, name="wheel_evidence"),
    path("yearwheel/wheel/", picture.wheel_now, name="wheel_now"),
    path("yearwheel/wheels/<str:which>/<int:year>/", picture.wheels, name="wheels"),
    path(
        "yearwheel/wheels/<str:which>/<int:year>/<str:form>/",
        picture.wheels_file,
        name="wheels_file",
    ),
    path("yearwheel/<int:pk>/<int:year>/wheel/", picture.wheel, name="wheel"),
    path("yearwheel/<int:pk>/<int:year>/wheel/<str:form>/", picture.wheel_file, name="wheel_file"),
    path("wheel-calendar/<str:secret>.ics", wheel.wheel_calendar_feed, name="wheel_calendar"),
]
