"""Shared runs: stretches of one text that stand word for word in another.

A text is read from its beginning; where at least so many tokens from there stand somewhere in the other text, the
longest such stretch is a run, and reading goes on behind it.  Runs do not overlap, so that they measure how much of a
text is shared.  The runs of A in B and those of B in A differ: a formula may stand once here and ten times there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readouts_cli.query.tokens import Tokens
from readouts_cli.readout import Span

#: The shortest run that is reported, in tokens, unless asked otherwise: shorter ones are the language, not the text.
SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Run:
    """`length` tokens at position `at` of a text and at `other` of another, the first such place there."""

    at: int
    other: int
    length: int

    def span(self, tokens: Tokens) -> Span:
        """The run in the text that was read."""
        return tokens.span(self.at, self.at + self.length - 1)

    def other_span(self, tokens: Tokens) -> Span:
        """The run in the other text."""
        return tokens.span(self.other, self.other + self.length - 1)


def shared_runs(terms: Sequence[str], others: Sequence[str], *, shortest: int = SHORTEST) -> list[Run]:
    """The runs of at least `shortest` terms that stand in `others` too; takes time in proportion to both lengths."""
    found = _longest_from(terms, others)
    runs: list[Run] = []
    at = 0
    while at < len(terms):
        length, other = found[at]
        if length >= shortest:
            runs.append(Run(at, other, length))
            at += length
        else:
            at += 1
    return runs


def longest_run(terms: Sequence[str], others: Sequence[str]) -> Run | None:
    """The longest stretch that stands in both, the first of equals; None where they share no term."""
    found = _longest_from(terms, others)
    at = max(range(len(found)), key=lambda n: (found[n][0], -n), default=0)
    return Run(at, found[at][1], found[at][0]) if found and found[at][0] else None


def _longest_from(terms: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """For each position of `terms`, the longest stretch from there that stands in `others`: its length and place."""
    automaton = _Automaton(others[::-1])
    found: list[tuple[int, int]] = []
    state = length = 0
    for term in reversed(terms):
        while state and term not in automaton.next[state]:
            state = automaton.link[state]
            length = automaton.length[state]
        if term in automaton.next[state]:
            state = automaton.next[state][term]
            length += 1
        else:
            length = 0
        found.append((length, len(others) - 1 - automaton.last[state]))
    return found[::-1]


class _Automaton:
    """The suffix automaton of a sequence (Blumer et al. 1985): every stretch of it is a path from state 0.

    `length` is that of the longest stretch that ends in a state, `last` a place where these stretches end: the latest
    in the sequence, which is the first in the reversed one.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self.next: list[dict[str, int]] = [{}]
        self.link = [-1]
        self.length = [0]
        self.last = [-1]
        end = 0
        for term in terms:
            end = self._extended(end, term)
        for state in sorted(range(1, len(self.length)), key=self.length.__getitem__, reverse=True):
            shorter = self.link[state]
            self.last[shorter] = max(self.last[shorter], self.last[state])

    def _extended(self, end: int, term: str) -> int:
        """Append a term; returns the state of the whole sequence."""
        new = self._state({}, 0, self.length[end] + 1, self.length[end])
        state = end
        while state >= 0 and term not in self.next[state]:
            self.next[state][term] = new
            state = self.link[state]
        if state >= 0:
            self.link[new] = self._split(state, term)
        return new

    def _split(self, state: int, term: str) -> int:
        """The state of the stretches that end in `state` and go on with `term`, apart from any longer ones."""
        target = self.next[state][term]
        if self.length[target] == self.length[state] + 1:
            return target
        clone = self._state(dict(self.next[target]), self.link[target], self.length[state] + 1, self.last[target])
        while state >= 0 and self.next[state].get(term) == target:
            self.next[state][term] = clone
            state = self.link[state]
        self.link[target] = clone
        return clone

    def _state(self, following: dict[str, int], link: int, length: int, last: int) -> int:
        self.next.append(following)
        self.link.append(link)
        self.length.append(length)
        self.last.append(last)
        return len(self.length) - 1
