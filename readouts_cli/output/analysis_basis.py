"""The last line of an answer on a terminal: what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from readouts_cli.analysis.basis import Basis
from readouts_cli.output.counts import readouts, undated_left_out
from readouts_cli.output.sanitize import one_line


def draw_basis(console: Console, basis: Basis, *before: str, synonyms: Iterable[str] = ()) -> None:
    """Draw the basis; `before` says what was found in it.  Synonyms that were applied stand below."""
    console.print(Text(" · ".join([*before, *basis_words(basis)]), "note"))
    for group in synonyms:
        console.print(Text(f"synonyms: {one_line(group)}", "note"))


def basis_words(basis: Basis) -> list[str]:
    """The parts of the basis that there is something to say of."""
    words = [f"in this library: {basis.readouts:,} {readouts(basis.readouts)}"]
    if basis.first and basis.last:
        words.append(str(basis.first) if basis.first == basis.last else f"{basis.first} to {basis.last}")
    if basis.undated:
        words.append(f"{basis.undated:,} of them undated")
    if basis.undated_left_out:
        words.append(undated_left_out(basis.undated_left_out))
    if basis.copies_left_out:
        words.append(f"{basis.copies_left_out:,} {'copy' if basis.copies_left_out == 1 else 'copies'} left out")
    return words
