"""Addresses of the registers: what documents are demanded, those there are, and guidelines."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import demands, document_types, documents, guidelines

TYPE = "assets/demands/kinds/<int:pk>/"
OF_TYPE = "assets/<int:pk>/documents/<int:type>/"
DOCUMENT = "asset-documents/<int:pk>/"
GUIDELINE = "assets/guidelines/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("assets/demands/", demands.demands, name="demands"),
    path("assets/demands/change/", demands.demands_change, name="demands_change"),
    path("assets/demands/file/", demands.demands_file, name="demands_file"),
    path("assets/demands/history/", demands.demands_history, name="demands_history"),
    path("assets/demands/kinds/new/", document_types.document_type_new, name="document_type_new"),
    path(TYPE, document_types.document_type_change, name="document_type_change"),
    path(f"{TYPE}end/", document_types.document_type_retire, name="document_type_retire"),
    path(f"{TYPE}restoration/", document_types.document_type_restore, name="document_type_restore"),
    path("assets/<int:pk>/documents/", documents.document_choose, name="document_choose"),
    path(OF_TYPE, documents.document_add, name="document_add"),
    path(f"{OF_TYPE}waiver/", documents.waiving, name="waive"),
    path(f"{OF_TYPE}waiver/end/", documents.unwaiving, name="unwaive"),
    path(DOCUMENT, documents.asset_document, name="asset_document"),
    path(f"{DOCUMENT}removal/", documents.document_remove, name="document_remove"),
    path("assets/guidelines/", guidelines.guidelines, name="guidelines"),
    path("assets/guidelines/new/", guidelines.guideline_new, name="guideline_new"),
    path("assets/guidelines/readings/", guidelines.guideline_readings, name="guideline_readings"),
    path(GUIDELINE, guidelines.guideline, name="guideline"),
    path(f"{GUIDELINE}file/", guidelines.guideline_file, name="guideline_file"),
    path(f"{GUIDELINE}reading/", guidelines.guideline_read, name="guideline_read"),
]
