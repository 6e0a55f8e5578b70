"""A concordance, read block by block: its rows as they come, and what all of them rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.analysis.kwic import lines
from readouts_cli.cli.many import SHOWN, Many
from readouts_cli.output.analysis_kwic import Row, row
from readouts_cli.readout import Readout


class Concordance:
    """The lines of readouts, with up to `context` characters on each side of what matches."""

    def __init__(self, many: Many, dating: Dating, context: int) -> None:
        self._many = many
        self._dating = dating
        self._context = context
        self._census = Census(dating)
        self._blocks = many.each(self._read, SHOWN)

    def rows(self) -> Iterator[Row]:
        """The lines as they are shown."""
        for passed, rows in self._blocks:
            self._census.merge(passed)
            yield from rows

    def basis(self) -> Basis:
        """What all lines rest on; readouts whose rows nobody has asked for are read for it."""
        for passed, _ in self._blocks:
            self._census.merge(passed)
        return self._many.basis(self._census.basis())

    def _read(self, readouts: Iterable[Readout]) -> tuple[Census, list[Row]]:
        passed = Census(self._dating)
        found = lines(passed.passing(readouts), self._many.query.condition, context=self._context)
        return passed, [row(line, self._dating) for line in found]
