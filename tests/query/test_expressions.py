"""The meaning of expressions, against definitions that try everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from strategies import expressions, texts

from readouts_cli.query.expressions import Either, Expression, Match, Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.tokens import tokenize
from readouts_cli.readout import Readout


def every_match(expression: Expression, terms: list[str]) -> set[Match]:
    """All stretches that satisfy an expression, found by trying all positions."""
    match expression:
        case Term(leaf):
            return {(i, i) for i in holding(leaf, terms)}
        case Phrase(parts, length):
            starts = range(len(terms) - length + 1)
            return {(i, i + length - 1) for i in starts if all(leaf.matches(terms[i + o]) for o, leaf in parts)}
        case Within(leaves, slack):
            choices = product(*(holding(leaf, terms) for leaf in leaves))
            distinct = (c for c in choices if len(set(c)) == len(c) and max(c) - min(c) < len(c) + slack)
            return without_wider({(min(c), max(c)) for c in distinct})
        case Near(left, right, distance, ordered):
            pairs = list(product(every_match(left, terms), every_match(right, terms)))
            found = {(a, d) for (a, b), (c, d) in pairs if 0 < c - b <= distance}
            found |= {(c, b) for (a, b), (c, d) in pairs if not ordered and 0 < a - d <= distance}
            return without_wider(found)
        case Either(options):
            return without_wider({match for option in options for match in every_match(option, terms)})
    raise TypeError(expression)


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
