"""A query in plain English, as it was understood (`--explain`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from readouts_cli.query.caret import printable
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Family, Fuzzy, HanCharacter, Leaf, Regex, Wildcard
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tokens import is_han
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Or, Undated, Words

_INDENT = "  "
_DATED = {
    DateField.DATE: "met (published, where the meeting day is unknown)",
    DateField.MET: "met",
    DateField.PUB: "published",
}
_UNDATED = {
    DateField.DATE: "undated",
    DateField.MET: "without a meeting day",
    DateField.PUB: "without a published day",
}
_DOUBTFUL = {True: ", doubtful dates included", False: ""}


def describe(condition: Condition) -> str:
    """What a condition asks for: a line for each part, indented under the part that it belongs to."""
    return "\n".join(map(printable, _lines(condition)))


@singledispatch
def describe_leaf(leaf: Leaf) -> str:
    """What one query word accepts."""
    raise TypeError(leaf)


@describe_leaf.register
def _(leaf: Exact) -> str:
    return f'exactly "{leaf.term}"'


@describe_leaf.register
def _(leaf: HanCharacter) -> str:
    return f'the character "{leaf.character}"'


@describe_leaf.register
def _(leaf: Family) -> str:
    return f'"{leaf.term}" in any form (stem "{leaf.stem}")'


@describe_leaf.register
def _(leaf: Wildcard) -> str:
    if leaf.pattern == leaf.prefix + "*":
        return f'words that begin with "{leaf.prefix}"'
    return f"words like {leaf.pattern}"


@describe_leaf.register
def _(leaf: Regex) -> str:
    return f"words that match /{leaf.expression}/"


@describe_leaf.register
def _(leaf: Fuzzy) -> str:
    edits = "1 edit" if leaf.edits == 1 else f"{leaf.edits} edits"
    return f'words within {edits} of "{leaf.term}", the first letter kept'


@singledispatch
def _lines(node: Condition | Expression) -> list[str]:
    raise TypeError(node)


@_lines.register
def _(node: Term) -> list[str]:
    return [describe_leaf(node.leaf)]


@_lines.register
def _(node: Phrase) -> list[str]:
    return [f'the phrase "{_written(node)}"']


@_lines.register
def _(node: Within) -> list[str]:
    others = "1 other word" if node.slack == 1 else f"{node.slack} other words"
    header = f"these in any order, with {others} between them at most:"
    return _under(header, ([describe_leaf(leaf)] for leaf in node.leaves))


@_lines.register
def _(node: Near) -> list[str]:
    order = "in this order" if node.ordered else "in any order"
    reach = "side by side" if node.distance == 1 else f"within {node.distance} words"
    return _under(f"{reach}, {order}:", (_lines(node.left), _lines(node.right)))


@_lines.register
def _(node: Either) -> list[str]:
    return _under("any of:", map(_lines, node.options))


@_lines.register
def _(_node: Everything) -> list[str]:
    return ["every readout"]


@_lines.register
def _(node: In) -> list[str]:
    return _after(f"in {_field(node.field)}:", _lines(node.expression))


@_lines.register
def _(node: Words) -> list[str]:
    how = "any of these words" if node.any else "all of these words, best side by side"
    return _under(f"in {_field(node.field)}: {how}:", map(_lines, node.words))


@_lines.register
def _(node: And) -> list[str]:
    return _under("all of:", map(_lines, node.children))


@_lines.register
def _(node: Or) -> list[str]:
    return _under("any of:", map(_lines, node.children))


@_lines.register
def _(node: Not) -> list[str]:
    return _after("not", _lines(node.child))


@_lines.register
def _(node: Dated) -> list[str]:
    return [f"{_DATED[node.which]} {_period(node.period)}{_DOUBTFUL[node.doubtful]}"]


@_lines.register
def _(node: Undated) -> list[str]:
    return [_UNDATED[node.which] + _DOUBTFUL[node.doubtful]]


def _field(name: str) -> str:
    return "the text" if name == TEXT else f"the field {name}"


def _under(header: str, blocks: Iterable[list[str]]) -> list[str]:
    return [header, *(_INDENT + line for block in blocks for line in block)]


def _after(opening: str, lines: list[str]) -> list[str]:
    """Lines that an opening leads into: on its own line where there is more than one."""
    first, *others = lines
    return [f"{opening} {first}", *others]


def _period(period: Period) -> str:
    if period.first is None:
        return f"until {period.last}"
    if period.last is None:
        return f"from {period.first} on"
    return f"on {period.first}" if period.first == period.last else f"from {period.first} to {period.last}"


def _written(phrase: Phrase) -> str:
    """A phrase as one would write it: Han pairs that overlap put together again."""
    written, end = "", 0
    for offset, leaf in phrase.parts:
        word = _word(leaf)
        if is_han(word) and len(word) == 2 and offset == end - 1:
            written += word[1]
        else:
            written += " " * (offset > 0) + word
        end = offset + (len(word) if is_han(word) else 1)
    return written


@singledispatch
def _word(leaf: Leaf) -> str:
    """One query word as one would write it."""
    raise TypeError(leaf)


@_word.register(Exact)
@_word.register(Family)
def _(leaf: Exact | Family) -> str:
    return leaf.term


@_word.register
def _(leaf: HanCharacter) -> str:
    return leaf.character


@_word.register
def _(leaf: Wildcard) -> str:
    return leaf.pattern


@_word.register
def _(leaf: Regex) -> str:
    return f"/{leaf.expression}/"


@_word.register
def _(leaf: Fuzzy) -> str:
    return f"{leaf.term}~{leaf.edits}"
