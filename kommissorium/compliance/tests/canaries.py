"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.compliance import documents

FORMS = {"compliance_file": [*documents.EDITIONS]}
