"""What a search can tell in place of hits: counts, facets, how the query is understood; and why it found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readouts_cli.cli.output_options import machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from readouts_cli.library import Library, SearchOptions
    from readouts_cli.query.syntax import Query

#: Formats for reading, which a number needs nothing of.
_PLAIN = {"cards", "table", "tsv"}


def count(session: Session, library: Library, query: Query, format: str, *, matches: bool) -> int:
    """Print how many readouts match, or how many stretches of their text; 0 is printed too."""
    if format not in {*_PLAIN, "json"}:
        raise UsageError(f"a count has no format {format}; there are tsv and json")
    readouts = library.count(query)
    number = _matches(library, query) if matches else readouts
    left_out = library.undated_left_out(query, readouts)
    stream = machine_stream(session)
    if format == "json":
        from readouts_cli.output.json_format import write_object

        told = {
            "schema": "readouts.count/1",
            "query": query.text,
            "synonyms": list(query.synonyms),
            "readouts": readouts,
            "undated_left_out": left_out,
        }
        write_object(stream, told | ({"matches": number} if matches else {}))
    else:
        stream.write(f"{number}\n")
        _tell_beside(session, query, left_out)
    return Exit.OK if number else Exit.NOTHING_FOUND


def facet(session: Session, library: Library, query: Query, by: str, format: str, *, header: bool) -> int:
    """Print how many of the readouts that match fall under each value."""
    from readouts_cli.engines.base import Facet
    from readouts_cli.output import facets

    counts = library.facet(query, Facet(by))
    total = library.count(query)
    left_out = library.undated_left_out(query, total)
    if format in {"cards", "table"}:
        facets.draw(session.screen, counts, by)
    elif format in {"tsv", "csv"}:
        facets.write(machine_stream(session), counts, by, format, header=header)
    elif format == "json":
        facets.write_json(machine_stream(session), counts, by, query=query, total=total, undated_left_out=left_out)
    else:
        raise UsageError(f"a facet has no format {format}; there are table, tsv, csv and json")
    if format != "json":
        _tell_beside(session, query, left_out)
    return Exit.OK if total else Exit.NOTHING_FOUND


def explain(session: Session, library: Library, query: Query, options: SearchOptions) -> int:
    """Print the query as it was understood, the words of the library that its words stand for, and the hits' scores."""
    from itertools import chain

    from readouts_cli.cli.explaining import explanation, score_lines
    from readouts_cli.output.sanitize import visible

    for lines in chain(explanation(library, query.condition), score_lines(library, query.condition, options)):
        session.environment.stdout.write(visible(lines) + "\n")
    return Exit.OK


def tell_nothing_found(session: Session, library: Library, query: Query) -> None:
    """Tell a person at a terminal that no readout matches, and what may help."""
    if not session.environment.stderr.isatty():
        return
    from readouts_cli.cli.suggestions import suggestions

    session.note(f"no readout matches {query.text}" if query.text else "no readout lies in the period")
    for suggestion in suggestions(library, query.condition):
        session.note(suggestion)


def _matches(library: Library, query: Query) -> int:
    from readouts_cli.engines.base import Order
    from readouts_cli.library import SearchOptions

    result = library.search(query, SearchOptions(order=Order.ID, limit=None, passages=0))
    return sum(len(hit.matches) for hit in result.hits)


def _tell_beside(session: Session, query: Query, left_out: int) -> None:
    """Tell beside numbers what they do not say: which synonyms were applied, and what a period left out."""
    from readouts_cli.output.counts import undated_left_out

    for group in query.synonyms:
        session.note(f"synonyms: {group}")
    if left_out:
        session.warn(undated_left_out(left_out))
