"""Groups of tests that stay in one process, as the data they share takes long to make.

Known by where they lie: the mark `xdist_group` does nothing with pytest 9.2.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

from kommissorium.config.tests.given_day import is_given

JOURNEYS: Final = "kommissorium/config/tests/journeys/"
SHARING: Final = {  # by the beginning of their names
    f"{JOURNEYS}test_every_page.py": "pages",
    JOURNEYS: "journeys",
    "kommissorium/core/tests/ui/test_in_browser.py": "journeys",
}
# On a given day few tests run besides these, which would all wait until the town is built.
OF_THE_TOWN: Final = "kommissorium/demo/tests/"


class Sharing(LoadScopeScheduling):
    """Gives tests that share something to one process, and each of the others to the next free."""

    def _split_scope(self, nodeid: str) -> str:
        if is_given() and nodeid.startswith(OF_THE_TOWN):
            return OF_THE_TOWN
        return next((name for begins, name in SHARING.items() if nodeid.startswith(begins)), nodeid)
