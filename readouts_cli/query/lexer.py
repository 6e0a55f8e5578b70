"""A query cut into lexemes: words, quoted phrases, /expressions/, field names, operators, brackets."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import shown
from readouts_cli.query.characters import QUOTE_PAIRS
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.period import DateField
from readouts_cli.query.period_syntax import COMPARISONS

#: How far NEAR, ADJ and the slack of `"…"~n` may reach, in positions.
FARTHEST = 1000

#: How far NEAR and ADJ reach where the query does not say.
_DISTANCE = 5

#: Fields whose value is words, and fields whose value is a period.
TEXT_FIELDS = frozenset(field.name for field in FIELDS)
DATE_FIELDS = frozenset({*(field.value for field in DateField), *COMPARISONS})

_OPEN, _CLOSE = "(（", ")）"
_UNOPENED = frozenset(QUOTE_PAIRS.values()) - QUOTE_PAIRS.keys()
_SPECIAL = "".join(sorted({*_OPEN, *_CLOSE, *QUOTE_PAIRS, *_UNOPENED}))

#: Signs that other programs and keyboards write for NOT.
_NOT_MINUS = "!‐‑‒–—―−－"

_BLANKS = re.compile(r"\s*")
_RUN = re.compile(rf"[^\s{_SPECIAL}]+")
_FIELD = re.compile(r"([^\W\d]+)([:：])")
_NEAR = re.compile(r"(near|adj)(?:/(.*))?", re.IGNORECASE | re.DOTALL)
_SLACK = re.compile(r"~([0-9]*)")
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)


class Kind(Enum):
    """What a lexeme is."""

    WORD = "a word"
    PHRASE = "a phrase"
    REGEX = "an expression"
    FIELD = "a field"
    PERIOD = "a period"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"
    NEAR = "NEAR"
    END = "the end"


class Lexeme(NamedTuple):
    """A piece of the query, `query[start:end]`.

    `text` is what it says without its quotes or slashes, and begins at `at`.  `number` is the slack of a phrase, or the
    distance of NEAR and ADJ.
    """

    kind: Kind
    start: int
    end: int
    text: str
    at: int
    number: int | None = None


def lexemes(query: str) -> list[Lexeme]:
    """The lexemes of a query, with an END after the last.  Raises QueryError."""
    return _Lexer(query).run()


class _Lexer:
    def __init__(self, query: str) -> None:
        self.query = query
        self.found: list[Lexeme] = []

    def run(self) -> list[Lexeme]:
        at = self._blanks(0)
        while at < len(self.query):
            at = self._blanks(self._lexeme(at))
        self._add(Kind.END, at, at)
        return self.found

    def _lexeme(self, at: int) -> int:
        """Read the lexeme at a place, or a field with its value; return where it ends."""
        character = self.query[at]
        if character in _OPEN:
            return self._add(Kind.OPEN, at, at + 1)
        if character in _CLOSE:
            return self._add(Kind.CLOSE, at, at + 1)
        if character in QUOTE_PAIRS:
            return self._phrase(at)
        if character in _UNOPENED:
            raise self._error(f"{character} closes a quotation that was not opened", at, at + 1)
        if character == "/":
            return self._regex(at)
        if character in "-" + _NOT_MINUS and not self._is_end(at + 1):
            return self._minus(at)
        return self._word(at)

    def _minus(self, at: int) -> int:
        sign = self.query[at]
        begins = at == 0 or self.query[at - 1].isspace() or self.query[at - 1] in _OPEN
        if sign != "-":
            if not begins:
                return self._word(at)
            raise self._error(f"{sign} excludes nothing: write -word to exclude a word", at, at + 1)
        if not begins:
            raise self._error("put a space before - to exclude what follows, or leave it out", at, at + 1)
        if self.query[at + 1] == "-":
            raise self._error("expected a word after -; options such as --any stand outside the query", at, at + 2)
        return self._add(Kind.MINUS, at, at + 1)

    def _phrase(self, at: int) -> int:
        close = self._closing(at)
        slack, end = None, close + 1
        if match := _SLACK.match(self.query, end):
            slack = _number(match[1], 0)
            if slack is None or not self._is_end(match.end()):
                raise self._error(f"expected a number from 0 to {FARTHEST} after ~", match.start(), match.end())
            end = match.end()
        return self._add(Kind.PHRASE, at, end, inside=(at + 1, close), number=slack)

    def _closing(self, at: int) -> int:
        """Where the quotation that opens at a place closes."""
        mark = QUOTE_PAIRS[self.query[at]]
        close = self.query.find(mark, at + 1)
        if close < 0:
            raise self._error(f"this quotation is not closed: expected {mark}", at, at + 1)
        return close

    def _regex(self, at: int) -> int:
        match = _REGEX.match(self.query, at)
        if match is None:
            raise self._error("this expression is not closed: expected /, or quotes around a path", at, at + 1)
        if not self._is_end(match.end()):
            raise self._error("expected a space after the closing /, or quotes around a path", at, match.end())
        return self._add(Kind.REGEX, at, match.end(), inside=match.span(1))

    def _word(self, at: int) -> int:
        end = self._run_end(at)
        word = self.query[at:end]
        if field := _FIELD.match(self.query, at, end):
            name = field[1].lower()
            if name in TEXT_FIELDS or name in DATE_FIELDS:
                return self._field(name, at, field.end())
            is_prose = field[2] == "：" and not name.isascii()
            if not is_prose and not self.query.startswith("//", field.end()):
                raise self._error(_no_field(field[1]), at, field.end(1))
        if word in {"AND", "OR", "NOT"}:
            return self._add(Kind(word), at, end)
        if near := _NEAR.fullmatch(word):
            if near[1].isupper():
                return self._near(near, at, end)
            if near[2] is not None:
                raise self._error(
                    "operators are upper case: NEAR/5, ADJ/5; quote them to search for the words", at, end
                )
        if "|" in word:
            raise self._error("| is no operator: write a OR b, or quote the text", at + word.index("|"), end)
        if word.endswith("-") and end < len(self.query) and self.query[end] in _SPECIAL and not self._is_end(end):
            raise self._error("put a space before - to exclude what follows, or leave it out", end - 1, end)
        return self._add(Kind.WORD, at, end)

    def _near(self, near: re.Match[str], at: int, end: int) -> int:
        distance = _DISTANCE if near[2] is None else _number(near[2], 1)
        if distance is None:
            raise self._error(f"expected a distance from 1 to {FARTHEST}, such as {near[1]}/5", at, end)
        return self._add(Kind.NEAR, at, end, inside=(at, at + len(near[1])), number=distance)

    def _field(self, name: str, at: int, value: int) -> int:
        """Read a field's name, and its value where that is a bare word or a period."""
        if self._is_end(value):
            raise self._error(f"{name}: needs a value right after the colon", at, value)
        self.found.append(Lexeme(Kind.FIELD, at, value, name, at))
        first = self.query[value]
        if name in DATE_FIELDS:
            return self._period(name, value)
        if first in _SPECIAL or (first == "/" and not (name == "path" and self._is_path(value))):
            return value
        if first in "-" + _NOT_MINUS:
            raise self._error(f"expected a word after {name}: ; write -{name}:… to exclude", value, value + 1)
        return self._add(Kind.WORD, value, self._run_end(value))

    def _is_path(self, at: int) -> bool:
        """Whether a value that begins with a slash is a path rather than an expression between slashes."""
        match = _REGEX.match(self.query, at)
        return match is None or not self._is_end(match.end())

    def _period(self, name: str, at: int) -> int:
        first = self.query[at]
        if first in QUOTE_PAIRS:
            close = self._closing(at)
            if not self._is_end(close + 1):
                raise self._error("expected a space after the period", close + 1, close + 2)
            return self._add(Kind.PERIOD, at, close + 1, inside=(at + 1, close))
        if first in _SPECIAL:
            raise self._error(f"{name}: takes one period; write {name}:A OR {name}:B for two", at, at + 1)
        return self._add(Kind.PERIOD, at, self._run_end(at))

    def _add(
        self, kind: Kind, start: int, end: int, *, inside: tuple[int, int] | None = None, number: int | None = None
    ) -> int:
        first, last = inside or (start, end)
        self.found.append(Lexeme(kind, start, end, self.query[first:last], first, number))
        return end

    def _run_end(self, at: int) -> int:
        run = _RUN.match(self.query, at)
        return run.end() if run else at

    def _blanks(self, at: int) -> int:
        blanks = _BLANKS.match(self.query, at)
        return blanks.end() if blanks else at

    def _is_end(self, at: int) -> bool:
        """Whether nothing more is written together with what ends here."""
        return at >= len(self.query) or self.query[at].isspace() or self.query[at] in _CLOSE

    def _error(self, message: str, start: int, end: int) -> QueryError:
        return QueryError(message, self.query, start, end)


def _number(digits: str, lowest: int) -> int | None:
    """The number that the digits write, from `lowest` to the farthest that anything reaches; None for another."""
    if re.fullmatch(r"[0-9]{1,6}", digits) and lowest <= int(digits) <= FARTHEST:
        return int(digits)
    return None


def _no_field(name: str) -> str:
    from readouts_cli.nearest import nearest

    known = sorted(TEXT_FIELDS | DATE_FIELDS)
    near = nearest(name.lower(), known)
    meant = f"did you mean {near[0]}:?" if near else f"there are {', '.join(known)}."
    return f"there is no field {shown(name)}; {meant} Or put it in quotes to search for the text"
