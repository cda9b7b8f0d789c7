"""All addresses. Every one of them is in the access matrix (tests)."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("kommissorium.secretariat.urls")),
    path("", include("kommissorium.compliance.urls")),
    path("", include("kommissorium.incidents.urls")),
    path("", include("kommissorium.handbook.urls")),
    path("", include("kommissorium.readings.urls")),
    path("", include("kommissorium.texts.urls")),
    path("", include("kommissorium.policies.urls")),
    path("", include("kommissorium.rulings.urls")),
    path("", include("kommissorium.awareness.urls")),
    path("", include("kommissorium.controls.urls")),
    path("", include("kommissorium.audits.urls")),
    path("", include("kommissorium.projects.urls")),
    path("", include("kommissorium.continuity.urls")),
    path("", include("kommissorium.reports.urls")),
    path("", include("kommissorium.objectives.urls")),
    path("", include("kommissorium.risks.urls")),
    path("", include("kommissorium.assets.urls")),
    path("", include("kommissorium.registers.urls")),
    path("", include("kommissorium.yearwheel.urls")),
    path("", include("kommissorium.meetings.urls")),
    path("", include("kommissorium.tasks.urls")),
    path("", include("kommissorium.committees.urls")),
    path("", include("kommissorium.accounts.urls")),
    path("", include("kommissorium.core.urls")),
]

handler400 = "kommissorium.core.ui.errors.bad_request"
handler403 = "kommissorium.core.ui.errors.forbidden"
handler404 = "kommissorium.core.ui.errors.not_found"
handler500 = "kommissorium.core.ui.errors.server_error"
