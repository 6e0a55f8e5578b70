"""The query language: from a string to the condition that it states (`language.LANGUAGE` is the table of its forms).

    alternatives = all { OR all }
    all          = prefixed { [AND] prefixed }
    prefixed     = { NOT | - } near
    near         = operand { (NEAR | ADJ) operand }
    operand      = word | phrase | /expression/ | ( alternatives ) | field: operand | date: period

Words side by side stay together as `Words`, so that engines can prefer documents in which they are adjacent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import shown
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Either, Expression, Near
from readouts_cli.query.items import Composer, Item, Stated, Text, condition
from readouts_cli.query.joining import joined, negated
from readouts_cli.query.leaves import Patience
from readouts_cli.query.lexer import DATE_FIELDS, Kind, Lexeme, lexemes
from readouts_cli.query.period import DateField
from readouts_cli.query.period_syntax import COMPARISONS, parse_period
from readouts_cli.query.sought import Sought, phrase, within, word
from readouts_cli.query.synonyms import Synonyms
from readouts_cli.query.tree import Condition, Dated, Or, Undated

#: The longest query, in characters.
LONGEST_QUERY = 10_000

#: How deep brackets may stand in one another, and how many NEAR and ADJ a query may have.
DEEPEST = 50

_EXPECTED = "expected a word, a phrase or a field"
_NEAR_JOINS = "joins words and phrases, alone or joined by OR in brackets"


class Options(NamedTuple):
    """How a query is read.

    `any`: one of the words side by side is enough.  `phrase`: the whole query is one phrase.  `exact`: no word
    families.  `doubtful`: date filters see doubtful and partial dates too.  `today`: the day that relative periods
    count from.
    """

    today: dt.date
    any: bool = False
    phrase: bool = False
    exact: bool = False
    doubtful: bool = False
    synonyms: Synonyms | None = None


class Query(NamedTuple):
    """A query that was read: as it was typed, what it means, and the groups of synonyms that were applied to it."""

    text: str
    condition: Condition
    synonyms: tuple[str, ...] = ()


def parse(text: str, options: Options) -> Query:
    """Read a query.  Raises QueryError with the place at fault."""
    if len(text) > LONGEST_QUERY:
        message = f"the query has {len(text):,} characters; it may have {LONGEST_QUERY:,}"
        raise QueryError(message, text, LONGEST_QUERY, len(text))
    if not text.strip():
        raise QueryError(f"the query is empty: {_EXPECTED}", text)
    composer = Composer(text, options.synonyms, any=options.any)
    if options.phrase:
        item = composer.text(0, len(text), phrase(text, wildcards=False), bare=False)
        return Query(text, condition(item, TEXT), tuple(composer.applied))
    return Query(text, _Parser(text, options, composer).condition(), tuple(composer.applied))


class _Parser:
    """Recursive descent over the lexemes; `field` is the one whose brackets enclose the place, None outside of any."""

    def __init__(self, text: str, options: Options, composer: Composer) -> None:
        self.text = text
        self.options = options
        self.composer = composer
        self.patience = Patience()
        self.lexemes = lexemes(text)
        self.at = 0
        self.depth = 0
        self.nears = 0

    def condition(self) -> Condition:
        stated = self._alternatives(None)
        if self.next.kind is Kind.CLOSE:
            raise self._error("this bracket closes nothing", self.next)
        return stated.condition

    # Operators

    def _alternatives(self, field: str | None) -> Stated:
        branches = [self._all(field)]
        while self.next.kind is Kind.OR:
            self._take()
            branches.append(self._all(field))
        if len(branches) == 1:
            return branches[0]
        exact = [branch.exact for branch in branches if branch.exact is not None]
        return Stated(
            branches[0].start,
            branches[-1].end,
            Or(tuple(branch.condition for branch in branches)),
            next((branch.what for branch in branches if branch.exact is None), ""),
            Either(tuple(exact)) if len(exact) == len(branches) else None,
        )

    def _all(self, field: str | None) -> Stated:
        runs = [[self._prefixed(field)]]
        while (kind := self.next.kind) not in {Kind.OR, Kind.CLOSE, Kind.END}:
            if kind is Kind.AND:
                self._take()
                runs.append([])
            runs[-1].append(self._prefixed(field))
        placed = [part for run in runs for part in self.composer.side_by_side(run, field or TEXT)]
        whole = joined(placed, self.text)
        first, last = runs[0][0], runs[-1][-1]
        if first is not last:
            return Stated(first.start, last.end, whole, "AND")
        return Stated(first.start, first.end, whole, first.what, first.exact)

    def _prefixed(self, field: str | None) -> Item:
        start, sign, opposite = self.next.start, None, False
        while self.next.kind in {Kind.NOT, Kind.MINUS}:
            sign = self._take()
            opposite = not opposite
        item = self._near(field, sign)
        if sign is None:
            return item
        meant = condition(item, field or TEXT)
        return Stated(start, item.end, negated(meant) if opposite else meant, sign.text)

    def _near(self, field: str | None, sign: Lexeme | None) -> Item:
        left = self._operand(field)
        while self.next.kind is Kind.NEAR:
            operator = self._take()
            if sign is not None and sign.kind is Kind.MINUS:
                raise self._error(f"put what - excludes in brackets: -(a {operator.text} b)", operator)
            if self.next.kind in {Kind.NOT, Kind.MINUS}:
                raise self._error(f"{operator.text} {_NEAR_JOINS}; {self.next.text} stands outside", self.next)
            self.nears += 1
            if self.nears > DEEPEST:
                raise self._error(f"a query takes {DEEPEST} NEAR and ADJ at most", operator)
            left = self._beside(left, operator, self._operand(field))
        return left

    def _beside(self, left: Item, operator: Lexeme, right: Item) -> Text:
        exact: list[Expression] = []
        for item in (left, right):
            if item.exact is None:
                message = f"{operator.text} {_NEAR_JOINS}; {item.what} stands outside"
                raise QueryError(message, self.text, item.start, item.end)
            exact.append(item.exact)
        near = Near(exact[0], exact[1], operator.number or 1, ordered=operator.text == "ADJ")
        return Text(left.start, right.end, Sought(near, near, (near,), (), 0), bare=False)

    # Operands

    def _operand(self, field: str | None) -> Item:
        lexeme = self._take()
        if lexeme.kind is Kind.OPEN:
            return self._bracket(lexeme, field)
        if lexeme.kind is Kind.FIELD:
            return self._field(lexeme, field)
        with self._placing(lexeme.at):
            sought = self._sought(lexeme)
        return self.composer.text(lexeme.start, lexeme.end, sought, bare=lexeme.kind is Kind.WORD)

    def _sought(self, lexeme: Lexeme) -> Sought:
        if lexeme.kind is Kind.WORD:
            return word(lexeme.text, exact=self.options.exact)
        if lexeme.kind is Kind.REGEX:
            from readouts_cli.query.regular import regular

            return regular(lexeme.text, self.patience)
        if lexeme.kind is Kind.PHRASE:
            return phrase(lexeme.text) if lexeme.number is None else within(lexeme.text, lexeme.number)
        found = "the end of the query" if lexeme.kind is Kind.END else shown(lexeme.text)
        after = f" after {shown(self.lexemes[self.at - 2].text)}" if self.at > 1 else ""
        raise QueryError(f"{_EXPECTED}{after}, not {found}", end=lexeme.end - lexeme.start)

    def _bracket(self, opened: Lexeme, field: str | None) -> Stated:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(f"brackets stand more than {DEEPEST} deep", opened)
        inside = self._alternatives(field)
        self.depth -= 1
        if self.next.kind is not Kind.CLOSE:
            raise self._error("this bracket is not closed: expected )", opened)
        return inside._replace(start=opened.start, end=self._take().end)

    def _field(self, name: Lexeme, field: str | None) -> Stated:
        if field is not None:
            raise self._error(f"{name.text}: cannot stand inside the brackets of {field}:", name)
        if name.text in DATE_FIELDS:
            period = self._take()
            return Stated(name.start, period.end, self._dated(name.text, period), f"{name.text}:")
        item = self._operand(name.text)
        return Stated(name.start, item.end, condition(item, name.text), f"{name.text}:")

    def _dated(self, name: str, period: Lexeme) -> Condition:
        if name in COMPARISONS:
            with self._placing(period.at - len(name) - 1):
                compared = parse_period(f"{name}:{period.text}", self.options.today)
            return Dated(DateField.DATE, compared, self.options.doubtful)
        if period.text.strip().lower() == "none":
            return Undated(DateField(name), self.options.doubtful)
        with self._placing(period.at):
            return Dated(DateField(name), parse_period(period.text, self.options.today), self.options.doubtful)

    # Lexemes and errors

    @property
    def next(self) -> Lexeme:
        return self.lexemes[self.at]

    def _take(self) -> Lexeme:
        lexeme = self.lexemes[self.at]
        self.at += 1
        return lexeme

    def _error(self, message: str, lexeme: Lexeme) -> QueryError:
        return QueryError(message, self.text, lexeme.start, lexeme.end)

    @contextmanager
    def _placing(self, at: int) -> Iterator[None]:
        """Move the place of an error inside a part of the query, which begins at `at`, to its place in the query."""
        try:
            yield
        except QueryError as error:
            raise QueryError(str(error), self.text, at + error.start, at + error.end) from None
