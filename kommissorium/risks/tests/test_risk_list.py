from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.conftest import Cast
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.risks.models import Scenario
from kommissorium.risks.tests.picture_cases import accept, assess, level, risk, scale_in_use

pytestmark = [pytest.mark.django_db, pytest.mark.both("sorts, narrows and searches")]

type Browsers = Callable[[str], Client]


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    Person.objects.update(language="en")


@pytest.fixture
def register(cast: Cast) -> dict[str, Scenario]:
    """Write five risks that differ in everything one can choose by."""
    level(cast, 2)
    north = Area.objects.create(name="Nord")
    system = put("Ældrepleje", area=north)
    own(system, cast, "system_owner")
    about = assess(cast, "Omsorgssystemet", assets=[system])
    whole = assess(cast, "Hele kommunen")
    found = {
        "Brand": risk(about, (4, 4), (4, 4), title="Brand", group="physical", owner=cast.member),
        "Åben dør": risk(about, (2, 2), (1, 1), title="Åben dør", group="people"),
        "Phishing": risk(
            whole, (4, 4), (2, 2), title="Phishing", treatment="mitigate", owner=cast.chair
        ),
        "Nedbrud": risk(
            whole, (3, 4), title="Nedbrud", measures="Nødstrøm i KÆLDEREN", treatment="accept"
        ),
        "Uvurderet": risk(whole, None, title="Uvurderet"),
    }
    accept(cast, found["Brand"])
    return found


def titles(client: Client, query: str = "") -> list[str]:
    context = client.get(reverse("risk_list") + query).context
    found = [row.title for row, _cells in context["rows"]]
    assert context["listing"].number == len(found)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=kælderen", {"Nedbrud"}),
        ("?q=OMSORGSSYSTEMET+brand", {"Brand"}),
        ("?q=ældre", {"Brand", "Åben dør"}),
        ("?group=people", {"Åben dør"}),
        ("?consequence=4&likelihood=4", {"Brand", "Phishing"}),
        ("?likelihood=4", {"Brand", "Phishing", "Nedbrud"}),
        ("?consequence=4&likelihood=4&of=after", {"Brand"}),
        ("?treatment=mitigate", {"Phishing"}),
        ("?treatment=none", {"Brand", "Åben dør", "Uvurderet"}),
        ("?above=1&accepted=yes", {"Brand"}),
        ("?accepted=no", {"Åben dør", "Phishing", "Nedbrud", "Uvurderet"}),
        ("?without_owner=1", {"Åben dør", "Nedbrud", "Uvurderet"}),
        ("?unsaid=1", {"Nedbrud", "Uvurderet"}),
        ("?owner=morten", {"Phishing"}),
        ("?asset=ældrepleje", {"Brand", "Åben dør"}),
        ("?area=none", {"Phishing", "Nedbrud", "Uvurderet"}),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_asks_for(
    register: dict[str, Scenario], client_of: Browsers, query: str, expected: set[str]
) -> None:
    assert set(titles(client_of("auditor"), query)) == expected


@pytest.mark.usefixtures("register")
def test_the_list_is_narrowed_by_keys_that_other_pages_link_with(
    cast: Cast, client_of: Browsers, register: dict[str, Scenario]
) -> None:
    browser = client_of("coordinator")
    about = register["Brand"].assessment
    area = Area.objects.get(name="Nord")
    asset = about.assets.get()
    for query in (f"?area={area.pk}", f"?asset={asset.pk}", f"?assessment={about.pk}"):
        assert set(titles(browser, query)) == {"Brand", "Åben dør"}, query
    assert titles(browser, f"?owner={cast.chair.pk}") == ["Phishing"]
    page = browser.get(f"{reverse('risk_list')}?owner={cast.chair.pk}").content.decode()
    assert f'value="{cast.chair.name}"' in page


def test_the_band_narrows_as_the_scale_says(
    register: dict[str, Scenario], client_of: Browsers
) -> None:
    rank = register["Brand"].rank
    expected = {name for name, one in register.items() if one.rank == rank}
    assert set(titles(client_of("auditor"), f"?rank={rank}")) == expected


@pytest.mark.usefixtures("register")
def test_what_is_chosen_out_of_sight_is_told_above_the_list(
    cast: Cast, client_of: Browsers
) -> None:
    query = f"?above=1&consequence=4&likelihood=4&owner={cast.member.pk}"
    context = client_of("auditor").get(reverse("risk_list") + query).context
    scale = scale_in_use()
    with override("en"):
        told = context["listing"].told
    assert told == [
        f"Likelihood: {scale.likelihood_steps[3].name}",
        f"Consequence: {scale.consequence_steps[3].name}",
        f"Risk owner: {cast.member.name}",
        "Above the risk level",
    ]


@pytest.mark.usefixtures("register")
def test_nonsense_in_the_address_narrows_nothing(client_of: Browsers) -> None:
    query = "?group=x&rank=99&likelihood=a&area=777&owner=&page=-3&sort=y&columns=z&since=x&moved=z"
    assert len(titles(client_of("auditor"), query)) == 5


@pytest.mark.usefixtures("register")
def test_the_greatest_come_first_and_columns_sort(client_of: Browsers) -> None:
    browser = client_of("auditor")
    scored = [title for title in titles(browser) if title != "Uvurderet"]
    assert scored == ["Brand", "Phishing", "Nedbrud", "Åben dør"]
    assert titles(browser, "?sort=title") == [
        "Brand",
        "Nedbrud",
        "Phishing",
        "Uvurderet",
        "Åben dør",
    ]
    assert titles(browser, "?sort=-title")[0] == "Åben dør"
    assert titles(browser, "?sort=-left")[0] == "Brand"
    assert titles(browser, "?sort=owner")[:2] == ["Phishing", "Brand"]


@pytest.mark.usefixtures("register")
def test_drafts_and_what_was_replaced_are_not_in_the_list(cast: Cast, client_of: Browsers) -> None:
    risk(assess(cast, since=None), (4, 4), title="Udkast")
    risk(assess(cast, since=50, until=20), (4, 4), title="Afløst")
    assert not {"Udkast", "Afløst"} & set(titles(client_of("auditor")))


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("system_owner", {"Brand", "Åben dør"}),
        ("employee", set()),
        ("administrator", set()),
    ],
)
def test_everybody_sees_their_own_risks_alone(
    client_of: Browsers, who: str, expected: set[str]
) -> None:
    assert set(titles(client_of(who))) == expected
    assert set(titles(client_of(who), "?above=1")) == expected & {"Brand"}


def test_a_risk_owner_sees_the_risk_and_what_it_is_assessed_with(
    cast: Cast, client_of: Browsers
) -> None:
    mine = assess(cast)
    risk(mine, (4, 4), title="Min", owner=cast.employee)
    risk(assess(cast), (4, 4), title="En andens")
    assert titles(client_of("employee")) == ["Min"]


def test_an_owner_who_may_not_be_known_is_not_named_by_a_key(
    cast: Cast, client_of: Browsers
) -> None:
    risk(assess(cast), (4, 4), owner=cast.chair)
    page = client_of("employee").get(f"{reverse('risk_list')}?owner={cast.chair.pk}")
    assert cast.chair.name not in page.content.decode()


@pytest.mark.usefixtures("register")
def test_the_workbook_holds_the_list_as_it_is_narrowed(client_of: Browsers) -> None:
    browser = client_of("auditor")
    sheet = load_workbook(
        BytesIO(browser.get(reverse("risk_list_file") + "?likelihood=4&all=1").getvalue())
    ).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["Brand", "Phishing", "Nedbrud"]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Accepted amount"] == 250_000
    assert first["Area"] == "Nord"
    assert first["Systems, data and archives"] == "Ældrepleje"
    assert first["Above the risk level"] == "Yes"


@pytest.mark.usefixtures("register")
def test_chosen_columns_are_shown_and_kept_while_the_list_is_narrowed(client_of: Browsers) -> None:
    page = client_of("auditor").get(reverse("risk_list") + "?columns=area,measures&q=nedbrud")
    headings = [one.code for one in page.context["listing"].headings]
    assert headings == ["title", "area", "measures"]
    assert "Nødstrøm i KÆLDEREN" in page.content.decode()
    assert '<input type="hidden" name="columns" value="area,measures">' in page.content.decode()


def test_many_risks_are_shown_on_pages(cast: Cast, client_of: Browsers) -> None:
    found = assess(cast)
    for number in range(PER_PAGE + 3):
        risk(found, (2, 2), title=f"Risiko {number:02}")
    browser = client_of("auditor")
    first, second = (
        browser.get(f"{reverse('risk_list')}?page={number}").context for number in (1, 2)
    )
    assert first["listing"].number == PER_PAGE + 3
    assert (len(first["rows"]), len(second["rows"])) == (PER_PAGE, 3)
    assert second["rows"][-1][0].title == f"Risiko {PER_PAGE + 2}"
