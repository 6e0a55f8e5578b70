"""What one word or phrase of a query looks for.

Every QueryError raised here has its place in the text that was given, not in the whole query.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import shown
from readouts_cli.query.expressions import Expression, Phrase, Term, Within
from readouts_cli.query.leaves import Fuzzy, Leaf, Wildcard, width, word_leaf
from readouts_cli.query.tokens import LONGEST, fold, has_han, is_han, is_pair, tokenize

#: The most words that `"…"~n` takes: each may stand anywhere, so the work grows with every word.
MOST_WITHIN = 8

#: The most `*` in one pattern: each multiplies the ways in which a long term can be cut.
MOST_STARS = 3

#: The shortest word that may be misspelt; of two letters almost anything is one edit away.
SHORTEST_FUZZY = 3

_FUZZY = re.compile(r"(.+?)~(.*)", re.DOTALL)
_WILD = re.compile(r"([*?]+)")
_AS_DIGIT = str.maketrans("*?", "00")
_MEANT = {
    "-": "write -word without a space to exclude it",
    "&": "write AND",
    "&&": "write AND",
    "..": "write a range without spaces: date:2022-08..2022-09",
}


class Sought(NamedTuple):
    """What a word, a phrase or an expression looks for.

    `whole` is what it finds on its own; `exact` is the same without word families, for NEAR.  `words` are its parts
    where any of them will do.  `terms` are its terms as a text has them, none for patterns.  `leaves` counts its words.
    """

    whole: Expression
    exact: Expression
    words: tuple[Expression, ...]
    terms: tuple[str, ...]
    leaves: int


class _Cut(NamedTuple):
    """A text cut into leaves, each with its offset from the first position, and how many positions they cover."""

    parts: tuple[tuple[int, Leaf], ...]
    terms: tuple[str, ...]
    is_literal: bool

    @property
    def expression(self) -> Expression:
        return Term(self.parts[0][1]) if len(self.terms) == 1 else Phrase(self.parts, len(self.terms))

    @property
    def words(self) -> tuple[Expression, ...]:
        """Each part on its own; a pair of Han characters covers two positions."""
        return tuple(Phrase(((0, leaf),), 2) if is_pair(self.terms[at]) else Term(leaf) for at, leaf in self.parts)


def word(text: str, *, exact: bool) -> Sought:
    """A bare word: its family unless `exact`.  One that holds several tokens is the phrase of them.

    Han text has no spaces: where any word will do, each pair of its characters counts as a word.
    """
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(fuzzy)
    strict = _cut(text, exact=True)
    loose = _cut(text, exact=exact)
    whole = loose if len(strict.terms) == 1 else strict
    words = loose.words if any(map(is_han, strict.terms)) else (whole.expression,)
    return Sought(
        whole.expression, strict.expression, words, strict.terms if strict.is_literal else (), len(strict.parts)
    )


def phrase(text: str, *, wildcards: bool = True) -> Sought:
    """Words in this order with nothing between, each that form only."""
    cut = _cut(text, exact=True, wildcards=wildcards)
    expression = cut.expression
    return Sought(expression, expression, (expression,), cut.terms if cut.is_literal else (), len(cut.parts))


def within(text: str, slack: int) -> Sought:
    """Words in any order, with at most `slack` positions between them; of Han text, pairs of characters."""
    cut = _cut(text, exact=True)
    parts = cut.parts
    if len(parts) == 1:
        raise QueryError('~ after quotes takes two words or more: "dual carbon"~3', text, 0, len(text))
    if len(parts) > MOST_WITHIN:
        raise QueryError(f"~ after quotes takes {MOST_WITHIN} words at most, not {len(parts)}", text, 0, len(text))
    found = tuple(leaf for _, leaf in parts)
    expression = Within(found, slack, sum(map(width, found)) - len(cut.terms))
    return Sought(expression, expression, (expression,), (), len(parts))


def _cut(text: str, *, exact: bool, wildcards: bool = True) -> _Cut:
    # A wildcard is part of a token; for cutting, a digit stands for it, which continues words and decimals alike.
    tokens = tokenize(text.translate(_AS_DIGIT) if wildcards else text)
    if not tokens.terms:
        hint = f"; {_MEANT[text]}" if text in _MEANT else ""
        raise QueryError(
            f"there is nothing to search for in {shown(text) or 'an empty phrase'}{hint}", text, 0, len(text)
        )
    parts: list[tuple[int, Leaf]] = []
    is_literal = True
    for at, term in enumerate(tokens.terms):
        start, end = tokens.places[at]
        raw = text[start:end]
        if wildcards and _WILD.search(raw):
            parts.append((at, _wildcard(raw, text, start)))
            is_literal = False
        elif not _ends_run(tokens.terms, at):
            parts.append((at, word_leaf(term, exact=exact)))
    return _Cut(tuple(parts), tuple(tokens.terms), is_literal)


def _wildcard(raw: str, text: str, at: int) -> Wildcard:
    pieces = _WILD.split(raw)
    pattern = "".join(re.sub(r"\*+", "*", piece) if n % 2 else fold(piece) for n, piece in enumerate(pieces))
    problem = ""
    if not any(map(str.isalnum, pattern)):
        problem = "a pattern needs a letter or digit beside its wildcards"
        if has_han(text):
            problem += "; Chinese characters need no wildcard, they are found inside longer words"
    elif pattern.count("*") > MOST_STARS:
        problem = f"a pattern takes {MOST_STARS} * at most"
    elif len(pattern) > LONGEST:
        problem = f"a pattern takes {LONGEST} characters at most"
    if problem:
        raise QueryError(problem, text, at, at + len(raw))
    return Wildcard(pattern)


def _fuzzy(match: re.Match[str]) -> Sought:
    text, base = match.string, match[1]
    if match[2] not in {"", "1", "2"}:
        message = "expected 1 or 2 after ~ at the end of the word, or quotes around the text"
        raise QueryError(message, text, match.start(2), len(text))
    tokens = tokenize(base).terms
    problem = ""
    if _WILD.search(base):
        problem = "a pattern cannot be misspelt: leave out ~ or the wildcards"
    elif len(tokens) != 1 and not has_han(base):
        problem = "~ takes one word"
    elif has_han(base):
        problem = "~ takes a word of letters: Chinese characters are not spelt"
    elif len(tokens[0]) < SHORTEST_FUZZY:
        problem = f"~ takes a word of {SHORTEST_FUZZY} letters or more"
    if problem:
        raise QueryError(problem, text, 0, len(text))
    expression = Term(Fuzzy(tokens[0], int(match[2] or 1)))
    return Sought(expression, expression, (expression,), (), 1)


def _ends_run(terms: list[str], at: int) -> bool:
    """Whether a term is the last character of a Han run, which the pair before it already holds."""
    return at > 0 and len(terms[at]) == 1 and is_han(terms[at]) and is_pair(terms[at - 1])
