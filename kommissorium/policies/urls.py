"""Addresses of policies."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.policy_list import PolicyList
from kommissorium.policies.views import approvals, documents, versions
from kommissorium.registers.views.lists import list_paths

ROOT = "policies/"
ONE, VERSION = f"{ROOT}<int:pk>/", f"{ROOT}versions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths(ROOT, PolicyList),
    path(f"{ROOT}tree/", documents.policies_tree, name="policies_tree"),
    path(f"{ROOT}new/", documents.policy_new, name="policy_new"),
    path(f"{ROOT}levels/", documents.policy_levels, name="policy_levels"),
    path(f"{ROOT}levels/<slug:level>/", documents.policy_level, name="policy_level"),
    path(ONE, documents.policy, name="policy"),
    path(f"{ONE}edit/", documents.policy_edit, name="policy_edit"),
    path(f"{ONE}retire/", documents.policy_retire, name="policy_retire"),
    path(f"{ONE}history/", documents.policy_history, name="policy_history"),
    path(f"{ONE}versions/", documents.policy_version_new, name="policy_version_new"),
    path(VERSION, versions.policy_version, name="policy_version"),
    path(f"{VERSION}edit/", versions.policy_version_edit, name="policy_version_edit"),
    path(f"{VERSION}ask/", versions.policy_version_ask, name="policy_version_ask"),
    path(f"{VERSION}comment/", versions.policy_version_comment, name="policy_version_comment"),
    path(f"{VERSION}read/", versions.policy_version_read, name="policy_version_read"),
    path(f"{VERSION}upper/", versions.policy_version_upper, name="policy_version_upper"),
    path(f"{VERSION}owner/", approvals.policy_version_lay, name="policy_version_lay"),
    path(f"{VERSION}instead/", approvals.policy_version_instead, name="policy_version_instead"),
    path(f"{VERSION}approve/", approvals.policy_version_approve, name="policy_version_approve"),
    path(f"{VERSION}handover/", approvals.policy_version_handover, name="policy_version_handover"),
    path(
        f"{VERSION}files/<slug:edition>/", versions.policy_version_file, name="policy_version_file"
    ),
    path(f"{ROOT}comments/<int:pk>/", versions.policy_comment_answer, name="policy_comment_answer"),
    path(f"{ROOT}decisions/<int:pk>/", versions.policy_upper_file, name="policy_upper_file"),
]
