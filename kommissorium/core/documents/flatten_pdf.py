"""Turns a page of a person's PDF into one drawing, with its notes and filled-in fields."""

# ruff: noqa: SLF001 - pypdf adds an object under a private name alone

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

MOST_CONTENT = 60_000_000  # bytes that all pages of a file unpack to, what they share each time
HIDDEN_OR_NOT_FOR_VIEW = 0b100010

Matrix = tuple[float, float, float, float, float, float]
HERE: Matrix = (1, 0, 0, 1, 0, 0)


class NotBindable(ValueError):
    """The file is locked, damaged or beyond reason as a PDF."""


@dataclass(slots=True)
class Allowance:
    """The number of bytes that the pages of one file may still unpack to."""

    left: int

    def take(self, count: int) -> None:
        """Take this many bytes off. Raises NotBindable when there are fewer."""
        self.left -= count
        if self.left < 0:
            raise NotBindable("pages too large to draw")


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Rectangle:
        """Return the box between two opposite corners, whichever they are."""
        x1, y1, x2, y2 = (float(number) for number in numbers)
        return cls(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def within(self, other: Rectangle) -> Rectangle:
        """Return the part of the box inside the other; the other where they do not meet."""
        part = Rectangle(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )
        return part if part.width > 0 and part.height > 0 else other

    def moved(self, by: Matrix) -> Rectangle:
        """Return the smallest upright box around this one after the move."""
        a, b, c, d, e, f = by
        corners = [(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)]
        xs = [a * x + c * y + e for x, y in corners]
        ys = [b * x + d * y + f for x, y in corners]
        return Rectangle(min(xs), min(ys), max(xs), max(ys))


def page_box(page: PageObject) -> Rectangle:
    """Return the part of the page that a reader sees. Raises NotBindable if it has no size."""
    box = Rectangle.of(page.cropbox).within(Rectangle.of(page.mediabox))
    if box.width < 1 or box.height < 1:
        raise NotBindable("a page without a size")
    return box


def drawing(
    page: PageObject, box: Rectangle, store: PdfWriter, allowance: Allowance
) -> IndirectObject:
    """Return the look of the page, with notes and filled-in fields, kept in `store`."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    allowance.take(len(data))
    resources = page.get("/Resources", DictionaryObject()).get_object()
    form = store._add_object(_form(box, resources.clone(store), data))
    parts = [(form, HERE), *_appearances(page, store)]
    if len(parts) == 1:
        return form
    names = DictionaryObject(
        {NameObject(f"/P{number}"): part for number, (part, _matrix) in enumerate(parts)}
    )
    painted = b"\n".join(paint(f"/P{n}", matrix) for n, (_part, matrix) in enumerate(parts))
    together = DictionaryObject({NameObject("/XObject"): names})
    return store._add_object(_form(box, together, painted))


def paint(name: str, matrix: Matrix) -> bytes:
    """Return the operators that paint a named drawing moved by the matrix."""
    numbers = " ".join(f"{number:.6f}" for number in matrix)
    return f"q {numbers} cm {name} Do Q".encode("ascii")


def _form(box: Rectangle, resources: PdfObject, data: bytes) -> StreamObject:
    form = StreamObject()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(
        FloatObject(number) for number in (box.left, box.bottom, box.right, box.top)
    )
    form[NameObject("/Resources")] = getattr(resources, "indirect_reference", None) or resources
    form.set_data(data)
    return form.flate_encode()


def _appearances(page: PageObject, store: PdfWriter) -> Iterator[tuple[IndirectObject, Matrix]]:
    """Yield the look and the place of the visible annotations of the page."""
    for reference in page.annotations or []:
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject) or not _is_visible(annotation):
            continue
        look = _look(annotation)
        rect = _numbers(annotation.get("/Rect"), 4)
        bounds = _numbers(look.get("/BBox"), 4) if look is not None else None
        if look is None or rect is None or bounds is None:
            continue
        a, b, c, d, e, f = _numbers(look.get("/Matrix"), 6) or HERE
        matrix = _fitted(Rectangle.of(bounds).moved((a, b, c, d, e, f)), Rectangle.of(rect))
        kept = look.clone(store).indirect_reference
        if matrix and kept is not None:
            yield kept, matrix


def _is_visible(annotation: DictionaryObject) -> bool:
    flags = int(annotation.get("/F", 0))
    return annotation.get("/Subtype") != "/Popup" and not flags & HIDDEN_OR_NOT_FOR_VIEW


def _look(annotation: DictionaryObject) -> StreamObject | None:
    looks = annotation.get("/AP", DictionaryObject()).get_object()
    look = looks.get("/N") if isinstance(looks, DictionaryObject) else None
    look = look.get_object() if look is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(annotation.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _fitted(drawn: Rectangle, rect: Rectangle) -> Matrix | None:
    """Return the matrix that lays a drawing on its annotation's place; None if it is flat."""
    if drawn.width <= 0 or drawn.height <= 0:
        return None
    across, up = rect.width / drawn.width, rect.height / drawn.height
    return (across, 0, 0, up, rect.left - drawn.left * across, rect.bottom - drawn.bottom * up)


def _numbers(given: PdfObject | None, count: int) -> list[float] | None:
    """Return the numbers of an array of exactly this length; None if it is anything else."""
    array = given.get_object() if given is not None else None
    if not isinstance(array, ArrayObject) or len(array) != count:
        return None
    return [float(number) for number in array]
