"""Take the pictures of the guide from the demonstration: `make pictures`, or guide_pictures.py [DATA].

docs/guide/pictures.toml says which page each shows, and as whom. All are of one size, in Danish and in
light colours. The demonstration is built anew unless the folder of one is named. It fails where a
page does not answer, and where all together weigh more than the guide may.
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from kommissorium.config.tests import program
from kommissorium.core.tests import browser
from kommissorium.secretariat.guide_pictures import MOST_BYTES, SIZE

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "guide"
QUALITY = 55  # of 100: letters stay sharp
WINDOW: ViewportSize = {"width": 1400, "height": 900}
AIR, ABOVE = 24, 8  # pixels around the content of the page, which is all that is shown


def main(data: str = "") -> int:
    """Take all of them, and print what each weighs."""
    wanted = tomllib.loads((GUIDE / "pictures.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="kommissorium-pictures-") as folder:
        place = Path(data).resolve() if data else Path(folder) / "data"
        if not data:
            program.run("demo", "--no-serve", "--data", place)
        with program.running("demo", place) as running:
            taken = pictures(running.address, wanted)
    weight = sum(map(len, taken.values()))
    if weight > MOST_BYTES:
        print(f"{weight} bytes are more than the {MOST_BYTES} that the guide may weigh.")
        return 1
    folder_of_pictures = GUIDE / "pictures"
    folder_of_pictures.mkdir(exist_ok=True)
    for gone in {file.stem for file in folder_of_pictures.glob("*.webp")} - taken.keys():
        (folder_of_pictures / f"{gone}.webp").unlink()
    for name, picture in taken.items():
        (folder_of_pictures / f"{name}.webp").write_bytes(picture)
        print(f"{name}: {len(picture)} bytes")
    print(f"{len(taken)} pictures, {weight} bytes")
    return 0


def pictures(address: str, wanted: Mapping[str, Mapping[str, str]]) -> dict[str, bytes]:
    """Return each picture by its name."""
    path = browser.program()
    if path is None:
        sys.exit("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        try:
            return {name: taken(chromium, address, one) for name, one in wanted.items()}
        finally:
            chromium.close()


def taken(chromium: Browser, address: str, wanted: Mapping[str, str]) -> bytes:
    """Return the picture of a page as a person of the demonstration sees it."""
    context = chromium.new_context(
        viewport=WINDOW,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
        color_scheme="light",
    )
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.locator(f"form[action='/demo/{wanted['who']}/'] button").click()
    page.wait_for_url(f"{address}/")
    opened(page, f"{address}{wanted['page']}")
    if link := wanted.get("link"):
        opened(page, address + linked(page, link))
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True}
    asked["clip"] = clip(page, wanted.get("at", "main h1"))
    picture = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    context.close()
    return base64.b64decode(picture["data"])


def clip(page: Page, place: str) -> dict[str, float]:
    """Return the part of the page that is shown: its content, from a place on."""
    width, height = SIZE
    left, top = page.locator("main"), page.locator(place).first
    at = "one => one.getBoundingClientRect()"
    return {
        "x": left.evaluate(at)["left"] - AIR,
        "y": top.evaluate(at)["top"] - ABOVE,
        "width": width,
        "height": height,
        "scale": 1,
    }


def opened(page: Page, address: str) -> None:
    """Open an address; end where there is no page."""
    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"{address} did not answer as it should.")


def linked(page: Page, pattern: str) -> str:
    """Return the first link in the page's content that is so; end where there is none."""
    found: list[str] = page.locator("main a[href]").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    match = next((one for one in found if re.fullmatch(pattern, one)), None)
    if match is None:
        sys.exit(f"{page.url} has no link like {pattern}.")
    return match


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
