"""Every import of every register: previewed row by row, taken in whole or not, and undone."""

from __future__ import annotations

import io
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from kommissorium.config.tests.registers.area_sheet import AREAS, AreaSheet
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.registers.actions.imports import (
    choose_names,
    drop_import,
    hand_in,
    map_columns,
    take_in,
    undo_import,
)
from kommissorium.registers.importing.kinds import import_kinds, import_of, plan_of, sheet_of
from kommissorium.registers.importing.names import NEW_ROW, PERSON
from kommissorium.registers.importing.plan import State
from kommissorium.registers.installed import register_of, registers
from kommissorium.registers.models import ImportedRow, ImportRun

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 60
STRANGERS = ("auditor", "system_owner", "chair", "administrator", "executive", "member")
STEPS = ("import_columns", "import_names", "import_page", "import_file", "import_progress")


@pytest.fixture(autouse=True)
def with_areas(monkeypatch):
    """Let the areas be imported too: the ordinary import, as a new register declares it."""
    register = register_of("assets")
    monkeypatch.setattr(type(register), "imports", (*register.imports, AreaSheet))


def samples():
    yield AREAS
    for register in registers():
        if register.imports:
            room = f"kommissorium.{register.code}.tests.import_samples"
            yield from import_module(room).SAMPLES


@pytest.fixture(params=samples(), ids=lambda one: one.kind)
def sample(request, cast):
    request.param.prepare(cast)
    return request.param


def read(sample, cast, rows=FEW, *more):
    data = sample.sheet(rows, *more)
    return hand_in(sample.kind, data, "Ark.csv", by=cast.coordinator, options=sample.options)


def ready(sample, cast, rows=FEW, *more):
    """Return a run in which all names are chosen."""
    return chosen(read(sample, cast, rows, *more), cast)


def chosen(run, cast):
    choices = {}
    for group, unknown in plan_of(run).unknown.items():
        choice = str(cast.coordinator.pk) if group == PERSON else NEW_ROW
        choices[group] = dict.fromkeys(unknown, choice)
    if any(choices.values()):
        choose_names(run, by=cast.coordinator, choices=choices, edit_version=run.edit_version)
    return run


def taken_in(run, cast, **more):
    return take_in(run, by=cast.coordinator, mark=plan_of(run).mark, **more)


def states(run):
    return [str(row.state) for row in plan_of(run).rows]


def acts_of(run):
    return list(Event.objects.about(run).order_by("seq").values_list("act", flat=True))


def test_every_import_has_a_sample_and_a_kind_of_its_own():
    kinds = [one.kind for register in registers() for one in register.imports]
    assert sorted(kinds) == sorted({one.kind for one in samples()})
    # That of people is no register's: registers/tests/test_people_import.py.
    assert sorted([*kinds, "people"]) == sorted(import_kinds())


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        (one.kind, code)
        for one in (AreaSheet, *import_kinds().values())
        for code, _label in one.templates
        if one.kind != "people"
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_its_own_example_is_taken_in_whole(cast, client_of, kind, template, language):
    browser = client_of("coordinator")
    next(one for one in samples() if one.kind == kind).prepare(cast)
    with override(language):
        data = browser.get(
            reverse("import_template", args=[kind, template]), HTTP_ACCEPT_LANGUAGE=language
        ).content
        headings = [cell.value for cell in load_workbook(io.BytesIO(data)).worksheets[0][1]]
        given = next(one for one in samples() if one.kind == kind).options
        options = (
            dict.fromkeys(given, template) if template in dict(import_of(kind).templates) else {}
        )
        options = options if given else {}
        run = hand_in(kind, data, "Skabelon.xlsx", by=cast.coordinator, options=options)
        assert len(run.mapping) == len(headings), "each heading is recognised"
        chosen(run, cast)
        assert [(row.faults, row.state) for row in plan_of(run).rows] == [([], State.NEW)]
        taken_in(run, cast)
    assert run.added == 1
    assert browser.get(reverse("import_template", args=[kind, "nothing"])).status_code == 404


def test_nothing_is_taken_in_by_handing_in(cast, sample):
    before = sample.held()
    run = read(sample, cast)
    assert (run.state, run.row_count, run.file_name) == (ImportRun.State.READ, FEW, "Ark.csv")
    assert len(run.mapping) == len(run.headings) == sample.headings.count(";") + 1
    assert sample.held() == before
    assert acts_of(run) == [f"{sample.acts}.import_read"]


def test_it_is_taken_in_and_again_without_doubles(cast, sample):
    run = ready(sample, cast)
    assert states(run) == ["new"] * FEW
    made = taken_in(run, cast)
    assert (run.state, run.added, run.changed, run.faulty) == ("done", FEW, 0, 0)
    assert acts_of(run)[-1] == f"{sample.acts}.import_done"
    assert sheet_of(run).made() == made
    sample.settle(cast)
    held = sample.held()
    again = read(sample, cast)
    assert states(again) == ["same"] * FEW
    if plan_of(again).right:
        taken_in(again, cast)
        assert again.same == FEW
    else:
        with pytest.raises(Refused):
            taken_in(again, cast)
        assert acts_of(again) == [f"{sample.acts}.import_read"]
    assert sample.held() == held


def test_what_has_changed_since_the_look_is_refused(cast, sample):
    run = ready(sample, cast)
    mark = plan_of(run).mark
    sample.meddle(cast)
    held = sample.held()
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=mark)
    assert sample.held() == held
    run.refresh_from_db()
    assert (run.state, run.progress) == (ImportRun.State.READ, None)


def test_what_the_columns_were_when_looked_at_is_what_is_taken_in(cast, sample):
    run = ready(sample, cast)
    mark, held = plan_of(run).mark, sample.held()
    last = str(len(run.headings) - 1)
    less = {column: target for column, target in run.mapping.items() if column != last}
    version = run.edit_version
    map_columns(run, by=cast.coordinator, mapping=less, key=run.key, edit_version=version)
    with pytest.raises(Refused):
        take_in(run, by=cast.coordinator, mark=mark)
    assert sample.held() == held


def test_a_sheet_is_taken_in_once(cast, sample):
    run = ready(sample, cast)
    stale, mark = ImportRun.objects.get(pk=run.pk), plan_of(run).mark
    take_in(run, by=cast.coordinator, mark=mark)
    held = sample.held()
    for one in (stale, run):
        with pytest.raises(Refused):
            take_in(one, by=cast.coordinator, mark=mark)
    assert sample.held() == held


def test_it_is_undone_and_can_be_taken_in_once_more(cast, sample):
    before = sample.held()
    run = ready(sample, cast)
    taken_in(run, cast)
    undo_import(run, by=cast.coordinator)
    assert run.state == ImportRun.State.UNDONE
    assert sample.held() == before
    assert not ImportedRow.objects.exclude(thing_id=None).exists()
    with pytest.raises(Refused):
        undo_import(run, by=cast.coordinator)
    assert acts_of(run)[-1] == f"{sample.acts}.import_undone"
    again = ready(sample, cast)
    taken_in(again, cast)
    assert again.added == FEW


def test_what_somebody_has_done_since_stops_the_undoing(cast, sample):
    run = ready(sample, cast)
    taken_in(run, cast)
    sample.spoil(cast)
    held = sample.held()
    with pytest.raises(Refused):
        undo_import(run, by=cast.coordinator)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert sample.held() == held


def test_a_wrong_cell_is_told_beside_its_row_and_stops_all(cast, sample, client_of):
    browser, held = client_of("coordinator"), sample.held()
    run = ready(sample, cast, 1, sample.wrong)
    with override("en"):
        _right, wrong = plan_of(run).rows
        assert [fault.label for fault in wrong.faults] == [sample.fault]
    page = browser.get(run.get_absolute_url())
    [fault] = plan_of(run).rows[1].faults
    assert [one.row.number for one in page.context["shown"]] == [2, 3]
    assert fault.sentence.replace("“", "") in page.text.replace("“", "")
    answer = browser.post(run.address("import_take_in"), {"mark": page.context["plan"].mark})
    assert answer.status_code == 400
    assert answer.context["refused"]
    assert 'name="without_wrong"' in answer.text
    assert sample.held() == held
    for state, numbers in (("wrong", [3]), ("new", [2]), ("nonsense", [2, 3])):
        shown = browser.get(f"{run.get_absolute_url()}?state={state}").context["shown"]
        assert [one.row.number for one in shown] == numbers, state
    taken_in(run, cast, without_wrong=True)
    assert (run.added, run.faulty) == (1, 1)


def test_nothing_chosen_is_lost_when_the_columns_are_refused(cast, sample, client_of):
    browser, run = client_of("coordinator"), read(sample, cast)
    url = run.address("import_columns")
    last = f"column_{len(run.headings) - 1}"
    given = {last: run.mapping[last.removeprefix("column_")], "edit_version": run.edit_version}
    refused = browser.post(url, given)
    assert refused.status_code == 400
    form = refused.context["form"]
    assert form.errors
    assert form[last].value() == given[last]
    assert f'value="{given[last]}" selected' in refused.text
    run.refresh_from_db()
    assert len(run.mapping) == len(run.headings)


def test_who_saves_second_is_told_and_a_column_there_is_not_is_no_choice(cast, sample):
    run = read(sample, cast)
    rest = {"by": cast.coordinator, "key": run.key}
    with pytest.raises(Conflict):
        map_columns(run, mapping=run.mapping, edit_version=run.edit_version - 1, **rest)
    for mapping in ({"99": run.mapping["0"]}, {"0": "nothing"}):
        with pytest.raises(ValueError, match="not there"):
            map_columns(run, mapping=mapping, edit_version=run.edit_version, **rest)


def test_the_way_through_the_pages(cast, sample, client_of):
    browser, before = client_of("coordinator"), sample.held()
    empty = browser.get(reverse("imports", args=[sample.kind]))
    new = reverse("import_new", args=[sample.kind])
    assert new in empty.text
    options = {**browser.get(new).context["form"].initial, **sample.options}
    options |= {
        name: field.initial or ""
        for name, field in browser.get(new).context["form"].fields.items()
        if name not in options and name != "file"
    }
    answer = upload(browser, sample, sample.sheet(FEW), "Ark.csv", options)
    run = ImportRun.objects.get()
    assert answer.url == run.address("import_columns")
    form = browser.get(answer.url).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    answer = browser.post(answer.url, given)
    if answer.url == run.address("import_names"):
        form = browser.get(answer.url).context["form"]
        given = {name: form[name].value() or "" for name in form.fields}
        answer = browser.post(answer.url, given)
    assert answer.url == run.get_absolute_url()
    preview = browser.get(answer.url)
    mark = preview.context["plan"].mark
    taken = browser.post(run.address("import_take_in"), {"mark": mark})
    assert taken.status_code == 302
    assert browser.get(taken.url).status_code == 200
    run.refresh_from_db()
    assert run.added == FEW
    for url in (run.get_absolute_url(), reverse("imports", args=[sample.kind])):
        assert browser.get(url).status_code == 200
    assert browser.get(run.get_absolute_url()).context["may_undo"]
    assert browser.get(run.address("import_file")).getvalue() == sample.sheet(FEW)
    assert browser.post(run.address("import_undo")).url == run.get_absolute_url()
    assert sample.held() == before
    assert browser.get(run.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", STRANGERS)
def test_only_coordinators_import(cast, sample, who):
    run = ready(sample, cast)
    person, mark = cast.who(who), plan_of(run).mark
    for act in (
        lambda: hand_in(sample.kind, sample.sheet(1), "a.csv", by=person, options=sample.options),
        lambda: take_in(run, by=person, mark=mark),
        lambda: map_columns(run, by=person, mapping=run.mapping, edit_version=1),
        lambda: choose_names(run, by=person, choices={}, edit_version=1),
        lambda: drop_import(run, by=person),
        lambda: undo_import(run, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    taken_in(run, cast)


def test_an_auditor_reads_and_others_see_nothing(cast, sample, client_of):
    run = ready(sample, cast)
    pages = [
        run.get_absolute_url(),
        run.address("import_file"),
        reverse("imports", args=[run.kind]),
    ]
    making = [run.address("import_columns"), reverse("import_new", args=[run.kind])]
    is_read = import_of(sample.kind).can_be_read_by(cast.auditor)  # no: it is of persons
    audits = ("auditor", 200, 403) if is_read else ("auditor", 404, 404)
    for who, read_, make in (audits, ("member", 404, 404), ("employee", 404, 404)):
        browser = client_of(who)
        assert [browser.get(url).status_code for url in pages] == [read_] * 3, who
        assert [browser.get(url).status_code for url in making] == [make] * 2, who
        for name in ("import_take_in", "import_drop", "import_undo"):
            assert browser.post(run.address(name), {"mark": "x"}).status_code == make, who
    palle = client_of("auditor")
    if not is_read:
        return
    assert run.address("import_take_in") not in palle.get(run.get_absolute_url()).text
    assert reverse("import_new", args=[run.kind]) not in palle.get(pages[2]).text


def test_a_run_of_one_import_is_none_of_another(cast, sample, client_of):
    run = ready(sample, cast)
    for kind in {*import_kinds(), "nothing"} - {sample.kind}:
        url = reverse("import_page", args=[kind, run.pk])
        assert client_of("coordinator").get(url).status_code == 404


def test_it_can_be_given_up_and_is_closed_then(cast, sample):
    run = ready(sample, cast)
    mark = plan_of(run).mark
    drop_import(run, by=cast.coordinator)
    assert run.state == ImportRun.State.DROPPED
    version = run.edit_version
    for act in (
        lambda: drop_import(run, by=cast.coordinator),
        lambda: choose_names(run, by=cast.coordinator, choices={}, edit_version=version),
        lambda: map_columns(run, by=cast.coordinator, mapping={}, edit_version=version),
        lambda: take_in(run, by=cast.coordinator, mark=mark),
        lambda: undo_import(run, by=cast.coordinator),
    ):
        with pytest.raises(Refused):
            act()
    assert acts_of(run)[-1] == f"{sample.acts}.import_dropped"


def test_a_page_asks_as_much_of_sixty_rows_as_of_two(cast, sample, client_of):
    browser = client_of("coordinator")

    def asked(rows):
        waits, done = ready(sample, cast, rows), ready(sample, cast, rows)
        pages = [waits.address(name) for name in STEPS] + [reverse("imports", args=[sample.kind])]
        before = [questions(browser, url) for url in pages]
        taken_in(done, cast)
        after = questions(browser, done.get_absolute_url())
        undo_import(done, by=cast.coordinator)
        drop_import(waits, by=cast.coordinator)
        return [*before, after]

    browser.get(reverse("imports", args=[sample.kind]))
    few, many = asked(FEW), asked(MANY)
    assert few == many
    assert max(many) <= 12


BAD = {
    "a renamed program": (b"MZ\x90\x00" + b"\x00" * 500, "ark.xlsx"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ark.xls"),
    "an empty file": (b"", "ark.csv"),
    "headings alone": (b"Navn;ID\n", "ark.csv"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "ark.png"),
    "no workbook inside": (b"PK\x03\x04nope", "ark.xlsx"),
    "JSON of nothing": (b'[{"a": 1}]', "ark.json"),
    "more than 25 MB": (b"Navn;ID\n" + b"a;b\n" * 6_600_000, "ark.csv"),
    "10,001 rows": (b"Navn;ID\n" + b"a;b\n" * 10_001, "ark.csv"),
}


@pytest.mark.parametrize("case", [*BAD, "a cut workbook"])
def test_a_file_that_cannot_be_read_is_refused_in_words(cast, sample, client_of, case):
    data, name = BAD.get(case) or (excel(["Navn", "ID"], ["A", 1])[:900], "ark.xlsx")
    browser = client_of("coordinator")
    options = {**sample.options, "scope": "organisation"}
    answer = upload(browser, sample, data, name, options)
    assert answer.status_code == 400
    [sentence] = answer.context["form"].errors["file"]
    assert sentence.endswith(".")
    assert sentence in answer.text
    for option, value in sample.options.items():
        assert answer.context["form"][option].value() == value
    assert not ImportRun.objects.exists()


def test_a_formula_without_a_value_is_a_fault_of_its_row(cast, sample):
    rows = [sample.headings.split(";"), *(sample.row(n).split(";") for n in range(FEW))]
    rows[1][1] = "=1+1"
    options = sample.options
    run = hand_in(sample.kind, excel(*rows), "Ark.xlsx", by=cast.coordinator, options=options)
    assert states(chosen(run, cast)) == ["wrong", "new"]


def test_a_sheet_without_a_single_known_column_asks_for_them(cast, sample, client_of):
    browser = client_of("coordinator")
    options = sample.options
    run = hand_in(sample.kind, b"Foo;Bar\n1;2\n", "x.csv", by=cast.coordinator, options=options)
    columns = run.address("import_columns")
    assert browser.get(run.get_absolute_url()).url == columns
    assert browser.get(run.address("import_names")).url == columns
    assert browser.post(columns, {"edit_version": run.edit_version}).status_code == 400
    assert browser.post(run.address("import_take_in"), {"mark": "x"}).status_code == 400
    is_read = import_of(sample.kind).can_be_read_by(cast.auditor)
    shown = client_of("auditor").get(run.get_absolute_url())
    assert shown.status_code == (200 if is_read else 404)


def test_a_file_that_is_lost_from_the_disk_is_told(cast, sample, client_of):
    run = ready(sample, cast)
    run.parsed.path.unlink()
    assert client_of("coordinator").get(run.get_absolute_url()).status_code == 400


def upload(browser, sample, data, name, options):
    file = SimpleUploadedFile(name, data)
    return browser.post(reverse("import_new", args=[sample.kind]), {**options, "file": file})


def questions(browser, url):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code in {200, 302}, url
    return len(asked)


def excel(*rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
