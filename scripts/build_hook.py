"""What hatchling asks before it builds: it refuses a package without its parts, adds guide and SBOM."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from sbom import sbom  # noqa: E402

from kommissorium.core.operations.parts import missing_parts  # noqa: E402

SBOM = "build/kommissorium.cdx.json"
GUIDE = "kommissorium/secretariat/guide_texts"  # where secretariat/guide.py looks first


class BuildHook(BuildHookInterface[Any]):  # type: ignore[misc]
    """Runs before a wheel or a source distribution is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """End the build for missing parts. Who works on the program builds them afterwards."""
        if version == "editable":
            return
        for kind, files in missing_parts(ROOT / "kommissorium").items():
            if files:
                self.app.abort(f"No package without its {kind} ({files[0]}). Run 'make setup'.")
        if self.target_name == "wheel":
            file = ROOT / SBOM
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(sbom(), indent=1) + "\n", encoding="utf-8")
            build_data["sbom_files"].append(SBOM)
            build_data["force_include"][str(ROOT / "docs" / "guide")] = GUIDE
