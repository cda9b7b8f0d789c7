"""Many people who ask the running program at the same time, each in a thread of its own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from http.client import HTTPException
from itertools import count
from typing import Self

from visiting import Answer, Visitor, form_fields

from benching.trouble import Patient, Trouble

SHOWN, SAVED, CONFLICT, SERVERS_FAULT = 200, 302, 409, 500
PAUSE = 0.2  # seconds between two things somebody does; nobody types faster
WRITING = 2.0  # seconds somebody writes before saving


class Crowd:
    """What people do while the block runs, how long each answer took, and what went wrong."""

    def __init__(self, address: str, trouble: Trouble | None = None) -> None:
        self.address = address
        self._trouble = trouble
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        self.taken: list[float] = []  # milliseconds of each answer
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._safely, args=(one,)) for one in self.work()]

    def work(self) -> list[Callable[[], None]]:
        """Return what each of them does until it is over."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def visitor(self, who: str) -> Visitor:
        """Return one of the cast, signed in, who bears with a trouble where there is any."""
        if self._trouble:
            return Patient(self.address, who, self._trouble)
        return Visitor(self.address, who)

    @property
    def answered(self) -> int:
        with self._lock:
            return sum(number for what, number in self.counts.items() if what.startswith("answers"))

    def agenda(self, fewest: int) -> tuple[str, list[str]]:
        """Return a meeting, and its items that the coordinator may write in: more than so many."""
        pages = self.visitor("coordinator")
        links = [link for link in pages.links("/") if link.startswith("/meetings/")]
        for meeting in links:
            items = [link for link in pages.links(meeting) if link.startswith("/items/")]
            own = sorted({link for link in items if link.count("/") == 3})  # noqa: PLR2004 /items/7/
            own = [item for item in own if pages.get(f"{item}edit/").status == SHOWN]
            if len(own) > fewest:
                return meeting, own
        raise LookupError("the overview leads to no agenda")

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (OSError, HTTPException, LookupError) as error:
            with self._lock:
                self.errors.append(f"{type(error).__name__}: {error}")

    def goes_on(self, pause: float = PAUSE) -> bool:
        return not self._over.wait(pause)

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def note(self, answer: Answer, path: str) -> Answer:
        with self._lock:
            self.counts[f"answers {answer.status}"] += 1
            self.taken.append(answer.taken)
            if answer.status >= SERVERS_FAULT:
                self.errors.append(f"{answer.status} {path}")
        return answer

    def write(self, who: str, item: str, pause: float = WRITING) -> None:
        """Write in an item and save it, again and again; somebody else may have been quicker."""
        visitor, path = self.visitor(who), f"{item}edit/"
        for number in count(1):
            fields = form_fields(self.note(visitor.get(path), path).text, path)
            fields["presentation"] = f"<p>Skrevet for {number}. gang.</p>"
            answer = self.note(visitor.post(path, fields), path)
            if answer.status not in {SAVED, CONFLICT}:
                with self._lock:
                    self.errors.append(f"{answer.status} for an edit of {item}")
            self.count("edits saved" if answer.status == SAVED else "edits in conflict")
            if not self.goes_on(pause):
                return
