"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.compliance import documents

FORMS = {"compliance_file": [*documents.EDITIONS]}
