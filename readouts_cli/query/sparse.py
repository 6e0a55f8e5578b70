"""The tokens of a text that a query's matches can be made of, found without cutting all of the text into tokens.

Every match holds one of its condition's anchors: terms with one of a few beginnings, which are quickly found in a text.
What stands around them, as far as a match can reach, is cut into tokens; the rest of the text holds no match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from readouts_cli.query.document import TEXT, Document
from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.tokens import Tokens, beyond_ascii, tokenize
from readouts_cli.query.tree import And, Condition, In, Not, Or, Words

if TYPE_CHECKING:
    from readouts_cli.readout import Readout

#: With more places to look at than this in a text, all of it is cut into tokens.
_MOST_PLACES = 60

#: What of a beginning looks in every text as it does in the term, but for case.
_PLAIN = re.compile("[0-9a-z]*")

#: Characters that may look otherwise in the term than in the text: all but ASCII and some that are in no term, which
#: are the no-break space and general punctuation.
_UNPLAIN = re.compile("[^\x00-\x7f\xa0\u2010-\u2027\u2030-\u205e]")


@dataclass(frozen=True)
class _Anchors:
    """The beginnings of terms one of which is in every match in the text, and how many tokens a match has at most.

    `fields` are the names of all that a condition looks at.
    """

    beginnings: frozenset[str]
    longest: int = 1
    fields: frozenset[str] = frozenset()

    @property
    def shortest_beginning(self) -> int:
        """How telling the anchors are; 0 where nothing is known of a term."""
        return min(map(len, self.beginnings), default=0)

    @cached_property
    def expressions(self) -> list[re.Pattern[bytes]]:
        """For each beginning, what finds it where a term may begin."""
        plain = (beginning.encode() for beginning in sorted(self.beginnings))
        return [re.compile(b"%b(?<![0-9a-z]%b)" % (beginning, beginning)) for beginning in plain]


def seen_by(condition: Condition, beside: int = 0) -> Callable[[Readout], Document]:
    """What makes of a readout as much of its document as a condition must see to show the same spans as in the whole.

    Of the text, that are the tokens of every match, and `beside` tokens on each side of it where there are so many.
    Where tokens are left out, empty terms stand for them; positions are not those in the text.
    """
    anchors = _of_condition(condition)
    return lambda readout: document(readout, anchors.fields, _tokens(anchors, readout.text, beside))


def _tokens(anchors: _Anchors, text: str, beside: int) -> Tokens:
    if not anchors.beginnings and not beside:
        return Tokens([], ())
    # What matches in the title, say, stands in the text too, where nothing of it need be an anchor.
    everywhere = not all(anchors.beginnings) or (beside and anchors.fields != {TEXT})
    windows = None if everywhere else _windows(anchors, text, anchors.longest - 1 + beside)
    return tokenize(text) if windows is None else _joined(text, windows, anchors.longest + beside)


def _of_condition(condition: Condition) -> _Anchors:
    match condition:
        case In(field, expression) if field == TEXT:
            return replace(_of_expression(expression), fields=frozenset([TEXT]))
        case Words(field, words) if field == TEXT:
            found = list(map(_of_expression, words))
            return _Anchors(_united(found).beginnings, sum(each.longest for each in found), frozenset([TEXT]))
        case In(field) | Words(field):
            return _Anchors(frozenset(), fields=frozenset([field]))
        case And(children) | Or(children):
            return _united(map(_of_condition, children))
        case Not(child):
            return _of_condition(child)
    return _Anchors(frozenset())


def _of_expression(expression: Expression) -> _Anchors:
    match expression:
        case Term(leaf):
            return _of_leaf(leaf)
        case Phrase(parts, length):
            return _Anchors(_best(_of_leaf(leaf) for _, leaf in parts), length)
        case Within(leaves, slack):
            return _Anchors(_best(map(_of_leaf, leaves)), len(leaves) + slack)
        case Near(left, right, distance):
            sides = _of_expression(left), _of_expression(right)
            return _Anchors(_best(sides), distance - 1 + sum(side.longest for side in sides))
        case Either(options):
            return _united(map(_of_expression, options))
    raise TypeError(f"{expression!r} has no anchors")


def _of_leaf(leaf: Leaf) -> _Anchors:
    plain = _PLAIN.match(leaf.prefix)
    return _Anchors(frozenset([plain.group() if plain else ""]))


def _united(all_anchors: Iterable[_Anchors]) -> _Anchors:
    found = list(all_anchors)
    return _Anchors(
        frozenset(chain.from_iterable(anchors.beginnings for anchors in found)),
        max(anchors.longest for anchors in found),
        frozenset(chain.from_iterable(anchors.fields for anchors in found)),
    )


def _best(choices: Iterable[_Anchors]) -> frozenset[str]:
    """The beginnings that are found in the fewest places, as it seems, where any of `choices` will do."""
    return max(choices, key=lambda anchors: anchors.shortest_beginning).beginnings


def _windows(anchors: _Anchors, text: str, reach: int) -> list[tuple[int, int]] | None:
    """The stretches of a text that hold all matches, each between white space; None where there are too many.

    Around each place where a term may begin with an anchor, or have a character that looks like another there, `reach`
    tokens on each side are in its stretch.
    """
    plain = text.encode("ascii", "replace").lower()  # a byte for each character
    unplain = _UNPLAIN.finditer(text) if _UNPLAIN.search(beyond_ascii(text)) else ()
    places = {match.start() for match in unplain}
    for expression in anchors.expressions:
        places.update(match.start() for match in expression.finditer(plain))
    if len(places) > _MOST_PLACES:
        return None
    backwards, beside = plain[::-1], _beside(reach)
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        before, behind = beside.match(backwards, len(plain) - place), beside.match(plain, place)
        assert before is not None
        assert behind is not None
        begin, end = len(plain) - before.end(), behind.end()
        if windows and begin < windows[-1][1]:
            begin, _ = windows.pop()
        windows.append((begin, end))
    return windows


@lru_cache(maxsize=64)
def _beside(reach: int) -> re.Pattern[bytes]:
    """What follows a place: the rest of what stands there between white space, and so many tokens behind that.

    What holds a letter or digit between white space has a token at least; with fewer of these, all that follows.
    """
    return re.compile(rb"\S*(?:(?:\s[^0-9a-z]*[0-9a-z]\S*){%d}|.*)" % reach, re.DOTALL)


def _joined(text: str, windows: list[tuple[int, int]], apart: int) -> Tokens:
    """The tokens of stretches of a text, with so many empty ones between two that no match is made of both."""
    pieces = [tokenize(text[begin:end], begin) for begin, end in windows]
    terms: list[str] = []
    for piece in pieces:
        if terms:
            terms.extend([""] * apart)
        terms.extend(piece.terms)
    return Tokens(terms, _places(pieces, apart))


def _places(pieces: list[Tokens], apart: int) -> Iterator[tuple[int, int]]:
    """Start and end of each position; an empty term stands where the token before it ends."""
    end = 0
    for piece in pieces:
        if end:
            yield from [(end, end)] * apart
        for place in piece.places:
            yield place
            end = place[1]
