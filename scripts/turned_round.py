"""Turn each predicate of access round, one at a time, and name those that no test misses.

    make soak FAMILY=16                                    all: an hour
    .venv/bin/python scripts/turned_round.py risks         those of one room
    .venv/bin/python scripts/turned_round.py can_be_kept_by kommissorium/config/tests/test_access.py

The tests of the rooms that have predicates run once, and it is noted which predicates each asks. Then
a process is forked off for each predicate: there its answer is turned round, and the tests that asked
it run again, the quickest first, until one fails. What these do not tell is asked of the tests that
go through all rooms, in the same way; what they do not tell either is a survivor. No test runs in the
process that forks: threads that one has started, as those that draw a PDF, are not in a fork.

Of rooms or names, the rooms that have them are asked alone; of tests, these.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import zip_longest
from time import monotonic
from types import CodeType, FunctionType
from typing import Any

import pytest

from kommissorium.config.tests.turning_round import PACKAGE, Predicate, predicates, turned_round

OF_ALL = "kommissorium/config"  # where the tests are that go through all rooms
PYTEST = ("-n0", "--reuse-db", "-m", "not journey", "-o", "addopts=-q -p no:cacheprovider")
MOST_SECONDS = 300  # of a test: a predicate turned round may make it wait for ever, told, too
WATCHING = sys.monitoring
type Tests = list[pytest.Item]
TOOL = 4  # of those that no debugger, coverage or profiler uses


def main(wanted: list[str]) -> int:
    tests, names = [one for one in wanted if "/" in one], {one for one in wanted if "/" not in one}
    found = [one for one in predicates() if not names or {one.room, one.owner, one.name} & names]
    rooms = sorted({f"kommissorium/{one.room}" for one in found})
    turning = Turning(found)
    os.chdir(PACKAGE.parent)
    if found:
        pytest.main([*PYTEST, *(tests or [*rooms, OF_ALL])], plugins=[turning])
    for predicate in turning.left:
        print(f"FAULT: no test fails when this is turned round: {predicate}")
    print(f"turned round: {len(found)} predicates, {len(turning.left)} survive.")
    return 1 if turning.left or not found else 0


class Turning:
    """Runs tests once, and those that ask a predicate again with its answer turned round."""

    def __init__(self, found: list[Predicate]) -> None:
        self.left = found  # what no test told yet
        self.has_failed = False  # the test that runs
        self.seconds: dict[str, float] = {}  # of each test

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if report.failed:
            self.has_failed = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for is_of_all in (False, True):
            tests = [one for one in session.items if one.nodeid.startswith(OF_ALL) == is_of_all]
            if tests and self.left:
                self.left = [*self.survivors(tests)]
        return True

    def survivors(self, tests: Tests) -> Iterator[Predicate]:
        """Yield the predicates that none of these tests tells; say of each what tells it."""
        functions = [function_of(one) for one in self.left]
        asked = json.loads(in_a_fork(partial(self.asked_by, tests, functions)))
        terminal: Any = tests[0].config.pluginmanager.get_plugin("terminalreporter")
        terminal.write_line("")
        for one in asked["failing"]:
            terminal.write_line(f"fails as it is, and is not asked: {one}")
        by_name = {one.nodeid: one for one in tests}
        for number, (predicate, function) in enumerate(zip(self.left, functions, strict=True)):
            began, asking = monotonic(), [by_name[one] for one in asked[str(number)]]
            ask = partial(self.told_by, predicate, function, asking)
            told = in_a_fork(ask) if asking else ""
            took = f"{len(asking)} ask it, {monotonic() - began:.0f} s"
            said = (
                f"{number + 1}/{len(functions)} {predicate}: {told or 'no test of these'} ({took})"
            )
            terminal.write_line(said, flush=True)
            if not told:
                yield predicate

    def asked_by(self, tests: Tests, functions: list[FunctionType]) -> str:
        """Run all tests; return as JSON which passed and asked each of the predicates, by number."""
        asked: dict[str | int, set[str]] = {number: set() for number in range(len(functions))}
        failing, running = set[str](), set[int]()
        numbers = {id(function.__code__): number for number, function in enumerate(functions)}

        def called(code: CodeType, _offset: int) -> object:
            running.add(numbers[id(code)])
            return WATCHING.DISABLE  # once in a test is enough

        WATCHING.use_tool_id(TOOL, "turned round")
        WATCHING.register_callback(TOOL, WATCHING.events.PY_START, called)
        for function in functions:
            WATCHING.set_local_events(TOOL, function.__code__, WATCHING.events.PY_START)
        for item, following in pairs(tests):
            running.clear()
            WATCHING.restart_events()
            passes = self.passes(item, following)
            for found in [asked[number] for number in running] if passes else [failing]:
                found.add(item.nodeid)
        quickest = {n: sorted(names, key=self.seconds.__getitem__) for n, names in asked.items()}
        return json.dumps(quickest | {"failing": sorted(failing)})

    def told_by(self, predicate: Predicate, function: FunctionType, tests: Tests) -> str:
        """Return the first test that fails with it turned round, and then passes without; or ""."""
        tests[0].config.pluginmanager.unregister(name="terminalreporter")
        right, turned = function.__code__, turned_code(predicate, function.__code__)
        for item, following in pairs(tests):
            signal.alarm(MOST_SECONDS)
            function.__code__ = turned
            if not self.passes(item, following):
                function.__code__ = right
                if self.passes(item, following):
                    return item.nodeid
        return ""

    def passes(self, item: pytest.Item, following: pytest.Item) -> bool:
        """Run a test; what it shares with the following one stays."""
        self.has_failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.has_failed


def pairs(tests: Tests) -> Iterator[tuple[pytest.Item, pytest.Item]]:
    """Yield each test with the next one; after the last one there is another, so nothing ends."""
    for item, following in zip_longest(tests, tests[1:]):
        yield item, following or next(one for one in item.session.items if one is not item)


def function_of(predicate: Predicate) -> FunctionType:
    """Return the function behind a method, a property or a method of the class."""
    parts = predicate.path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts))
    there: Any = vars(getattr(module, predicate.owner) if predicate.owner else module)
    found = there[predicate.name]
    found = getattr(found, "fget", getattr(found, "__func__", found))
    assert isinstance(found, FunctionType), predicate
    return found


def turned_code(predicate: Predicate, code: CodeType) -> CodeType:
    """Return the code of that function with its answer turned round."""
    text = turned_round(predicate.path.read_text("utf-8"), predicate)
    turned = compile(text, str(predicate.path), "exec", dont_inherit=True)
    [found] = [one for one in codes_in(turned) if one.co_qualname == code.co_qualname]
    return found


def codes_in(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from codes_in(one)


def in_a_fork(ask: Callable[[], str]) -> str:
    """Return what a fork of this process answers."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        status = 1
        try:
            with os.fdopen(writing, "w") as answer:
                answer.write(ask())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as said:
        found = said.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("a fork could not run the tests")
    return "a test that waits for ever" if os.WIFSIGNALED(status) else found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
