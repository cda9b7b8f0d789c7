"""Django's settings of the log: lines or JSON on standard error."""

from __future__ import annotations

from typing import Any

FORMATTERS = {
    "lines": "kommissorium.core.operations.log_lines.LineFormatter",
    "json": "kommissorium.core.operations.log_lines.JsonFormatter",
}


def log_settings(form: str) -> dict[str, Any]:
    """Return the settings; `form` is a key of FORMATTERS."""
    stderr = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["visitors"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMATTERS[form]}},
        "filters": {"visitors": {"()": "kommissorium.core.ui.log.VisitorsFilter"}},
        "handlers": {"stderr": stderr},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"kommissorium": {"level": "INFO"}},
    }
