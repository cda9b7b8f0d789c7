"""Office files, which are .zip files, without what differs from one writing to the next."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Final

NO_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_WRITTEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def steady(data: bytes, *, written_at: datetime | None = None) -> bytes:
    """Return an office file so that the same content gives the same bytes.

    With `written_at` it says that it was written then, and not when its library did it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            if written_at and name == "docProps/core.xml":
                moment = f"{written_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
                part = _WRITTEN.sub(rb"\g<1>" + moment.encode(), part)
            new.writestr(entry, part)
    return out.getvalue()
