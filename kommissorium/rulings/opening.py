"""The opening of the rulings: questions that wait too long, and dispensations that have run out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day
from kommissorium.registers.opening import Opening, Wrong, said_of
from kommissorium.rulings.models import Dispensation
from kommissorium.rulings.signals import APPLIED, ASKED, EXPIRING, IN_FORCE, LATE, OUT, QUESTIONS


class RulingOpening(Opening):
    """How questions about rules and dispensations stand."""

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, LATE, OUT, EXPIRING)

    def right(self) -> str:
        if not self.numbers[ASKED.code] and not self.numbers[APPLIED.code]:
            return ""
        return _("No question waits too long, and no dispensation has run out.")

    def more(self) -> str:
        found = said_of(self.numbers, QUESTIONS, IN_FORCE)
        return found[0] if found else ""

    def wrong(self) -> Wrong | None:
        """Return the dispensation that ran out first and that nobody has ended or renewed."""
        rows = Dispensation.objects.filter(OUT.holds(self.day)).select_related("document")
        found = rows.order_by("last_day", "pk").first()
        if found is None:
            return None
        said = _("It ran out on %(day)s, and nobody has ended or renewed it.")
        text = said % {"day": day(found.last_day)}
        return Wrong(found.rule, text, _("See the dispensation"), found.get_absolute_url())
