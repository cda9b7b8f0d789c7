"""Expiring acceptances as rows for each of which the committee chooses."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.measures.days import add_months
from kommissorium.meetings.rows_to_choose import Chosen, OfferedRow
from kommissorium.registers.choosing import EXTEND, LEAST_GAIN, RETURN, ways
from kommissorium.risks.actions.extending import refuse_extending, risks_today
from kommissorium.risks.levels import term_end
from kommissorium.risks.models import Acceptance
from kommissorium.risks.models.acceptances import AcceptanceQuerySet

OF: Final = "risks.acceptance"  # what the key of a row begins with
KEY: Final = f"{OF}:{{}}"


def expiring_rows(found: AcceptanceQuerySet) -> list[OfferedRow]:
    """Return acceptances as rows, the first to expire first; three queries."""
    rows = found.select_related("proposed_by").prefetch_related("risks__scenario")
    return [_row(one) for one in rows.order_by("expires_on", "pk")]


def _row(one: Acceptance) -> OfferedRow:
    risks = "; ".join(row.scenario.title for row in one.risks.all())
    thing = {"amount": one.loss_in_words, "risks": risks}
    return OfferedRow(
        key=KEY.format(one.pk),
        title=risks,
        facts=(
            (_("Possible loss"), one.loss_in_words),
            (_("Holds until"), day(one.expires_on)),
        ),
        options=ways(
            extend=_("extend the risk acceptance of %(amount)s (%(risks)s) to") % thing,
            end=_("end the risk acceptance of %(amount)s (%(risks)s)") % thing,
            put_off=_("put the risk acceptance of %(amount)s (%(risks)s) off to the next meeting")
            % thing,
        ),
        proposed=partial(_proposed, one),
        link=one.get_absolute_url(),
    )


def _proposed(one: Acceptance) -> Chosen:
    """Return what is recommended: a year more within the year of the risk level, if it may be."""
    until = min(add_months(one.expires_on, 12), term_end(risks_today(one)))
    since = max(one.expires_on, timezone.localdate())
    if until >= since + LEAST_GAIN and not why_not(one, until, "", by=one.proposed_by):
        return Chosen(EXTEND, until)
    return Chosen(RETURN)


def why_not(one: Acceptance, until: date, because: str, *, by: Person) -> str:
    """Return why the committee could not extend it to the day; "" where it can."""
    try:
        refuse_extending(one, until, because, by=by)
    except Refused as refused:
        return " ".join(refused.errors.values())
    return ""
