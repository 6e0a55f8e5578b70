"""Comparing two readouts, or the readouts of two periods: what one says that the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readouts_cli.analysis.alignment import Pair, aligned, sentences_of
from readouts_cli.analysis.formulations import Formulation, Key, Tallies, key_of
from readouts_cli.analysis.shared import SHORTEST, Run, shared_runs
from readouts_cli.query.tokens import Tokens, tokenize
from readouts_cli.readout import Quote, Readout, Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A formulation with its quotes in either readout; at least one of the two is not empty."""

    left: tuple[Quote, ...]
    right: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """As the first of the quotes writes it."""
        return (*self.left, *self.right)[0].text


@dataclass(frozen=True, slots=True)
class Shared:
    """The runs of one readout that stand in the other too: where here, where first there, and how many tokens.

    `tokens` is how many tokens the readout has in all, so that `share` of them is shared.
    """

    runs: tuple[tuple[Span, Span, int], ...]
    tokens: int

    @property
    def share(self) -> float:
        """The share of the readout's tokens that lie in runs."""
        return sum(length for _, _, length in self.runs) / self.tokens if self.tokens else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readouts side by side.

    `left_shared` are the runs of the left readout that stand in the right one, `right_shared` the reverse.
    """

    left: Readout
    right: Readout
    only_left: tuple[Quoted, ...]
    only_right: tuple[Quoted, ...]
    both: tuple[Quoted, ...]
    left_shared: Shared
    right_shared: Shared
    sentences: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The quoted formulations of two sets of readouts; those in both come as a pair, the focus first."""

    only_focus: tuple[Formulation, ...]
    only_reference: tuple[Formulation, ...]
    both: tuple[tuple[Formulation, Formulation], ...]


def compare(left: Readout, right: Readout, *, shortest: int = SHORTEST) -> Comparison:
    """Formulations in one or both, runs of at least `shortest` shared tokens, and the sentences side by side."""
    one, other = tokenize(left.text), tokenize(right.text)
    quotes = _quoted(left.quotes, right.quotes)
    return Comparison(
        left,
        right,
        tuple(each for each in quotes if not each.right),
        tuple(each for each in quotes if not each.left),
        tuple(each for each in quotes if each.left and each.right),
        _shared(one, other, shortest),
        _shared(other, one, shortest),
        tuple(aligned(sentences_of(left.text), sentences_of(right.text))),
    )


def contrast(focus: Tallies, reference: Tallies) -> Contrast:
    """The formulations that only one of two sets of readouts quotes, and those that both do.

    Each list begins with what most readouts quote.
    """
    here, there = focus.formulations(), reference.formulations()
    return Contrast(
        _commonest_first(here[key] for key in here if key not in there),
        _commonest_first(there[key] for key in there if key not in here),
        tuple(sorted(((here[key], there[key]) for key in here if key in there), key=_both_order)),
    )


def _quoted(left: Iterable[Quote], right: Iterable[Quote]) -> list[Quoted]:
    sides: dict[Key, tuple[list[Quote], list[Quote]]] = {}
    for side, quotes in enumerate((left, right)):
        for quote in quotes:
            sides.setdefault(key_of(quote), ([], []))[side].append(quote)
    return [Quoted(tuple(here), tuple(there)) for here, there in sides.values()]


def _shared(tokens: Tokens, others: Tokens, shortest: int) -> Shared:
    runs: Sequence[Run] = shared_runs(tokens.terms, others.terms, shortest=shortest)
    return Shared(tuple((run.span(tokens), run.other_span(others), run.length) for run in runs), len(tokens))


def _commonest_first(found: Iterable[Formulation]) -> tuple[Formulation, ...]:
    return tuple(sorted(found, key=_order))


def _order(each: Formulation) -> tuple[int, int, str]:
    return -each.readouts, -each.occurrences, each.text.casefold()


def _both_order(pair: tuple[Formulation, Formulation]) -> tuple[int, str]:
    return -pair[0].readouts - pair[1].readouts, pair[0].text.casefold()
