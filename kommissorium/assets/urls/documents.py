"""Addresses of the registers: the matrix of documents demanded, and the documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import demands, documents

TYPE = "assets/demands/kinds/<int:pk>/"
OF_TYPE = "assets/<int:pk>/documents/<int:type>/"
DOCUMENT = "asset-documents/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("assets/demands/", demands.demands, name="demands"),
    path("assets/demands/change/", demands.demands_change, name="demands_change"),
    path("assets/demands/file/", demands.demands_file, name="demands_file"),
    path("assets/demands/history/", demands.demands_history, name="demands_history"),
    path("assets/demands/kinds/new/", demands.document_type_new, name="document_type_new"),
    path(TYPE, demands.document_type_change, name="document_type_change"),
    path(f"{TYPE}end/", demands.document_type_retire, name="document_type_retire"),
    path(f"{TYPE}restoration/", demands.document_type_restore, name="document_type_restore"),
    path("assets/<int:pk>/documents/", documents.document_choose, name="document_choose"),
    path(OF_TYPE, documents.document_add, name="document_add"),
    path(f"{OF_TYPE}waiver/", documents.waiving, name="waive"),
    path(f"{OF_TYPE}waiver/end/", documents.unwaiving, name="unwaive"),
    path(DOCUMENT, documents.asset_document, name="asset_document"),
    path(f"{DOCUMENT}removal/", documents.document_remove, name="document_remove"),
]
