"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.assets.asset_columns import COLUMNS

ALL_COLUMNS = "&".join(f"columns={one.code}" for one in COLUMNS)
# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "assets": ["q=fremmed", "supplier=fremmed", "ended=1", ALL_COLUMNS],
    "assets_file": ["all=1", "q=fremmed"],
    "suppliers": ["q=fremmed", "show=closed", "show=uncovered"],
    "relation_new": ["q=fremmed"],
}
# One of each kind of page and file that shows what is another's to those who read all.
SHOWING_FOREIGN = [
    ("assets", ""),
    ("assets_file", ""),
    ("assets_json", ""),
    ("asset/foreign", ""),
    ("asset_change/foreign", ""),
    ("asset_history/foreign", ""),
    ("asset_map", ""),
    ("asset", ""),
    ("asset_document/foreign", ""),
    ("supplier/foreign", ""),
    ("suppliers", ""),
    ("suppliers_file", ""),
    ("agreement/foreign", ""),
    ("agreement_file/foreign", ""),
    ("oversight_file/foreign", ""),
    ("attestation_file", ""),
    ("attestation_record", ""),
    ("record_file/attestation", "json"),
    ("record_file/attestation", "pdf"),
    ("bulk_change", ""),
    ("imports", ""),
    ("import_page", ""),
    ("import_page/done", ""),
    ("import_file", ""),
    ("occurrence/foreign", ""),
    ("duty_times", ""),
]
# What the system owner could send about an asset of their own, to be told what is another's.
PRYING = [
    ("asset_change_group", "numbers", {"local_id": "L-100"}),
    ("asset_change_group", "numbers", {"uuid": "6f9619ff-8b86-4d11-b42d-00c04fc964ff"}),
    ("asset_change_group", "contract", {"supplier": "supplier", "agreements": "agreement"}),
    ("relation_new", "", {"kind": "feeds", "other": "asset"}),
    ("document_add", "", {"agreement": "agreement", "dated_on": "2026-01-01"}),
    ("attestation", "", {"answer": "correct", "assets": "asset", "asset": "asset"}),
]
