"""Answers of analysis in machine formats: JSON with everything, a row a line, or flat columns.  No Rich here.

An answer has rows of one kind (lines of a concordance, bins of a trend) and a head that says what was asked.  Rows are
written as they come; what is known only behind the last of them, such as the basis, stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar

from readouts_cli.output.csv_format import csv_line
from readouts_cli.output.json_format import encoded, write_objects
from readouts_cli.output.sanitize import one_line

if TYPE_CHECKING:
    from readouts_cli.analysis.basis import Basis
    from readouts_cli.query.syntax import Query

Row = TypeVar("Row")

#: A row, or a part of an answer, as JSON has it.
Shape = Mapping[str, Any]

#: What stands in a column of tsv or csv; None is an empty cell, which is not 0.
Cell = str | int | float | None

#: Names of columns, and what each shows of a row.
Columns = Mapping[str, Callable[[Any], Cell]]


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """What a question is answered with.

    `schema` names the shape (`readouts.kwic/1`), `name` the key of the rows in it, and `shape` tells how a row looks
    there.  `basis` and `tail` are asked behind the last row.  `flat` makes the rows of tsv and csv, where they are not
    the same.
    """

    schema: str
    name: str
    head: Shape
    rows: Iterable[Row]
    shape: Callable[[Row], Shape]
    columns: Columns
    basis: Callable[[], Basis]
    tail: Callable[[], Shape] = dict
    flat: Callable[[Iterable[Row]], Iterable[Shape]] | None = None

    @property
    def shapes(self) -> Iterator[Shape]:
        """The rows as JSON has them."""
        return map(self.shape, self.rows)


def write(stream: TextIO, answer: Answer[Row], format: str, *, header: bool) -> None:
    """Write the answer as `json`, `jsonl`, `csv` or `tsv`; `header` puts the columns' names first in the last two."""
    if format == "json":
        stream.writelines(_json(answer))
    elif format == "jsonl":
        write_objects(stream, answer.shapes)
    elif format == "csv":
        stream.writelines(map(csv_line, _table(answer, header=header)))
    else:
        lines = ("\t".join(map(_folded, row)) for row in _table(answer, header=header))
        stream.writelines(f"{line}\n" for line in lines)


def column(name: str) -> Callable[[Shape], Cell]:
    """Shows the value that a row has under `name`."""
    return itemgetter(name)


def columns(*names: str) -> Columns:
    """Columns that show the values of these names."""
    return {name: column(name) for name in names}


def asked(query: Query) -> dict[str, Any]:
    """What was asked: the query, and the groups of synonyms that were applied to it."""
    return {"query": query.text, "synonyms": list(query.synonyms)}


def basis_shape(basis: Basis) -> dict[str, Any]:
    """What an answer rests on."""
    return {
        "scope": "this library",
        "readouts": basis.readouts,
        "first": basis.first.isoformat() if basis.first else None,
        "last": basis.last.isoformat() if basis.last else None,
        "undated": basis.undated,
        "undated_left_out": basis.undated_left_out,
        "copies_left_out": basis.copies_left_out,
    }


def _json(answer: Answer[Row]) -> Iterator[str]:
    yield f"{encoded({'schema': answer.schema, **answer.head})[:-1]},{encoded(answer.name)}:["
    separator = "\n"
    for row in answer.shapes:
        yield separator + encoded(row)
        separator = ",\n"
    tail = encoded({**answer.tail(), "basis": basis_shape(answer.basis())})[1:]
    yield ("]" if separator == "\n" else "\n]") + f",{tail}\n"


def _table(answer: Answer[Row], *, header: bool) -> Iterator[list[Cell]]:
    if header:
        yield list(answer.columns)
    for row in answer.flat(answer.rows) if answer.flat else answer.shapes:
        yield [cell(row) for cell in answer.columns.values()]


def _folded(cell: Cell) -> str:
    if cell is None:
        return ""
    return one_line(cell) if isinstance(cell, str) else str(cell)
