"""Addresses of an agenda that is read item by item."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import reading

urlpatterns = [
    path("meetings/<int:pk>/read/", reading.meeting_read, name="meeting_read"),
    path("meetings/<int:pk>/read/copy/", reading.meeting_read_copy, name="meeting_read_copy"),
    path("meetings/<int:pk>/read/worker.js", reading.meeting_read_worker, name="meeting_worker"),
    path("items/<int:pk>/mark/", reading.item_mark, name="item_mark"),
    path("items/<int:pk>/note/", reading.item_note, name="item_note"),
    path("items/<int:pk>/questions/add/", reading.question_add, name="item_question_add"),
    path("item-questions/<int:pk>/answer/", reading.question_answer, name="item_question_answer"),
]
