"""`readouts search`: find readouts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.command import Command, Example, FiniteRange, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.output_options import FORMATS, OutputRequest, output_options
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session
from readouts_cli.config import KEYS
from readouts_cli.engines.base import Ranking
from readouts_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from readouts_cli.library import Library, SearchOptions
    from readouts_cli.query.syntax import Query

_SORTS = ("relevance", "date", "-date", "met", "pub", "id")
_GROUPS = ("year", "month", "body", "presider", "source", "language")

_USUAL = Ranking()

#: What is told in place of hits, and the options about hits and output that still say something beside it.
_INSTEAD = {
    "--count": {"--output"},
    "--count-matches": {"--output"},
    "--facet": {"--output", "--header"},
    "--explain": {"--limit", "--offset", "--all", "--k1", "--b"},
    "--quiet": set(),
}

_EXAMPLES = (
    Example('readouts search "dual carbon"', "both words, best where they stand together"),
    Example("readouts search '\"two safeguards\"' --since 2022-08", "exactly this phrase, met in August 2022 or later"),
    Example("readouts search 'revital* NOT title:symposium' -o ids", "ids for the next program"),
    Example("readouts search carbon -- -peaking", "carbon without peaking"),
    Example("readouts search '两个确立 OR \"two establishments\"' --facet year", "how many in each year"),
    Example("readouts search congress --all -o jsonl | jq -r .id", "everything, one JSON object a line"),
)


class SearchRequest(NamedTuple):
    """Which hits to show, how much of each, or what to tell of them instead."""

    sort: str
    limit: int | None
    offset: int
    all: bool
    passages: int | None
    context: int | None
    full: bool
    k1: float
    b: float
    group_by: str | None
    count_readouts: bool
    count_matches: bool
    facet: str | None
    explain: bool
    quiet: bool

    def check(self, output: OutputRequest) -> None:
        """Raise UsageError for options that do not go together."""
        asked = (self.count_readouts, self.count_matches, self.facet is not None, self.explain, self.quiet)
        instead = [told for told, on in zip(_INSTEAD, asked, strict=True) if on]
        if len(instead) > 1:
            raise UsageError(f"{' and '.join(instead)} each tell something else of the hits; give one of them")
        for told in instead:
            idle = [name for name in (*self._given(), *output.given()) if name not in _INSTEAD[told]]
            if idle:
                raise UsageError(f"{told} has no use for {', '.join(idle)}; leave out the one or the other")
        if self.all and self.limit is not None:
            raise UsageError("--all and --limit contradict one another; give one of them")
        if self.full and (self.passages is not None or self.context is not None):
            raise UsageError("--full shows whole texts; leave out --passages and --context")

    def _given(self) -> Iterator[str]:
        """The options about hits that say something else than their defaults."""
        values = {
            "--sort": self.sort != _SORTS[0],
            "--limit": self.limit is not None,
            "--offset": self.offset,
            "--all": self.all,
            "--passages": self.passages is not None,
            "--context": self.context is not None,
            "--full": self.full,
            "--group-by": self.group_by,
            "--k1": self.k1 != _USUAL.k1,
            "--b": self.b != _USUAL.b,
        }
        return (name for name, value in values.items() if value)

    def options(self, session: Session) -> SearchOptions:
        """The same for the library, with the defaults of the config file."""
        from readouts_cli.engines.base import Order
        from readouts_cli.library import SearchOptions

        config = session.config
        limit = config.number("limit") if self.limit is None else self.limit
        return SearchOptions(
            order=Order(self.sort),
            limit=None if self.all else limit,
            offset=self.offset,
            ranking=Ranking(self.k1, self.b),
            passages=config.number("passages") if self.passages is None else self.passages,
            context=config.number("context") if self.context is None else self.context,
            full=self.full,
        )


def _configured(key: str) -> str:
    """What an option's help says of its default."""
    return f"[default: {key} in the config file, else {KEYS[key].default}]"


_hits = partial(option, section="Hits")
_instead = partial(option, section="Instead of hits")

_OPTIONS = (
    _hits("--sort", type=click.Choice(_SORTS), default=_SORTS[0], show_default=True, help="The order of hits."),
    _hits(
        "-n",
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"How many hits to show.  {_configured('limit')}",
    ),
    _hits("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="How many hits to skip first."),
    _hits("--all", is_flag=True, help="Show every hit."),
    _hits(
        "--passages",
        type=click.IntRange(min=0),
        metavar="N",
        help=f"How many passages to show of each hit.  {_configured('passages')}",
    ),
    _hits(
        "--context",
        type=click.IntRange(min=20),
        metavar="CHARACTERS",
        help=f"How long a passage is.  {_configured('context')}",
    ),
    _hits("--full", is_flag=True, help="Show the whole text of each hit."),
    _hits("--group-by", type=click.Choice(_GROUPS), help="Show hits under headings."),
    _instead("-c", "--count", "count_readouts", is_flag=True, help="Only tell how many readouts match."),
    _instead("--count-matches", is_flag=True, help="Only tell how many stretches of text match."),
    _instead("--facet", type=click.Choice(_GROUPS), help="Only tell how many readouts fall under each value."),
    _instead("--explain", is_flag=True, help="Only tell how the query is understood and scored."),
    _instead("-q", "--quiet", is_flag=True, help="Only tell by the exit status: 0 found, 1 not found."),
    _hits(
        "--k1",
        type=FiniteRange(min=0),
        default=_USUAL.k1,
        show_default=True,
        metavar="NUMBER",
        help="BM25: how soon repeated words stop counting.",
    ),
    _hits(
        "--b",
        type=FiniteRange(0, 1),
        default=_USUAL.b,
        show_default=True,
        metavar="NUMBER",
        help="BM25: how much long texts are held back.",
    ),
)


@click.command(cls=Command, name="search", examples=_EXAMPLES, takes_query=True)
@query_options
@gathered(SearchRequest, "search", _OPTIONS)
@output_options(*FORMATS)
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, request: QueryRequest, search: SearchRequest, output: OutputRequest) -> int:
    """Find readouts.

    Words side by side must all occur; "quotes" make a phrase; AND, OR, NOT, NEAR/5, wildcards and fields are
    explained by: readouts help query.  Exit status 1 says that nothing was found.
    """
    search.check(output)
    format = output.chosen(session, session.config.text("output"))
    query = request.read(session)
    with session.open_library() as library:
        if search.quiet:
            return Exit.OK if library.count(query) else Exit.NOTHING_FOUND
        if search.count_readouts or search.count_matches or search.facet or search.explain:
            return _tell(session, library, query, search=search, output=output, format=format)
        return _show(session, library, query, search=search, output=output, format=format)


def _show(
    session: Session, library: Library, query: Query, *, search: SearchRequest, output: OutputRequest, format: str
) -> int:
    from time import perf_counter

    from readouts_cli.cli.hits import print_hits

    started = perf_counter()
    result = library.search(query, search.options(session))
    print_hits(session, library, result, output, format, group_by=search.group_by, started=started)
    if result.ids:
        return Exit.OK
    if result.total:
        session.note(f"--offset {result.offset} is beyond the last of {result.total:,} hits")
    else:
        from readouts_cli.cli.answers import tell_nothing_found

        tell_nothing_found(session, library, query)
    return Exit.NOTHING_FOUND


def _tell(
    session: Session, library: Library, query: Query, *, search: SearchRequest, output: OutputRequest, format: str
) -> int:
    from readouts_cli.cli import answers

    if search.explain:
        return answers.explain(session, library, query, search.options(session))
    if search.facet:
        return answers.facet(session, library, query, search.facet, format, header=output.has_header(format))
    return answers.count(session, library, query, format, matches=search.count_matches)
