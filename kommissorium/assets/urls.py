"""Addresses of the registers; those with words come before those with a key."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.views import (
    agreements,
    areas,
    assets,
    attestation,
    completeness,
    demands,
    documents,
    json_export,
    owners,
    ownership,
    rounds,
    suppliers,
    waivers,
)
from kommissorium.registers.views.lists import list_paths

TYPE = "assets/demands/kinds/<int:pk>/"
OF_TYPE = "assets/<int:pk>/documents/<int:type>/"
DOCUMENT = "asset-documents/<int:pk>/"
SUPPLIER, AGREEMENT = "suppliers/<int:pk>/", "agreements/<int:pk>/"
ASSET, ROUND = "assets/<int:pk>/", "assets/attestation/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("assets/owners/", owners.owners, name="owners"),
    path("assets/owners/file/", owners.owners_file, name="owners_file"),
    path("assets/owners/hand-over/", ownership.hand_over, name="hand_over"),
    path(f"{ASSET}owners/<str:role>/", ownership.owner_appoint, name="owner_appoint"),
    path(f"{ASSET}owners/<str:role>/end/", ownership.owner_release, name="owner_release"),
    path("assets/completeness/", completeness.completeness, name="completeness"),
    path("assets/completeness/file/", completeness.completeness_file, name="completeness_file"),
    path("assets/waivers/", waivers.waivers, name="waivers"),
    path("assets/demands/", demands.demands, name="demands"),
    path("assets/demands/change/", demands.demands_change, name="demands_change"),
    path("assets/demands/file/", demands.demands_file, name="demands_file"),
    path("assets/demands/history/", demands.demands_history, name="demands_history"),
    path("assets/demands/kinds/new/", demands.document_type_new, name="document_type_new"),
    path(TYPE, demands.document_type_change, name="document_type_change"),
    path(f"{TYPE}end/", demands.document_type_retire, name="document_type_retire"),
    path(f"{TYPE}restoration/", demands.document_type_restore, name="document_type_restore"),
    path(f"{ASSET}documents/", documents.document_choose, name="document_choose"),
    path(OF_TYPE, documents.document_add, name="document_add"),
    path(f"{OF_TYPE}waiver/", documents.waiving, name="waive"),
    path(f"{OF_TYPE}waiver/end/", documents.unwaiving, name="unwaive"),
    path(DOCUMENT, documents.asset_document, name="asset_document"),
    path(f"{DOCUMENT}removal/", documents.document_remove, name="document_remove"),
    path("attestation/", attestation.attestation, name="attestation"),
    path("attestation/receipt/", attestation.receipt, name="attestation_receipt"),
    path("attestation/<int:pk>/", attestation.answer, name="attestation_answer"),
    path("assets/attestation/", rounds.rounds, name="attestation_rounds"),
    path("assets/attestation/new/", rounds.opening, name="attestation_open"),
    path(ROUND, rounds.one_round, name="attestation_round"),
    path(f"{ROUND}file/", rounds.round_file, name="attestation_file"),
    path(f"{ROUND}record/", rounds.record, name="attestation_record"),
    path(f"{ROUND}edit/", rounds.change, name="attestation_change"),
    path(f"{ROUND}closing/", rounds.closing, name="attestation_close"),
    path(f"{ROUND}newcomers/", rounds.newcomers, name="attestation_ask"),
    path(f"{ROUND}reminder/", rounds.reminder, name="attestation_remind"),
    path(
        "assets/attestation/statements/<int:pk>/",
        rounds.settling,
        name="statement_settle",
    ),
    path("suppliers/", suppliers.suppliers, name="suppliers"),
    path("suppliers/file/", suppliers.suppliers_file, name="suppliers_file"),
    path("suppliers/new/", suppliers.supplier_new, name="supplier_new"),
    path(SUPPLIER, suppliers.supplier, name="supplier"),
    path(f"{SUPPLIER}edit/", suppliers.supplier_change, name="supplier_change"),
    path(f"{SUPPLIER}close/", suppliers.supplier_close, name="supplier_close"),
    path(f"{SUPPLIER}reopening/", suppliers.supplier_reopen, name="supplier_reopen"),
    path(f"{SUPPLIER}agreements/new/", agreements.agreement_new, name="agreement_new"),
    path(AGREEMENT, agreements.agreement, name="agreement"),
    path(f"{AGREEMENT}file/", agreements.agreement_file, name="agreement_file"),
    path(f"{AGREEMENT}edit/", agreements.agreement_change, name="agreement_change"),
    path(f"{AGREEMENT}end/", agreements.agreement_end, name="agreement_end"),
    path(f"{AGREEMENT}oversight/new/", agreements.oversight_new, name="oversight_new"),
    path("oversights/<int:pk>/file/", agreements.oversight_file, name="oversight_file"),
    *list_paths("assets/", AssetList),
    path("assets/json/", json_export.assets_json, name="assets_json"),
    path("assets/new/<str:kind>/", assets.asset_new, name="asset_new"),
    path("assets/areas/", areas.areas, name="areas"),
    path("assets/areas/new/", areas.area_new, name="area_new"),
    path("assets/areas/<int:pk>/", areas.area_change, name="area_change"),
    path("assets/areas/<int:pk>/close/", areas.area_close, name="area_close"),
    path("assets/settings/", areas.register_settings, name="register_settings"),
    path(ASSET, assets.asset, name="asset"),
    path(f"{ASSET}end/", assets.asset_end, name="asset_end"),
    path(f"{ASSET}edit/", assets.asset_change, name="asset_change"),
    path(f"{ASSET}edit/<str:group>/", assets.asset_change_group, name="asset_change_group"),
    path(f"{ASSET}edit/field/<str:name>/", assets.asset_change_field, name="asset_change_field"),
    path(f"{ASSET}history/", assets.asset_history, name="asset_history"),
    path(f"{ASSET}map/", assets.asset_map, name="asset_map"),
    path(f"{ASSET}relations/new/", assets.relation_new, name="relation_new"),
    path(f"{ASSET}relations/<int:relation>/", assets.relation_end, name="relation_end"),
]
