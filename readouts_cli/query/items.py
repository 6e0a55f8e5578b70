"""The items of a query, and what they mean side by side.

An item is something sought in a field, or a condition of its own.  Synonyms are applied here, and words are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.expressions import Either, Expression
from readouts_cli.query.joining import Placed
from readouts_cli.query.sought import Sought, phrase
from readouts_cli.query.synonyms import Synonyms
from readouts_cli.query.tree import Condition, In, Or, Words

#: The most words in a query, those that synonyms add included.
MOST_WORDS = 500


class Text(NamedTuple):
    """Something sought in the field at hand; a `bare` one is a word without quotes."""

    start: int
    end: int
    sought: Sought
    bare: bool

    @property
    def exact(self) -> Expression | None:
        return self.sought.exact

    @property
    def what(self) -> str:
        return "a word" if self.bare else "a phrase"


class Stated(NamedTuple):
    """A condition of its own, and what stated it; `exact` is the same as an operand of NEAR, where it can be one."""

    start: int
    end: int
    condition: Condition
    what: str
    exact: Expression | None = None


Item = Text | Stated


def condition(item: Item, field: str) -> Condition:
    """What an item means on its own."""
    return item.condition if isinstance(item, Stated) else In(field, item.sought.whole)


class Composer:
    """Makes items of what is sought, and conditions of items side by side.

    `applied` lists the groups of synonyms that were used, in order.
    """

    def __init__(self, query: str, synonyms: Synonyms | None, *, any: bool) -> None:
        self.applied: dict[str, None] = {}
        self._query = query
        self._synonyms = synonyms or Synonyms([])
        self._any = any
        self._count = 0

    def text(self, start: int, end: int, sought: Sought, *, bare: bool) -> Text:
        """An item for what stands at a place of the query.  Raises QueryError where that makes too many words."""
        self._add(sought.leaves, start, end)
        others = self._other_forms([sought.terms], start, end)
        if others:
            whole, exact = Either((sought.whole, *others)), Either((sought.exact, *others))
            words = (*sought.words, *others) if len(sought.words) > 1 else (whole,)
            sought = sought._replace(whole=whole, exact=exact, words=words)
        return Text(start, end, sought, bare)

    def side_by_side(self, run: Sequence[Item], field: str) -> Iterator[Placed]:
        """The conditions that items without an operator between them state."""
        if self._any:
            texts = [item for item in run if isinstance(item, Text)]
            if texts:
                yield self._any_of(texts, field)
            run = [item for item in run if isinstance(item, Stated)]
        for bare, group in groupby(run, key=lambda item: isinstance(item, Text) and item.bare):
            if bare:
                yield from self._all_of([item for item in group if isinstance(item, Text)], field)
            else:
                yield from (Placed(condition(item, field), item.start, item.end) for item in group)

    def _any_of(self, texts: list[Text], field: str) -> Placed:
        words = [word for text in texts for word in text.sought.words]
        words += chain.from_iterable(others for _, _, others in self._formulations(texts))
        either = Words(field, tuple(words), any=True) if len(words) > 1 else In(field, words[0])
        return Placed(either, texts[0].start, texts[-1].end)

    def _all_of(self, texts: list[Text], field: str) -> Iterator[Placed]:
        """Bare words; those that together are a form of a synonym group match as its other forms too."""
        done = 0
        for first, last, others in self._formulations(texts):
            if first > done:
                yield _words(texts[done:first], field)
            placed = _words(texts[first:last], field)
            other = others[0] if len(others) == 1 else Either(others)
            yield placed._replace(condition=Or((placed.condition, In(field, other))))
            done = last
        if done < len(texts):
            yield _words(texts[done:], field)

    def _formulations(self, texts: list[Text]) -> Iterator[tuple[int, int, tuple[Expression, ...]]]:
        """Slices of two or more bare words that are a form of a synonym group, with the group's other forms."""
        first = 0
        while first < len(texts):
            for last in range(min(first + self._synonyms.longest, len(texts)), first + 1, -1):
                words = texts[first:last]
                if not all(word.bare for word in words):
                    continue
                others = self._other_forms([word.sought.terms for word in words], words[0].start, words[-1].end)
                if others:
                    yield first, last, others
                    first = last - 1
                    break
            first += 1

    def _other_forms(self, words: Sequence[tuple[str, ...]], start: int, end: int) -> tuple[Expression, ...]:
        """The other forms of the synonym group of which these words are a form."""
        terms = tuple(chain.from_iterable(words))
        group = self._synonyms.group(terms) if all(words) else None
        if group is None:
            return ()
        self.applied[str(group)] = None
        others = [phrase(written, wildcards=False) for form, written in group.forms.items() if form != terms]
        self._add(sum(sought.leaves for sought in others), start, end)
        return tuple(sought.whole for sought in others)

    def _add(self, words: int, start: int, end: int) -> None:
        self._count += words
        if self._count > MOST_WORDS:
            raise QueryError(f"a query takes {MOST_WORDS} words at most, this is one too many", self._query, start, end)


def _words(texts: list[Text], field: str) -> Placed:
    words = tuple(text.sought.whole for text in texts)
    return Placed(Words(field, words) if len(words) > 1 else In(field, words[0]), texts[0].start, texts[-1].end)
