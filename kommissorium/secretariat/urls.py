"""Addresses of the overview, the setup assistant, the evidence and the settings."""

from __future__ import annotations

from django.urls import path

from kommissorium.secretariat.views import (
    approve_minutes,
    begin,
    call_meeting,
    chair_decision,
    close_meeting,
    decisions,
    evidence,
    filing,
    overview,
    proposals,
    settings,
    setup,
    setup_mandate,
    word_templates,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("begin/", begin.begin, name="begin"),
    path("setup/", setup.setup, name="setup"),
    path("setup/municipality/", setup.municipality, name="setup_municipality"),
    path("setup/mandate/", setup_mandate.mandate, name="setup_mandate"),
    path("setup/seats/", setup.seats, name="setup_seats"),
    path("setup/rhythm/", setup.rhythm, name="setup_rhythm"),
    path("setup/dates/", setup.dates, name="setup_dates"),
    path("setup/wheel/", setup.wheel, name="setup_wheel"),
    path("setup/invitations/", setup.invitations, name="setup_invitations"),
    path("setup/end/", setup.end, name="setup_end"),
    path("meetings/<int:pk>/call/", call_meeting.meeting_call, name="meeting_call"),
    path("meetings/<int:pk>/changes/", call_meeting.meeting_changes, name="meeting_changes"),
    path("meetings/<int:pk>/registers/", call_meeting.meeting_registers, name="meeting_registers"),
    path("meetings/<int:pk>/end/", close_meeting.meeting_end, name="meeting_end"),
    path(
        "committees/<int:pk>/decisions/add/",
        chair_decision.chair_decision_add,
        name="chair_decision_add",
    ),
    path("proposals/<slug:slug>/<int:pk>/", proposals.proposal, name="proposal"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path(
        "meetings/<int:pk>/minutes/approval/",
        approve_minutes.minutes_approval,
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
    path("settings/word/", word_templates.word_templates, name="word_templates"),
    path(
        "settings/word/template.docx",
        word_templates.word_template_starter,
        name="word_template_starter",
    ),
    path("settings/word/<int:pk>/", word_templates.word_template, name="word_template"),
    path(
        "settings/word/<int:pk>/sample.docx",
        word_templates.word_template_trial,
        name="word_template_trial",
    ),
    path("settings/word/<int:pk>/end/", word_templates.word_template_end, name="word_template_end"),
]
