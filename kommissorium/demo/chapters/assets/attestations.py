"""The owners' yearly answers about their assets: two rounds that are closed, and one open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from zlib import crc32

from kommissorium.assets.actions.attestation.answer import Given, answer_for
from kommissorium.assets.actions.attestation.round import close_round, open_round, remind, settle
from kommissorium.assets.models import Asked, Round, Statement
from kommissorium.demo.chapters.assets.owners import answering
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows

Answer = Statement.Answer
LONG = 30  # days to answer
CONCLUSION = "Svarene er gennemgået. Ejere uden svar er ringet op, og registeret er rettet."
SETTLED_NOW = 3  # answers of the open round that the coordinator has acted on


@dataclass(frozen=True)
class Occasion:
    """A round. `opened` is months ago, or days ago for the one that is still open."""

    number: int
    opened: int
    is_open: bool = False

    @property
    def column(self) -> str:
        return f"svar{self.number}"


OCCASIONS = (Occasion(1, 29), Occasion(2, 14), Occasion(3, 24, is_open=True))


def tell_attestations(town: Town) -> None:
    """Tell of each round: opened, answered by most, reminded of, settled and closed."""
    days = town.almanac
    for one in OCCASIONS:
        if not one.is_open and one.opened >= days.span.months:
            continue
        begun = days.ago(one.opened, "8.40")
        if one.is_open:
            begun = days.moment(days.today - timedelta(days=one.opened), "8.40")
        town.tell(begun, partial(_open, town))
        for row in answering(town):
            if row[one.column]:
                after, _comma, share = row[one.column].partition("/")
                moment = begun + timedelta(days=int(after), hours=2)
                town.tell(moment, partial(_answer, town, row["person"], one, int(share or 100)))
        town.tell(begun + timedelta(days=14, hours=1), partial(_remind, town))
        if one.is_open:
            town.tell(begun + timedelta(days=20, hours=1), partial(_settle, town, SETTLED_NOW))
        else:
            town.tell(begun + timedelta(days=LONG + 3, hours=1), partial(_settle, town, None))
            town.tell(begun + timedelta(days=LONG + 5, hours=1), partial(_close, town))


def _open(town: Town) -> None:
    today = town.almanac.day_it_is()
    due = today + timedelta(days=LONG)
    open_round(by=town.coordinator(), title=f"Ejererklæring {today.year}", due=due)


def _answer(town: Town, who: str, occasion: Occasion, share: int) -> None:
    """Let an owner answer for a percentage of their assets."""
    person = town.person(who)
    asked = _current().asked.select_related("round").filter(person=person).first()
    if asked is None or not person.has_login:
        return
    names = _assets(asked)
    first = list(names.items())[: -(-len(names) * share // 100)]
    answer_for(asked, {key: _said(occasion, name) for key, name in first}, by=person)


def _assets(asked: Asked) -> Mapping[int, str]:
    """Return the assets a person is asked about: their names by key."""
    statements = asked.statements.select_related("asset").order_by("asset__local_id")
    return {one.asset_id: one.asset.local_id for one in statements}


def _said(occasion: Occasion, name: str) -> Given:
    lot = crc32(f"{occasion.number}{name}".encode()) % 100
    words = rows("registers/answers.csv")
    told = [row for row in words if int(row["fra"]) <= lot < int(row["til"])]
    return Given(told[0]["svar"], told[0]["note"]) if told else Given(Answer.CORRECT)


def _remind(town: Town) -> None:
    remind(_current(), by=town.coordinator())


def _settle(town: Town, number: int | None) -> None:
    """Act on the corrections owners asked for, the first ones or all of them."""
    words = {row["note"]: row["gjort"] for row in rows("registers/answers.csv")}
    for group in _wanting()[:number]:
        settle(group[0], by=town.coordinator(), settlement=words[group[0].note])


def _wanting() -> list[Sequence[Statement]]:
    """Return the answers that ask for action; those of one person and asset together."""
    groups: defaultdict[tuple[int, int], list[Statement]] = defaultdict(list)
    found = Statement.objects.filter(asked__round=_current()).wanting()
    for one in found.select_related("asked__round", "asked__person").order_by("pk"):
        groups[one.asked_id, one.asset_id].append(one)
    return list(groups.values())


def _close(town: Town) -> None:
    close_round(_current(), by=town.coordinator(), conclusion=CONCLUSION)


def _current() -> Round:
    found = Round.current()
    if found is None:
        raise LookupError("No round is open")
    return found
