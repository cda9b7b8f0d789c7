"""Reads one XML part of a workbook as a stream of tags."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from kommissorium.core.documents.sheet_parser.limits import UnreadableTable

_CHUNK: Final = 65_536


class LocalNames(dict[str, str]):
    """Gives the name of a tag without its prefix, and remembers it."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def read_part(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call `start`, `end` and `text` for the contents of a part, the names without prefix.

    Raises Refused for a part that declares a document type: those are how a small file grows.
    """
    names = LocalNames()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: start(names[tag], attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(names[tag])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(name) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableTable("damaged") from error


def _refuse(*_declaration: object) -> None:
    raise UnreadableTable("damaged")


def attribute(attributes: Mapping[str, str], local: str) -> str:
    """Return an attribute by its name without prefix, "" where it is not given."""
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == local), "")
