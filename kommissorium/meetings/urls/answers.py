"""Addresses of answers, guests and calendars."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import after_call, answer_link, answers, feeds

urlpatterns = [
    path("meetings/<int:pk>/answers/", answers.meeting_answers, name="meeting_answers"),
    path("meetings/<int:pk>/answers/calendar-files/", answers.replies_read, name="replies_read"),
    path("attendances/<int:pk>/answer/", answers.attendance_answer, name="attendance_answer"),
    path("meetings/<int:pk>/guests/add/", after_call.guest_add, name="guest_add"),
    path("attendances/<int:pk>/removal/", after_call.guest_removal, name="guest_removal"),
    path(
        "meetings/<int:pk>/newcomers/<int:person>/",
        after_call.newcomer_invitation,
        name="newcomer_invitation",
    ),
    path("attendances/<int:pk>/invitation/", after_call.invitation_again, name="invitation_again"),
    path("answer/<str:token>/", answer_link.answer_by_link, name="answer_by_link"),
    path("calendar-feeds/", feeds.calendar_feeds, name="calendar_feeds"),
    path("calendar-feeds/add/", feeds.calendar_feed_add, name="calendar_feed_add"),
    path(
        "calendar-feeds/<int:pk>/revocation/",
        feeds.calendar_feed_revocation,
        name="calendar_feed_revocation",
    ),
    path("calendar/<str:secret>.ics", feeds.calendar_feed, name="calendar_feed"),
]
