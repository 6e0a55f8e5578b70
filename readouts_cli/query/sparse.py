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
from readouts_cli.query.fields import document, met_days, published_days
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.tokens import Tokens, tokenize
from readouts_cli.query.tree import And, Condition, Dated, In, Not, Or, Undated, Words

if TYPE_CHECKING:
    from readouts_cli.readout import Readout

_TEXT_ONLY = frozenset([TEXT])

#: With more places to look at than this in a text, all of it is cut into tokens.
_MOST_PLACES = 60

#: What of a beginning looks in every text as it does in the term, but for case.
_PLAIN = re.compile("[0-9a-z]*")

#: Characters in UTF-8 that may look otherwise in the term than in the text: all but ASCII and some that are in no term,
#: which are the no-break space and general punctuation (U+2010 to 2027, U+2030 to 205E).
_UNPLAIN = re.compile(rb"[\xc2-\xf4](?<!\xc2(?=\xa0))(?<!\xe2(?=\x80[\x90-\xa7\xb0-\xbf]|\x81[\x80-\x9e]))")

#: The bytes of UTF-8 that are characters of their own, and those that begin one of several bytes.
_ASCII, _LEADING = bytes(range(0x80)), bytes(range(0xC0, 0x100))

#: About how many bytes before a place the next token begins, at most, in most texts.
_NEARBY = 40


@dataclass(frozen=True)
class _Anchors:
    """The beginnings of terms one of which is in every match in the text, and how many tokens a match has at most.

    `fields` are the names of all that a condition looks at; `dated` says whether it looks at dates too.
    """

    beginnings: frozenset[str]
    longest: int = 1
    fields: frozenset[str] = frozenset()
    dated: bool = False

    @property
    def shortest_beginning(self) -> int:
        """How telling the anchors are; 0 where nothing is known of a term."""
        return min(map(len, self.beginnings), default=0)

    @cached_property
    def encoded(self) -> list[bytes]:
        """The beginnings in UTF-8."""
        return [beginning.encode() for beginning in self.beginnings]


def seen_by(condition: Condition, beside: int = 0) -> Callable[[Readout], Document]:
    """What makes of a readout as much of its document as a condition must see to show the same spans as in the whole.

    Of the text, that are the tokens of every match, and `beside` tokens on each side of it where there are so many.
    Where tokens are left out, empty terms stand for them; positions are not those in the text.
    """
    anchors = _of_condition(condition)

    def seen(readout: Readout) -> Document:
        tokens = _tokens(anchors, readout.text, beside)
        if anchors.fields <= _TEXT_ONLY:
            days = (met_days(readout.met), published_days(readout.published)) if anchors.dated else (None, None)
            return Document({TEXT: tokens}, _TEXT_ONLY, *days)
        return document(readout, anchors.fields, tokens)

    return seen


def _tokens(anchors: _Anchors, text: str, beside: int) -> Tokens:
    if not anchors.beginnings and not beside:
        return Tokens([], ())
    # What matches in the title, say, stands in the text too, where nothing of it need be an anchor.
    everywhere = not all(anchors.beginnings) or (beside and anchors.fields != _TEXT_ONLY)
    pieces = None if everywhere else _pieces(anchors, text, anchors.longest - 1 + beside)
    return tokenize(text) if pieces is None else _joined(pieces, anchors.longest + beside)


def _of_condition(condition: Condition) -> _Anchors:
    match condition:
        case In(field, expression) if field == TEXT:
            return replace(_of_expression(expression), fields=_TEXT_ONLY)
        case Words(field, words) if field == TEXT:
            found = list(map(_of_expression, words))
            return _Anchors(_united(found).beginnings, sum(each.longest for each in found), _TEXT_ONLY)
        case In(field) | Words(field):
            return _Anchors(frozenset(), fields=frozenset([field]))
        case And(children) | Or(children):
            return _united(map(_of_condition, children))
        case Not(child):
            return _of_condition(child)
        case Dated() | Undated():
            return _Anchors(frozenset(), dated=True)
    return _Anchors(frozenset())


def _of_expression(expression: Expression) -> _Anchors:
    match expression:
        case Term(leaf):
            return _of_leaf(leaf)
        case Phrase(parts, length):
            return _Anchors(_best(_of_leaf(leaf) for _, leaf in parts), length)
        case Within(leaves, slack):
            return _Anchors(_best(map(_of_leaf, leaves)), expression.length + slack)
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
        any(anchors.dated for anchors in found),
    )


def _best(choices: Iterable[_Anchors]) -> frozenset[str]:
    """The beginnings that are found in the fewest places, as it seems, where any of `choices` will do."""
    return max(choices, key=lambda anchors: anchors.shortest_beginning).beginnings


def _pieces(anchors: _Anchors, text: str, reach: int) -> list[Tokens] | None:
    """The tokens of the stretches of a text that hold all matches, each between white space.

    Around each place where a term may begin with an anchor, or have a character that looks like another there, `reach`
    tokens on each side are in its stretch.  None where there are too many places.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    plain = encoded.lower()  # as far as it is ASCII
    places = _places(anchors, plain)
    if places is None:
        return None
    stretches: list[tuple[int, int]] = []
    for place in sorted(places):
        begin, end = _around(plain, place, reach)
        if stretches and begin < stretches[-1][1]:
            begin, _ = stretches.pop()
        stretches.append((begin, end))
    return list(_cut(encoded, stretches))


def _places(anchors: _Anchors, plain: bytes) -> set[int] | None:
    """Where a match may have a term that is an anchor; None where there are too many such places."""
    unplain = _UNPLAIN.findall(plain.translate(None, _ASCII))  # in little, as English has little beyond ASCII
    if len(unplain) > _MOST_PLACES:
        return None
    places = {place for beginning in anchors.encoded for place in _beginning_with(beginning, plain)}
    if unplain:
        places.update(match.start() for match in _UNPLAIN.finditer(plain))
    return None if len(places) > _MOST_PLACES else places


def _beginning_with(beginning: bytes, plain: bytes) -> Iterator[int]:
    """Where a term may begin so: not behind a letter or digit."""
    at = plain.find(beginning)
    while at >= 0:
        if not plain[at - 1 : at].isalnum():
            yield at
        at = plain.find(beginning, at + 1)


def _around(plain: bytes, place: int, reach: int) -> tuple[int, int]:
    """The stretch from so many tokens before a place to so many behind it."""
    beside = _beside(reach)
    nearby = max(0, place - _NEARBY * (reach + 1))
    before = _end(beside.match(plain[nearby:place][::-1]))
    if nearby and before == place - nearby:
        before = _end(beside.match(plain[:place][::-1]))
    return place - before, _end(beside.match(plain, place))


def _end(match: re.Match[bytes] | None) -> int:
    """Where the match ends of an expression that matches anything."""
    assert match is not None
    return match.end()


@lru_cache(maxsize=64)
def _beside(reach: int) -> re.Pattern[bytes]:
    """What follows a place: the rest of what stands there between white space, and so many tokens behind that.

    What holds a letter or digit between white space has a token at least; with fewer of these, all that follows.
    """
    return re.compile(rb"\S*(?:(?:\s[^0-9a-z]*[0-9a-z]\S*){%d}|.*)" % reach, re.DOTALL)


def _cut(encoded: bytes, stretches: Iterable[tuple[int, int]]) -> Iterator[Tokens]:
    """The tokens of stretches of bytes, with their places in the text."""
    place = at = 0
    for begin, end in stretches:
        place += _characters(encoded[at:begin])
        at = begin
        yield tokenize(encoded[begin:end].decode("utf-8", "surrogatepass"), place)


def _characters(encoded: bytes) -> int:
    """How many characters some UTF-8 has; to decode it takes longer."""
    return len(encoded) - len(encoded.translate(None, _ASCII).translate(None, _LEADING))


def _joined(pieces: list[Tokens], apart: int) -> Tokens:
    """The tokens of pieces of a text, with so many empty ones between two that no match is made of both."""
    if len(pieces) == 1:
        return pieces[0]
    terms: list[str] = []
    for piece in pieces:
        if terms:
            terms.extend([""] * apart)
        terms.extend(piece.terms)
    return Tokens(terms, _joined_places(pieces, apart))


def _joined_places(pieces: list[Tokens], apart: int) -> Iterator[tuple[int, int]]:
    """Start and end of each position; an empty term stands where the token before it ends."""
    end = 0
    for piece in pieces:
        if end:
            yield from [(end, end)] * apart
        for place in piece.places:
            yield place
            end = place[1]
