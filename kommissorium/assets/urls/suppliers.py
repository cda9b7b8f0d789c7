"""Addresses of the registers: suppliers, agreements and oversight."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import agreements, suppliers

SUPPLIER, AGREEMENT = "suppliers/<int:pk>/", "agreements/<int:pk>/"

urlpatterns: list[URLPattern] = [
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
]
