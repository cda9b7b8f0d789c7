"""Addresses of the overview, the setup assistant, the evidence and the settings."""

from __future__ import annotations

from django.urls import path

from kommissorium.secretariat.views import (
    call_meeting,
    close_meeting,
    decisions,
    evidence,
    filing,
    overview,
    proposals,
    search,
    settings,
    setup,
    setup_frame,
    thing_past,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("search/", search.search_page, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("history/<str:kind>/<int:pk>/", thing_past.thing_history, name="thing_history"),
    path("history/<str:kind>/<int:pk>/on/", thing_past.thing_past, name="thing_past"),
    path("begin/", overview.begin, name="begin"),
    path("setup/", setup.setup, name="setup"),
    path("setup/municipality/", setup.municipality, name="setup_municipality"),
    path("setup/mandate/", setup_frame.mandate, name="setup_mandate"),
    path("setup/seats/", setup.seats, name="setup_seats"),
    path("setup/rhythm/", setup.rhythm, name="setup_rhythm"),
    path("setup/dates/", setup.dates, name="setup_dates"),
    path("setup/wheel/", setup.wheel, name="setup_wheel"),
    path("setup/invitations/", setup.invitations, name="setup_invitations"),
    path("setup/end/", setup.end, name="setup_end"),
    path("meetings/<int:pk>/call/", call_meeting.meeting_call, name="meeting_call"),
    path("meetings/<int:pk>/changes/", call_meeting.meeting_changes, name="meeting_changes"),
    path("meetings/<int:pk>/registers/", call_meeting.meeting_registers, name="meeting_registers"),
    path("meetings/<int:pk>/composing/", call_meeting.meeting_composing, name="meeting_composing"),
    path("meetings/<int:pk>/preview/", call_meeting.meeting_preview, name="meeting_preview"),
    path("items/<int:pk>/draft/", call_meeting.item_draft, name="item_draft"),
    path("meetings/<int:pk>/end/", close_meeting.meeting_end, name="meeting_end"),
    path(
        "committees/<int:pk>/decisions/add/",
        decisions.chair_decision_add,
        name="chair_decision_add",
    ),
    path("proposals/<slug:slug>/<int:pk>/", proposals.proposal, name="proposal"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path(
        "meetings/<int:pk>/minutes/approval/",
        close_meeting.minutes_approval,
        name="minutes_approval",
    ),
    path("filing/", filing.filing, name="filing"),
    path("evidence/", evidence.events, name="evidence"),
    path("evidence/check/", evidence.check, name="evidence_check"),
    path("evidence/export/", evidence.export, name="evidence_export"),
    path("evidence/records/<int:pk>/", evidence.record, name="record"),
    path("evidence/records/<int:pk>/<str:form>/", evidence.record_file, name="record_file"),
    path("settings/", settings.settings, name="settings"),
    path("settings/mail/", settings.mail, name="mail"),
    path("settings/mail/trial/", settings.mail_trial, name="mail_trial"),
    path("settings/word/", settings.word_templates, name="word_templates"),
    path(
        "settings/word/template.docx",
        settings.word_template_starter,
        name="word_template_starter",
    ),
    path("settings/word/<int:pk>/", settings.word_template, name="word_template"),
    path(
        "settings/word/<int:pk>/sample.docx",
        settings.word_template_trial,
        name="word_template_trial",
    ),
    path("settings/word/<int:pk>/end/", settings.word_template_end, name="word_template_end"),
]
