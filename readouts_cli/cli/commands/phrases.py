"""`readouts phrases`: quoted formulations and recurring word sequences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.answer_options import (
    AnswerRequest,
    answer_options,
    by_option,
    dating,
    dedupe_option,
    least_option,
    limit_option,
)
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.many import Many, not_found, watched
from readouts_cli.cli.query_options import QueryRequest, optional_query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import read_set
from readouts_cli.errors import UsageError
from readouts_cli.output import analysis_phrases as view
from readouts_cli.output.analysis_answer import Answer
from readouts_cli.output.analysis_answer import asked as asked_of

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.formulations import Formulation
    from readouts_cli.analysis.ngrams import Sequence
    from readouts_cli.analysis.phrases import Damage

#: The longest sequences that are looked for.
_LONGEST = 20

#: What stands in one readout alone does not recur.
_RECURRING = 2

_EXAMPLES = (
    Example("readouts phrases", "what stands between quotation marks, the commonest first"),
    Example("readouts phrases --since 2022-08 --until 2022-10 --min 5", "what five readouts of a period quote"),
    Example("readouts phrases --ngrams 3-6 -n 50", "word sequences that recur, quoted or not"),
    Example("readouts phrases --damaged", "quotation marks that lost their partner"),
)


def _lengths(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """The lengths of word sequences: `3` or `2-6`."""
    if value is None:
        return None
    match = re.fullmatch(r"([0-9]{1,3})(?:(?:-|\.\.)([0-9]{1,3}))?", value)
    if match is None:
        raise UsageError(f"--ngrams {value} is no length of word sequences; write it like 3 or 2-6")
    shortest, longest = int(match[1]), int(match[2] or match[1])
    if not 1 <= shortest <= longest <= _LONGEST:
        raise UsageError(f"--ngrams {value} must run from 1 or more to {_LONGEST} or fewer, the shorter first: 2-6")
    return shortest, longest


class PhrasesRequest(NamedTuple):
    """What to look for, and how to count it."""

    ngrams: tuple[int, int] | None
    damaged: bool
    least: int | None
    limit: int | None
    by: str
    dedupe: bool


_OPTIONS = (
    option(
        "--ngrams", section="Counting", callback=_lengths, metavar="N-M",
        help="Word sequences of N to M words that recur, in place of quotes.  All are held in memory at once, for "
        "1,000 readouts some 40 MB: narrow a large library down with a query or a period.",
    ),
    option("--damaged", section="Counting", is_flag=True, help="Only quotation marks that lost their partner."),
    least_option(None, "Only what stands in so many readouts.  [default: 1; of word sequences 2]"),
    limit_option(None, "How many to show."),
    by_option,
    dedupe_option,
)  # fmt: skip


@click.command(cls=Command, name="phrases", examples=_EXAMPLES, takes_query=True)
@optional_query_options
@gathered(PhrasesRequest, "asked", _OPTIONS)
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, *, request: QueryRequest, asked: PhrasesRequest, output: AnswerRequest) -> int:
    """Show the formulations that readouts quote, with their first and last use.

    Ways of writing that a search does not tell apart are one formulation.  Without a query all readouts are looked at.
    """
    if asked.ngrams and asked.damaged:
        raise UsageError("--ngrams and --damaged are two questions; ask one of them")
    if asked.damaged and asked.least is not None:
        raise UsageError("each damaged quote is shown, however rare it is; leave out --min")
    query = read_set(request, session)
    with session.open_library() as library:
        when = dating(asked.by, doubtful=request.doubtful)
        many = Many(session, library, query, dedupe=asked.dedupe, dating=when)
        answer = _recurring if asked.ngrams else _damaged if asked.damaged else _quoted
        return answer(session, many, request, asked, output)


def _quoted(session: Session, many: Many, request: QueryRequest, asked: PhrasesRequest, output: AnswerRequest) -> int:
    from readouts_cli.analysis.phrases import quoted

    when = dating(asked.by, doubtful=request.doubtful)
    found, basis = many.added_up(lambda readouts: quoted(readouts, when), when)
    formulations = found.formulations(least=asked.least or 1)

    def draw(console: Console, rows: Iterable[Formulation]) -> list[str]:
        view.draw_formulations(console, rows)
        damaged = f"{len(found.damaged):,} damaged quotes apart (--damaged)"
        return [f"{len(formulations):,} formulations", *([damaged] if found.damaged else [])]

    answer = Answer(
        schema="readouts.phrases/1",
        name="phrases",
        head=asked_of(many.query) | {"by": asked.by, "total": len(formulations)},
        rows=formulations[: asked.limit],
        shape=view.formulation_shape,
        columns=view.FORMULATION_COLUMNS,
        basis=lambda: basis,
        tail=lambda: {"damaged": list(map(view.damage_shape, found.damaged))},
    )
    nothing = "these readouts quote nothing" if many.ids else not_found(many.query)
    return output.print(session, answer, draw, nothing=nothing, synonyms=many.query.synonyms)


def _damaged(session: Session, many: Many, request: QueryRequest, asked: PhrasesRequest, output: AnswerRequest) -> int:
    from readouts_cli.analysis.phrases import quoted

    when = dating(asked.by, doubtful=request.doubtful)
    found, basis = many.added_up(lambda readouts: quoted(readouts, when), when)

    def draw(console: Console, rows: Iterable[Damage]) -> list[str]:
        view.draw_damaged(console, rows)
        return [f"{len(found.damaged):,} damaged quotes"]

    answer = Answer(
        schema="readouts.damaged/1",
        name="damaged",
        head=asked_of(many.query) | {"total": len(found.damaged)},
        rows=found.damaged[: asked.limit],
        shape=view.damage_shape,
        columns=view.DAMAGE_COLUMNS,
        basis=lambda: basis,
    )
    nothing = "no quotation mark has lost its partner" if many.ids else not_found(many.query)
    return output.print(session, answer, draw, nothing=nothing, synonyms=many.query.synonyms)


def _recurring(
    session: Session, many: Many, request: QueryRequest, asked: PhrasesRequest, output: AnswerRequest
) -> int:
    from readouts_cli.analysis.word_numbers import word_numbers

    assert asked.ngrams is not None
    shortest, longest = asked.ngrams
    texts, basis = many.added_up(word_numbers, dating(asked.by, doubtful=request.doubtful))

    from readouts_cli.analysis.ngrams import recurring  # with numpy, which has threads: processes are forked before

    found = recurring(
        texts,
        shortest=shortest,
        longest=longest,
        least=asked.least or _RECURRING,
        watched=lambda lengths: watched(session, lengths, len(many), "counting", -(-len(many) // len(lengths))),
    )

    def draw(console: Console, rows: Iterable[Sequence]) -> list[str]:
        view.draw_sequences(console, rows)
        return [f"{len(found):,} sequences"]

    answer = Answer(
        schema="readouts.ngrams/1",
        name="sequences",
        head=asked_of(many.query) | {"shortest": shortest, "longest": longest, "total": len(found)},
        rows=islice(found, asked.limit),
        shape=view.sequence_shape,
        columns=view.SEQUENCE_COLUMNS,
        basis=lambda: basis,
    )
    nothing = "nothing recurs in these readouts" if many.ids else not_found(many.query)
    return output.print(session, answer, draw, nothing=nothing, synonyms=many.query.synonyms)
