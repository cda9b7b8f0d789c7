"""Addresses of audits, besides those that the kit has for activities."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kommissorium.audits.actions.work import change_settings
from kommissorium.audits.audit_list import AuditList
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import AuditSettings
from kommissorium.audits.views import auditors, work
from kommissorium.registers.views.activities import evaluation_new_path, evaluation_path
from kommissorium.registers.views.lists import list_paths
from kommissorium.registers.views.row_pages import settings_path

ONE, FINDING = "audits/<int:pk>/", "audits/findings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths("audits/", AuditList),
    settings_path(
        *("audits/settings/", AuditSettings, change_settings),
        name="audit_settings",
        home=work.PAGES.home,
        title=_("Settings of audits"),
    ),
    path(f"{ONE}auditor/", auditors.audit_auditor, name="audit_auditor"),
    path("audits/auditors/<int:pk>/", auditors.audit_auditor_change, name="audit_auditor_change"),
    path(f"{ONE}material/", work.audit_material, name="audit_material"),
    path(f"{ONE}sample/", work.audit_sample, name="audit_sample"),
    path(f"{ONE}checklist/", work.audit_checklist, name="audit_checklist"),
    path("audits/checks/<int:pk>/", work.audit_check, name="audit_check"),
    path(f"{ONE}report/", work.audit_report, name="audit_report"),
    path(f"{ONE}report/issue/", work.audit_report_issue, name="audit_report_issue"),
    evaluation_new_path(f"{ONE}evaluation/", EVALUATION, KIND),
    evaluation_path("audits/evaluations/", EVALUATION),
    path("audits/evidence/<int:pk>/", work.audit_evidence, name="audit_evidence"),
    path(FINDING, work.audit_finding, name="audit_finding"),
    path(f"{FINDING}answer/", work.audit_answer, name="audit_answer"),
    path(f"{FINDING}closure/", work.audit_closure, name="audit_closure"),
    path(f"{FINDING}verdict/", work.audit_verdict, name="audit_verdict"),
]
