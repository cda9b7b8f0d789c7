"""The exceptions Refused and Conflict, raised by actions and shown by views beside the field."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """The act makes no sense as asked; nothing was changed.

    `errors` maps a form field ("" for the whole form) to a sentence in the user's language
    that says what is wrong and what to do.
    """

    def __init__(self, message: str = "", /, **errors: str) -> None:
        self.errors: Mapping[str, str] = {**({"": message} if message else {}), **errors}
        super().__init__("; ".join(self.errors.values()))


class Conflict(Exception):
    """Somebody else saved first. `current` holds the values that are there now, by field."""

    def __init__(self, current: Mapping[str, object]) -> None:
        self.current = current
        super().__init__("somebody else saved first")

    @property
    def edit_version(self) -> int:
        """Return the version saved now; 0 where the action gave none."""
        return int(str(self.current.get("edit_version", 0)))
