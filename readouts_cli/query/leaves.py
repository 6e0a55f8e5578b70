"""Leaves: what one query word accepts among single terms.

Every leaf can say whether it accepts a term, and a prefix that all accepted terms share, so that an engine finds them
by walking one stretch of its lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from time import thread_time
from typing import Any, Protocol

from readouts_cli.errors import QueryError
from readouts_cli.query.tokens import is_han, is_pair

#: How long one regular expression may run on one term, in seconds of processor time, before the query is refused.
REGEX_SECONDS = 0.5

#: The same for all expressions of a query and all the terms that they are slow with: a lexicon may hold a million.
REGEX_SECONDS_IN_ALL = 3.0

#: From how many seconds on an expression is slow with a term; simple ones take less than a tenth of it.
_SLOW = 50e-6

#: What may make an expression try a term in very many ways: brackets that are repeated or have a meaning of their own,
#: and numbers of repetitions.  Each choice besides means as many ways as the term is long, at most: so many are quick.
_MANY_WAYS = re.compile(r"\)[*+?]|\(\?|\{")
_CHOICE = re.compile(r"[*+?|]")
_MOST_CHOICES = 2

#: The longest ending that an English stem can lose or change, seen from the stem (`ability` → `abil`, `dying` → `die`).
_STEM_TAIL = 2


class Leaf(Protocol):
    """What a query word accepts."""

    @property
    def prefix(self) -> str:
        """What every accepted term begins with; empty where nothing is known."""

    def matches(self, term: str) -> bool:
        """Whether the leaf accepts a term."""


@dataclass(frozen=True)
class Exact:
    """One term, that form only."""

    term: str

    @property
    def prefix(self) -> str:
        return self.term

    def matches(self, term: str) -> bool:
        return term == self.term


@dataclass(frozen=True)
class HanCharacter:
    """One Han character, wherever it stands: alone at the end of its run, or as the first of a pair."""

    character: str

    @property
    def prefix(self) -> str:
        return self.character

    def matches(self, term: str) -> bool:
        return term.startswith(self.character)


@dataclass(frozen=True)
class Family:
    """All words with the stem of `term` (Snowball's English stemmer, "Porter2")."""

    term: str

    @cached_property
    def stem(self) -> str:
        return stem(self.term)

    @cached_property
    def prefix(self) -> str:
        return self.stem[: max(1, len(self.stem) - _STEM_TAIL)]

    def matches(self, term: str) -> bool:
        return term == self.term or stem(term) == self.stem


@dataclass(frozen=True)
class Wildcard:
    """A pattern over one folded term: `*` stands for any run of characters, `?` for one."""

    pattern: str

    @cached_property
    def prefix(self) -> str:
        return re.split(r"[*?]", self.pattern, maxsplit=1)[0]

    @cached_property
    def expression(self) -> str:
        """The pattern as a regular expression that must match a whole term."""
        return "".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in re.sub(r"\*+", "*", self.pattern))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression, re.DOTALL)

    def matches(self, term: str) -> bool:
        return term != "" and self._compiled.fullmatch(term) is not None


class Patience:
    """The time that is left for the regular expressions of one query, in seconds.

    It is this thread's processor time, so that a busy machine refuses no query that an idle one answers.
    """

    def __init__(self) -> None:
        self.left = REGEX_SECONDS_IN_ALL

    def spend(self, seconds: float) -> None:
        """An expression took so long with a term.  Raises TimeoutError where nothing is left then."""
        if seconds > _SLOW:
            self.left = max(0.0, self.left - seconds)
        if not self.left:
            raise TimeoutError


@dataclass(frozen=True)
class Regex:
    """A regular expression that must match a whole folded term.

    It runs under `regex`, which can stop one that takes too long; `patience` is that of the query.  Raises QueryError
    when it has run out.
    """

    expression: str
    patience: Patience = field(default_factory=Patience, compare=False, repr=False)

    @cached_property
    def prefix(self) -> str:
        if _alternatives(self.expression):
            return ""
        literal = re.match(r"[^\W_]*(?![*?{])", self.expression)
        return literal.group() if literal else ""

    @cached_property
    def _quick(self) -> bool:
        """Whether no term can take long; to watch the time takes five times as long as to match."""
        return not _MANY_WAYS.search(self.expression) and len(_CHOICE.findall(self.expression)) <= _MOST_CHOICES

    def matches(self, term: str) -> bool:
        if term == "":
            return False
        if self._quick:
            return _compile_regex(self.expression).fullmatch(term) is not None
        began = thread_time()
        try:
            found = _compile_regex(self.expression).fullmatch(term, timeout=min(self.patience.left, REGEX_SECONDS))
            self.patience.spend(thread_time() - began)
        except TimeoutError:
            raise QueryError(
                f"the expression /{self.expression}/ takes too long; make it simpler", self.expression
            ) from None
        return found is not None


@dataclass(frozen=True)
class Fuzzy:
    """Terms within `edits` insertions, deletions, substitutions or swaps of neighbours, the first letter kept."""

    term: str
    edits: int

    @property
    def prefix(self) -> str:
        return self.term[:1]

    def matches(self, term: str) -> bool:
        if not term.startswith(self.prefix) or abs(len(term) - len(self.term)) > self.edits:
            return False
        distance: int = _osa_distance()(self.term, term, score_cutoff=self.edits)
        return distance <= self.edits


#: A piece of a regular expression; none is a comment, which could part a letter from its `*`, nor a class in a class.
_PIECE = r"(?s)\\.|\[\^?\]?(?:\\.|[^][\\])*\]|(?P<opens>\((?!\?#))|(?P<closes>\))|(?P<bar>\|)|[^\\[(]"


def _alternatives(expression: str) -> bool:
    """Whether an expression has, or may have, alternatives that stand in no brackets."""
    depth = end = 0
    for piece in re.finditer(_PIECE, expression):
        if piece.start() != end or (piece["bar"] and not depth):
            return True
        depth += bool(piece["opens"]) - bool(piece["closes"])
        end = piece.end()
    return end != len(expression)


def width(leaf: Leaf) -> int:
    """How many positions a query word covers: two where it is a pair of Han characters."""
    return 2 if isinstance(leaf, Exact) and is_pair(leaf.term) else 1


def word_leaf(term: str, *, exact: bool) -> Leaf:
    """The leaf of a query word that was folded to `term`; a word in Han text or `exact` has no family."""
    if is_han(term):
        return HanCharacter(term) if len(term) == 1 else Exact(term)
    return Exact(term) if exact else Family(term)


@lru_cache(maxsize=100_000)
def stem(term: str) -> str:
    """The Snowball English stem of a folded term."""
    return str(_stemmer()(term))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english").stemWord


@cache
def _osa_distance() -> Any:
    from rapidfuzz.distance import OSA

    return OSA.distance


@lru_cache(maxsize=64)
def _compile_regex(expression: str) -> Any:
    import regex

    return regex.compile(expression)
