"""Addresses of holding a meeting: attendance, items, advice and the projector."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import autosave, conduct, conduct_item, conduct_parts, row_choices

urlpatterns = [
    path("meetings/<int:pk>/conduct/", conduct.conduct, name="conduct"),
    path("meetings/<int:pk>/opening/", conduct.opening, name="meeting_opening"),
    path("meetings/<int:pk>/presence/", conduct.all_present, name="all_present"),
    path("attendances/<int:pk>/presence/", conduct.presence, name="attendance_presence"),
    path("meetings/<int:pk>/conduct/<int:number>/", conduct_item.conduct_item, name="conduct_item"),
    path("items/<int:pk>/fields/<slug:field>/", autosave.field_save, name="field_save"),
    path("items/<int:pk>/recommendation/", autosave.recommendation, name="recommendation_use"),
    path("items/<int:pk>/absences/", conduct_parts.absence_add, name="absence_add"),
    path("absences/<int:pk>/removal/", conduct_parts.absence_removal, name="absence_removal"),
    path("items/<int:pk>/dissents/", conduct_parts.dissent_add, name="dissent_add"),
    path("dissents/<int:pk>/removal/", conduct_parts.dissent_removal, name="dissent_removal"),
    path("items/<int:pk>/tasks/", conduct_parts.task_add, name="item_task_add"),
    path("items/<int:pk>/choices/", conduct_parts.choice_add, name="choice_add"),
    path(
        "items/<int:pk>/choices/<int:choice>/removal/",
        conduct_parts.choice_removal,
        name="choice_removal",
    ),
    path("items/<int:pk>/rows/", row_choices.row_choices, name="row_choices"),
    path("items/<int:pk>/advice/", conduct_parts.add, name="advice_add"),
    path(
        "items/<int:pk>/advice/spoken/", conduct_parts.spoken_advice_add, name="spoken_advice_add"
    ),
    path("advice/<int:pk>/edit/", conduct_parts.edit, name="advice_edit"),
    path("advice/<int:pk>/withdrawal/", conduct_parts.withdrawal, name="advice_withdrawal"),
    path("advice/<int:pk>/answer/", conduct_parts.advice_answer, name="advice_answer"),
    path(
        "advice/<int:pk>/removal/",
        conduct_parts.spoken_advice_removal,
        name="spoken_advice_removal",
    ),
    path("meetings/<int:pk>/screen/", conduct.screen, name="meeting_screen"),
    path("meetings/<int:pk>/screen/now/", conduct.now, name="meeting_screen_part"),
]
