"""The archive of a backup: one tar, encrypted on the wish to a public key of age. Imports no Django.

First what it is (backup.json), then the database, the anchors, and each file by its hash.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import pyrage

from kommissorium.cli.errors import Trouble
from kommissorium.core.signing_key import sync_folder

ABOUT, ANCHORS = "backup.json", "anchors.txt"
DATABASES = {"sqlite": "kommissorium.sqlite3", "postgresql": "kommissorium.dump"}
MEMBER = re.compile(
    r"anchors\.txt|kommissorium\.(?:sqlite3|dump)|files/[0-9a-f]{2}/(?P<hash>[0-9a-f]{64})"
)
ENCRYPTED = b"age-encryption.org/v1"
AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True)
class About:
    """What a backup is of: the chain's last event in it, and how many files."""

    version: str
    engine: str
    at: str
    seq: int
    hash: str
    files: int


@contextmanager
def written(target: Path, recipient: str) -> Iterator[tarfile.TarFile]:
    """Write an archive, whole or not at all: under its name it is on disk."""
    part = target.with_name(f"{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with _sink(file, recipient) as sink, tarfile.open(fileobj=sink, mode="w|") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def add_about(archive: tarfile.TarFile, about: About) -> None:
    """Begin an archive."""
    data = json.dumps(asdict(about)).encode()
    member = tarfile.TarInfo(ABOUT)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def unpack(source: Path, identity: Path | None, folder: Path | None) -> About:
    """Read an archive to its end, and write what is in it into the folder, if one is given.

    Raises Trouble for what is no archive of ours, cut short, changed, or by another's key.
    """
    try:
        with source.open("rb") as file, _opened(file, identity) as stream:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                about = _about(archive)
                files = sum(_take(archive, one, folder) for one in iter(archive.next, None))
            while stream.read(AT_ONCE):
                pass  # the last of it is proved, too
    except (OSError, tarfile.TarError, pyrage.DecryptError, ValueError, TypeError) as error:
        raise Trouble(f"{source} cannot be read as a backup: {error}.") from None
    if files != about.files:
        raise Trouble(f"{source} has {files:,} files and should have {about.files:,}.")
    return about


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    """Return a public key. Raises Trouble for what is none."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Trouble(f"{text} is no public key of age: age1…") from None


def _about(archive: tarfile.TarFile) -> About:
    first = archive.next()
    file = archive.extractfile(first) if first and first.name == ABOUT else None
    if file is None:
        raise ValueError("it does not say what it is of")
    return About(**json.load(file))


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path | None) -> bool:
    """Write a part of the archive; return whether it is a file by its hash."""
    named, file = MEMBER.fullmatch(member.name), archive.extractfile(member)
    if not named or file is None:
        raise ValueError(f"{member.name} is none of our files")
    target = folder / member.name if folder else Path(os.devnull)
    if folder:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copy:
        while data := file.read(AT_ONCE):
            digest.update(data)
            copy.write(data)
    if named["hash"] and digest.hexdigest() != named["hash"]:
        raise ValueError(f"{member.name} holds other bytes than were stored")
    return bool(named["hash"])


@contextmanager
def _sink(file: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    """Give what to write to: the file, or what encrypts into it."""
    if not recipient:
        yield file
        return
    key = recipient_of(recipient)
    reading, writing = (
        os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
    )

    def encrypt() -> None:
        with reading:
            pyrage.encrypt_io(reading, file, [key])

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(encrypt)
        with writing:
            yield writing
        done.result()


@contextmanager
def _opened(file: IO[bytes], identity: Path | None) -> Iterator[IO[bytes]]:
    """Give what to read from: the file, or what decrypts it."""
    if file.read(len(ENCRYPTED)) != ENCRYPTED:
        file.seek(0)
        yield file
        return
    file.seek(0)
    if identity is None:
        raise Trouble("The backup is encrypted: give --identity, the file of its private key.")
    keys = _identities(identity)
    reading, writing = (
        os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
    )

    def decrypt() -> None:
        with suppress(BrokenPipeError), writing:
            pyrage.decrypt_io(file, writing, keys)

    with ThreadPoolExecutor(1) as thread:
        done: Future[None] = thread.submit(decrypt)
        try:
            with reading:
                yield reading
        except (tarfile.TarError, ValueError):
            done.result()  # it ended early because it could not be decrypted
            raise
        done.result()


def _identities(file: Path) -> list[pyrage.x25519.Identity]:
    lines = [line.strip() for line in file.read_text("ascii").splitlines()]
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except pyrage.IdentityError:
        raise Trouble(f"{file} holds no private key of age.") from None
