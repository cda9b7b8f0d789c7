"""Addresses of the answer to "do we fulfil our mandate?"."""

from __future__ import annotations

from django.urls import path

from kommissorium.compliance.views import coverage, fulfilment, timeline

urlpatterns = [
    path(
        "yearwheel/<int:pk>/coverage/<str:standard>/<int:year>/", coverage.coverage, name="coverage"
    ),
    path(
        "yearwheel/<int:pk>/coverage/<str:standard>/<int:year>/file/",
        coverage.coverage_file,
        name="coverage_file",
    ),
    path("compliance/", fulfilment.compliance, name="compliance"),
    path(
        "committees/<int:pk>/compliance/", fulfilment.mandate_compliance, name="mandate_compliance"
    ),
    path(
        "committees/<int:pk>/compliance/timeline/",
        timeline.compliance_timeline,
        name="compliance_timeline",
    ),
    path(
        "committees/<int:pk>/compliance/today/",
        fulfilment.compliance_today,
        name="compliance_today",
    ),
    path(
        "committees/<int:pk>/compliance/<str:form>/",
        fulfilment.compliance_file,
        name="compliance_file",
    ),
]
