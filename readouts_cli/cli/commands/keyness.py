"""`readouts keyness`: the words that set readouts apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options, dedupe_option, least_option, limit_option
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.completion import complete_query
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, set_options

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.keyness import Keyness, KeyWord
    from readouts_cli.query.syntax import Query

_EXAMPLES = (
    Example("readouts keyness --focus date:2023 --ref date:2022", "what one year says and the other does not"),
    Example("readouts keyness --focus 'body:provincial' --in congress", "against all others that speak of a congress"),
    Example("readouts keyness --focus 双碳 --tokens -o csv", "by tokens in place of readouts"),
)


class KeynessRequest(NamedTuple):
    """Which two sets, and what to count."""

    focus: str
    ref: str | None
    tokens: bool
    least: int
    limit: int
    dedupe: bool


_OPTIONS = (
    option("--focus", section="Which readouts", required=True, metavar="QUERY", shell_complete=complete_query,
           help="The readouts whose words are sought."),
    option("--ref", section="Which readouts", metavar="QUERY", shell_complete=complete_query,
           help="The readouts they are held against.  [default: all others]"),
    option("--tokens", section="Counting", is_flag=True, help="Count tokens, not the readouts that hold a word."),
    least_option(2, "Only words with such a count in both together."),
    limit_option(30, "How many words."),
    dedupe_option,
)  # fmt: skip


@click.command(cls=Command, name="keyness", examples=_EXAMPLES)
@gathered(KeynessRequest, "asked", _OPTIONS)
@set_options
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, *, asked: KeynessRequest, among: SetRequest, output: AnswerRequest) -> int:
    """Show the words that set one set of readouts apart from another.

    Counted are the readouts that hold a word, those of both sides.  Log-likelihood says how much evidence there is for
    a difference (6.63 is p = 0.01), log ratio how large it is (1 is twice as frequent, -1 half).
    """
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.keyness import Counting, keyness
    from readouts_cli.cli.many import warn_of_overlap
    from readouts_cli.cli.sides import sides_of
    from readouts_cli.output import analysis_words as view
    from readouts_cli.output.analysis_answer import Answer
    from readouts_cli.output.counts import readouts

    counting = Counting.TOKENS if asked.tokens else Counting.READOUTS
    with session.open_library() as library:
        queries, dating = _queries(session, asked, among), Dating(doubtful=among.doubtful)
        sides = sides_of(session, library, queries, counting, dating, dedupe=asked.dedupe)
        found = keyness(*sides.words, least=asked.least)
    _warn(session, found)
    warn_of_overlap(session, sides.both)

    def draw(console: Console, rows: Iterable[KeyWord]) -> list[str]:
        view.draw_key_words(console, rows)
        focus, reference = found.focus.readouts, found.reference.readouts
        return [f"focus: {focus:,} {readouts(focus)}", f"reference: {reference:,}"]

    answer = Answer(
        schema="readouts.keyness/1",
        name="words",
        head={
            "counting": counting.value,
            "focus": {"query": asked.focus, **view.side_shape(found.focus)},
            "reference": {"query": asked.ref, **view.side_shape(found.reference)},
        },
        rows=found.words[: asked.limit],
        shape=view.key_shape,
        columns=view.KEY_COLUMNS,
        basis=lambda: sides.basis,
    )
    return output.print(session, answer, draw, nothing="there is nothing to hold against one another")


def _queries(session: Session, asked: KeynessRequest, among: SetRequest) -> tuple[Query, Query]:
    """The readouts of the focus and those of the reference."""
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Not, conjunction

    within, focus = among.read(session), among.only(asked.focus).read(session)
    other = Not(focus.condition) if asked.ref is None else among.only(asked.ref).read(session).condition
    one, two = (Query("", conjunction((within.condition, condition))) for condition in (focus.condition, other))
    return one, two


def _warn(session: Session, found: Keyness) -> None:
    from readouts_cli.analysis.keyness import FEW

    if found.few:
        sizes = f"{found.focus.readouts:,} and {found.reference.readouts:,}"
        session.warn(f"with {sizes} readouts the figures say little; take at least {FEW} on each side")
