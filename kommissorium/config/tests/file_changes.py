"""Changes of files, anchors and key, drawn by chance, that only who runs the program can make.

Each returns what it changed. Files and anchors are copies (`on_a_copy`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from kommissorium.config.tests.schema_changes import Chance, Change
from kommissorium.core.files.models import StoredFile


def a_stored_file(chance: Chance) -> Path:
    there = [one for one in StoredFile.objects.order_by("pk") if one.path.is_file()]
    return chance.choice(there).path


def a_file_changed(chance: Chance) -> str:
    path = a_stored_file(chance)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return replaced(path, bytes(content), "a bit")


def a_file_cut_off(chance: Chance) -> str:
    path = a_stored_file(chance)
    return replaced(path, path.read_bytes()[:-1], "a byte less")


def replaced(path: Path, content: bytes, how: str) -> str:
    path.unlink()
    path.write_bytes(content)
    return f"{path.name}: {how}"


def a_file_gone(chance: Chance) -> str:
    path = a_stored_file(chance)
    path.unlink()
    return f"{path.name} gone"


def a_link_for_a_file(chance: Chance) -> str:
    path = a_stored_file(chance)
    path.symlink_to(path.rename(settings.FILES_DIR.parent / path.name))
    return f"{path.name} is a link"


def a_link_for_a_folder(chance: Chance) -> str:
    path = a_stored_file(chance).parent
    path.symlink_to(path.rename(settings.FILES_DIR.parent / path.name))
    return f"the folder {path.name} is a link"


def a_link_more(chance: Chance) -> str:
    path = settings.FILES_DIR / chance.choice(("strange", a_stored_file(chance).parent.name + "/x"))
    path.symlink_to("/etc/hostname")
    return f"a link {path.name} more"


def a_file_more(chance: Chance) -> str:
    path = settings.FILES_DIR / chance.choice(("x", "ff/x", "ff/" + "f" * 64, "strange/x"))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(chance.randbytes(100))
    return f"{path.relative_to(settings.FILES_DIR)} more"


def an_anchor_less_or_another(chance: Chance) -> str:
    lines = settings.ANCHOR_FILE.read_text().splitlines()
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(([], [lines[at][:-1] + "x"], [lines[at][:-2] + "00"]))
    settings.ANCHOR_FILE.write_text("".join(f"{line}\n" for line in lines))
    return f"anchor {at}"


def another_key(chance: Chance) -> str:
    settings.SECRET_KEY = chance.randbytes(30).hex()
    return "another secret.key"


def on_a_copy(folder: Path) -> None:
    """Let the files be copies, in a folder that is not there yet."""
    settings.FILES_DIR = Path(shutil.copytree(settings.FILES_DIR, folder / "files"))
    settings.ANCHOR_FILE = Path(shutil.copy(settings.ANCHOR_FILE, folder / "anchors.txt"))


OF_FILES: tuple[Change, ...] = (
    *(a_file_changed, a_file_cut_off, a_file_gone, a_file_more, a_link_for_a_file, another_key),
    *(a_link_for_a_folder, a_link_more, an_anchor_less_or_another),
)
