"""What the kit of the registers keeps."""

from kommissorium.registers.models.imports import ImportedRow, ImportRun

__all__ = ["ImportRun", "ImportedRow"]
