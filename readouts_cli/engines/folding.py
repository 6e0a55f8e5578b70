"""A text's terms, joined by spaces, at the speed of building an index.

What the terms are, `query.tokens` says.  Two facts make it quick to find out: white space never stands inside a token,
so every stretch without it can be folded by itself; and in plain English nearly every stretch is a word that folding
only lowers, so that whole texts are folded at once and just the stretches with an apostrophe or a point are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from readouts_cli.query.document import TEXT
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.tokens import LONGEST, terms
from readouts_cli.readout import Readout

#: Typographic characters that stand between tokens wherever they occur.
_SEPARATORS = "“”‘–—‑…•°£€\u00a0"

#: What a token of ASCII text may hold beside letters and digits; everything else is as good as a space.
_APOSTROPHE, _POINT = "'", "."
_FOLDED = "".join(c if c.isalnum() or c in (_APOSTROPHE, _POINT) else " " for c in map(chr, range(128))).lower()

#: From ASCII to its folded form as bytes, which is several times as fast as `str.translate`.
_TO_FOLDED = _FOLDED.encode().ljust(256)

#: Each byte of joined terms as a space or as a letter, so that a term begins where a letter follows a space.
_TO_LETTERS = b" ".rjust(ord(" ") + 1, b"x").ljust(256, b"x")

#: Stretches up to this length are remembered, up to so many.
_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 500_000


def joined_terms(text: str) -> str:
    """The terms of a text, with one or more spaces between them."""
    folded = _plain(text)
    if folded is not None:
        return folded
    return " ".join(_line(line) for line in text.splitlines())


def field_values(readout: Readout) -> list[tuple[str, str]]:
    """The joined terms of each field's values, for an engine that leaves one position free between two values.

    Values without terms at a field's beginning take up no position in `query.fields.document`, so they are left out.
    """
    found: list[tuple[str, str]] = []
    for field in FIELDS:
        begun = False
        for value, _ in field.values(readout):
            joined = joined_terms(value)
            begun = begun or bool(joined.strip())
            if begun:
                found.append((field.name, joined))
    return found


def text_tokens(values: Iterable[tuple[str, str]]) -> int:
    """How many tokens the text has, counted in `field_values`."""
    letters = [joined.encode().translate(_TO_LETTERS) for field, joined in values if field == TEXT]
    return sum(each.count(b" x") + each.startswith(b"x") for each in letters)


def row(readout: Readout, name: str) -> list[str]:
    """A field's terms by position, an empty one between two values, as in `query.fields.document`."""
    terms: list[str] = []
    for field in FIELDS:
        if field.name == name:
            for value, _ in field.values(readout):
                if terms:
                    terms.append("")
                terms.extend(joined_terms(value).split())
    return terms


def _line(line: str) -> str:
    folded = _plain(line)
    return " ".join(map(_STRETCHES.__getitem__, line.split())) if folded is None else folded


def _plain(text: str) -> str | None:
    """The terms of a text that is ASCII but for the usual typography; None for any other."""
    if not text.isascii():
        text = text.replace("’", "'")
        for separator in _SEPARATORS:
            text = text.replace(separator, " ")
        if not text.isascii():
            return None
    folded = text.encode().translate(_TO_FOLDED).decode().replace(". ", "  ")
    if _has_stretch_too_long(folded):
        return None
    return _mended(_mended(folded, _APOSTROPHE), _POINT, folded_already=_APOSTROPHE)


def _has_stretch_too_long(text: str) -> bool:
    """Whether white space is ever further away than a token may be long."""
    start, last = 0, len(text) - LONGEST
    while start < last:
        start = text.rfind(" ", start, start + LONGEST + 1) + 1
        if not start:
            return True
    return False


def _mended(text: str, mark: str, folded_already: str | None = None) -> str:
    """A text whose stretches with a mark are replaced by their terms, unless another mark tells that they have been."""
    parts: list[str] = []
    done, at = 0, text.find(mark)
    while at >= 0:
        start = text.rfind(" ", done, at) + 1 or done
        end = text.find(" ", at)
        end = len(text) if end < 0 else end
        stretch = text[start:end]
        if folded_already is None or folded_already not in stretch:
            parts += (text[done:start], _STRETCHES[stretch])
            done = end
        at = text.find(mark, end)
    return "".join([*parts, text[done:]]) if parts else text


class _Stretches(dict[str, str]):
    """A stretch of text without white space → its terms, joined by spaces."""

    def __missing__(self, stretch: str) -> str:
        joined = " ".join(terms(stretch))
        if len(stretch) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[stretch] = joined
        return joined


_STRETCHES = _Stretches()
