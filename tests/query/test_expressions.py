"""The meaning of expressions, against definitions that try everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from strategies import expressions, texts

from readouts_cli.query.expressions import Either, Expression, Match, Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.tokens import tokenize
from readouts_cli.readout import Readout

PAIRS = {"双碳", "碳双", "两个", "个确", "确立"}


def every_match(expression: Expression, terms: list[str]) -> set[Match]:
    """All stretches that satisfy an expression, found by trying all positions."""
    match expression:
        case Term(leaf):
            return {(i, i) for i in holding(leaf, terms)}
        case Phrase(parts, length):
            starts = range(len(terms) - length + 1)
            return {(i, i + length - 1) for i in starts if all(leaf.matches(terms[i + o]) for o, leaf in parts)}
        case Within(leaves, slack, shared):
            choices = (c for c in product(*(holding(leaf, terms) for leaf in leaves)) if len(set(c)) == len(c))
            found = {(min(c), max(map(last_covered, c, leaves))) for c in choices}
            longest = sum(last_covered(1, leaf) for leaf in leaves) - shared + slack
            return without_wider({(first, last) for first, last in found if last - first < longest})
        case Near(left, right, distance, ordered):
            pairs = list(product(every_match(left, terms), every_match(right, terms)))
            found = {(a, d) for (a, b), (c, d) in pairs if 0 < c - b <= distance}
            found |= {(c, b) for (a, b), (c, d) in pairs if not ordered and 0 < a - d <= distance}
            return without_wider(found)
        case Either(options):
            return without_wider({match for option in options for match in every_match(option, terms)})
    raise TypeError(expression)


def last_covered(position: int, leaf: Leaf) -> int:
    """The last position that a word covers: a pair of characters covers two."""
    return position + 1 if isinstance(leaf, Exact) and leaf.term in PAIRS else position


def holding(leaf: Leaf, terms: list[str]) -> list[int]:
    return [i for i, term in enumerate(terms) if term and leaf.matches(term)]


def without_wider(matches: set[Match]) -> set[Match]:
    return {(a, b) for a, b in matches if not any((c, d) != (a, b) and a <= c and d <= b for c, d in matches)}


@settings(max_examples=400)
@given(expressions, texts)
def test_find_is_the_definition(expression: Expression, text: str) -> None:
    readout = document(Readout(id="a", path="/a", text=text))
    found = expression.find(readout.lookup("text"))
    assert found == sorted(found)
    assert set(found) == every_match(expression, tokenize(text).terms)
