"""Many people at work in the demonstration at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count, cycle

from visiting import form_fields

from benching.addresses import all_addresses, questions
from benching.crowd import SAVED, SHOWN, Crowd
from benching.hostile import bomb

WRITERS = ("coordinator", "chair") * 10
WRITTEN = 3  # items that they write in, several in each
READERS = ("coordinator", "auditor", "member")
VISITORS = ("coordinator", "chair", "dpo", "employee")  # of every address of the access table
MOST_ASKED = 5  # ways to sort and narrow that are tried of a page each time round
EDITIONS = ("pdf", "print", "docx", "json")
CAST = ("chair", "deputy", "member", "head_of_it", "dpo", "executive", "auditor", "employee")
EXPORTS = ("/people/export/", "/tasks/export/", "/assets/json/", "/assets/file/")
HARM_EVERY = 5


class Load(Crowd):
    """Writers, readers and others."""

    def work(self) -> list[Callable[[], None]]:
        meeting, items = self.agenda(WRITTEN)
        places = cycle(items[:WRITTEN])  # several write in the same item
        self._addresses = all_addresses(self.visitor(who) for who in VISITORS)
        return [
            *(partial(self.write, who, item) for who, item in zip(WRITERS, places, strict=False)),
            *(partial(self._read, who) for who in READERS),
            *(partial(self._visit_all, who) for who in VISITORS),
            partial(self._fetch_packs, meeting),
            partial(self._exchange_files, meeting, items[WRITTEN]),
            self._export,
            self._sign_in,
        ]

    def _read(self, who: str) -> None:
        visitor = self.visitor(who)
        while True:
            for path in visitor.pages():
                self.note(visitor.get(path), path)
                if not self.goes_on():
                    return

    def _visit_all(self, who: str) -> None:
        """Ask for every address, and of each page for some of its list's variants, ever others."""
        visitor = self.visitor(who)
        for round_ in count():
            for path in self._addresses:
                answer = self.note(visitor.get(path), path)
                asked = questions(answer.text) if answer.status == SHOWN else []
                for more in asked[round_ * MOST_ASKED :][:MOST_ASKED]:
                    self.note(visitor.get(more), more)
                self.count("addresses of the access table")
                if not self.goes_on():
                    return

    def _fetch_packs(self, meeting: str) -> None:
        visitor = self.visitor("member")
        for number in count():
            path = f"{meeting}pack/{EDITIONS[number % len(EDITIONS)]}/"
            self.note(visitor.get(path), path)
            self.count("packs")
            if not self.goes_on():
                return

    def _exchange_files(self, meeting: str, item: str) -> None:
        """Attach a file, now and then a malicious one, have it bound in, and take it off."""
        visitor, path = self.visitor("coordinator"), f"{item}edit/"
        for number in count():
            fields = form_fields(self.note(visitor.get(path), path).text, path)
            data = bomb(50_000_000) if number % HARM_EVERY == 0 else bomb(0, junk=5_000_000)
            answer = visitor.post_file(path, fields, "attachments", (f"Bilag {number}.pdf", data))
            self.note(answer, path)
            self.count("uploads" if answer.status == SAVED else "uploads refused")
            for form in ("print", "pdf"):
                self.note(visitor.get(f"{meeting}pack/{form}/"), form)
            for link in visitor.links(item):
                if link.startswith("/attachments/") and link.endswith("/removal/"):
                    removal = form_fields(visitor.get(link).text, link)
                    self.note(visitor.post(link, removal), link)
            if not self.goes_on():
                return

    def _export(self) -> None:
        visitor = self.visitor("coordinator")
        while True:
            for path in EXPORTS:
                self.note(visitor.get(path), path)
                self.count("exports")
                if not self.goes_on():
                    return

    def _sign_in(self) -> None:
        for number in count():
            visitor = self.visitor(CAST[number % len(CAST)])
            page = self.note(visitor.get("/"), "/").text
            out = "/account/logout/"
            self.note(visitor.post(out, form_fields(page, out)), out)
            visitor.close()
            self.count("sign-ins")
            if not self.goes_on():
                return
