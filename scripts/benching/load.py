"""Many people at work in the demonstration at the same time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from http.client import HTTPException
from itertools import count, cycle
from typing import Self

from visiting import Answer, Visitor, form_fields

from benching.addresses import all_addresses, questions
from benching.hostile import bomb

WRITERS = ("coordinator", "chair") * 10
WRITTEN = 3  # items that they write in, several in each
READERS = ("coordinator", "auditor", "member")
VISITORS = ("coordinator", "chair", "dpo", "employee")  # of every address of the access table
MOST_ASKED = 5  # ways to sort and narrow that are tried of a page each time round
EDITIONS = ("pdf", "print", "docx", "json")
CAST = ("chair", "deputy", "member", "head_of_it", "dpo", "executive", "auditor", "employee")
EXPORTS = ("/people/export/", "/tasks/export/", "/assets/json/", "/assets/file/")
SHOWN, SAVED, CONFLICT, SERVERS_FAULT = 200, 302, 409, 500
HARM_EVERY = 5
PAUSE = 0.2  # seconds between two things somebody does; nobody types faster
WRITING = 2.0  # seconds somebody writes before saving


class Load:
    """Writers, readers and others, each in a thread of its own, while the block runs."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        self._over = threading.Event()
        self._lock = threading.Lock()
        meeting, items = self._agenda()
        places = cycle(items[:WRITTEN])  # several write in the same item
        self._addresses = all_addresses(Visitor(address, who) for who in VISITORS)
        work: list[Callable[[], None]] = [
            *(partial(self._write, who, item) for who, item in zip(WRITERS, places, strict=False)),
            *(partial(self._read, who) for who in READERS),
            *(partial(self._visit_all, who) for who in VISITORS),
            partial(self._fetch_packs, meeting),
            partial(self._exchange_files, meeting, items[WRITTEN]),
            self._export,
            self._sign_in,
        ]
        self._threads = [threading.Thread(target=self._safely, args=(one,)) for one in work]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def answered(self) -> int:
        with self._lock:
            return sum(number for what, number in self.counts.items() if what.startswith("answers"))

    def _agenda(self) -> tuple[str, list[str]]:
        pages = Visitor(self.address, "coordinator")
        links = [link for link in pages.links("/") if link.startswith("/meetings/")]
        for meeting in links:
            items = [link for link in pages.links(meeting) if link.startswith("/items/")]
            own = sorted({link for link in items if link.count("/") == 3})  # noqa: PLR2004 /items/7/
            own = [item for item in own if pages.get(f"{item}edit/").status == SHOWN]
            if len(own) > WRITTEN:
                return meeting, own
        raise LookupError("the overview leads to no agenda")

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (OSError, HTTPException, LookupError) as error:
            with self._lock:
                self.errors.append(f"{type(error).__name__}: {error}")

    def _goes_on(self, pause: float = PAUSE) -> bool:
        return not self._over.wait(pause)

    def _note(self, answer: Answer, path: str) -> Answer:
        with self._lock:
            self.counts[f"answers {answer.status}"] += 1
            if answer.status >= SERVERS_FAULT:
                self.errors.append(f"{answer.status} {path}")
        return answer

    def _write(self, who: str, item: str) -> None:
        visitor, path = Visitor(self.address, who), f"{item}edit/"
        for number in count(1):
            fields = form_fields(self._note(visitor.get(path), path).text, path)
            fields["presentation"] = f"<p>Skrevet for {number}. gang.</p>"
            answer = self._note(visitor.post(path, fields), path)
            with self._lock:
                if answer.status not in {SAVED, CONFLICT}:
                    self.errors.append(f"{answer.status} for an edit of {item}")
                kind = "edits saved" if answer.status == SAVED else "edits in conflict"
                self.counts[kind] += 1
            if not self._goes_on(WRITING):
                return

    def _read(self, who: str) -> None:
        visitor = Visitor(self.address, who)
        while True:
            for path in visitor.pages():
                self._note(visitor.get(path), path)
                if not self._goes_on():
                    return

    def _visit_all(self, who: str) -> None:
        """Ask for every address, and of each page for some of its list's variants, ever others."""
        visitor = Visitor(self.address, who)
        for round_ in count():
            for path in self._addresses:
                answer = self._note(visitor.get(path), path)
                asked = questions(answer.text) if answer.status == SHOWN else []
                for more in asked[round_ * MOST_ASKED :][:MOST_ASKED]:
                    self._note(visitor.get(more), more)
                with self._lock:
                    self.counts["addresses of the access table"] += 1
                if not self._goes_on():
                    return

    def _fetch_packs(self, meeting: str) -> None:
        visitor = Visitor(self.address, "member")
        for number in count():
            path = f"{meeting}pack/{EDITIONS[number % len(EDITIONS)]}/"
            self._note(visitor.get(path), path)
            with self._lock:
                self.counts["packs"] += 1
            if not self._goes_on():
                return

    def _exchange_files(self, meeting: str, item: str) -> None:
        """Attach a file, now and then a malicious one, have it bound in, and take it off."""
        visitor, path = Visitor(self.address, "coordinator"), f"{item}edit/"
        for number in count():
            fields = form_fields(self._note(visitor.get(path), path).text, path)
            data = bomb(50_000_000) if number % HARM_EVERY == 0 else bomb(0, junk=5_000_000)
            answer = visitor.post_file(path, fields, "attachments", (f"Bilag {number}.pdf", data))
            self._note(answer, path)
            with self._lock:
                self.counts["uploads" if answer.status == SAVED else "uploads refused"] += 1
            for form in ("print", "pdf"):
                self._note(visitor.get(f"{meeting}pack/{form}/"), form)
            for link in visitor.links(item):
                if link.startswith("/attachments/") and link.endswith("/removal/"):
                    removal = form_fields(visitor.get(link).text, link)
                    self._note(visitor.post(link, removal), link)
            if not self._goes_on():
                return

    def _export(self) -> None:
        visitor = Visitor(self.address, "coordinator")
        while True:
            for path in EXPORTS:
                self._note(visitor.get(path), path)
                with self._lock:
                    self.counts["exports"] += 1
                if not self._goes_on():
                    return

    def _sign_in(self) -> None:
        for number in count():
            visitor = Visitor(self.address, CAST[number % len(CAST)])
            page = self._note(visitor.get("/"), "/").text
            out = "/account/logout/"
            self._note(visitor.post(out, form_fields(page, out)), out)
            visitor.close()
            with self._lock:
                self.counts["sign-ins"] += 1
            if not self._goes_on():
                return
