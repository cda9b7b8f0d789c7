"""Find a word in anything the program hands out: pages, files of all kinds, files inside files."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

import pypdf
from django.http import HttpResponseBase

TAG = re.compile(r"<[^>]*>")


def holds(data: bytes, word: str) -> bool:
    """Return whether the word, in lower case, is anywhere in the data, files in it too."""
    return any(word in text for text in _texts(data))


def answers_with(answer: HttpResponseBase, word: str) -> bool:
    """Return whether the word is in the answer or in its headers."""
    heads = " ".join(unquote(value) for value in answer.headers.values())
    return word in heads.lower() or holds(body_of(answer), word)


def body_of(answer: HttpResponseBase) -> bytes:
    """Return all bytes of the answer, those of a stream too."""
    if answer.streaming:
        return b"".join(answer)  # type: ignore[arg-type]
    return answer.content


def _texts(data: bytes) -> list[str]:
    """Return all text in the data in lower case, split words put together again."""
    if data.startswith(b"%PDF"):
        return _of_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    text = re.sub(r"\r\n[ \t]", "", data.decode(errors="replace"))  # long lines of calendar files
    plain = unescape(text)
    return [plain.lower(), TAG.sub("", plain).lower()]


@lru_cache(maxsize=512)  # a frozen file is the same for whoever asks, and takes a second to read
def _of_pdf(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    shown = "\n".join(page.extract_text() for page in reader.pages)
    whole = shown.replace("\u00ad", "").replace("-\n", "")  # words divided at the end of a line
    named = [str(value) for value in (reader.metadata or {}).values()]
    outline = [str(entry) for entry in reader.outline]
    texts = [text.lower() for text in (whole, *named, *outline)]
    for name, contents in reader.attachments.items():
        texts.append(name.lower())
        texts += [text for content in contents for text in _texts(content)]
    return texts


def _of_zip(data: bytes) -> list[str]:
    """Return the texts of Word and Excel files, and of plain archives."""
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            texts += [name.lower(), *_texts(archive.read(name))]
    return texts
