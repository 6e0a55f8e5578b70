r"""Regular expressions of a query, `/two (safe|main)\w+/`: cut at their spaces, folded like tokens, and checked.

An expression is held against one folded token; where it holds spaces, against neighbouring tokens.  What no token can
hold is therefore an error here rather than a search that finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import shown
from readouts_cli.query.characters import APOSTROPHES
from readouts_cli.query.expressions import Expression, Phrase, Term
from readouts_cli.query.leaves import Patience, Regex
from readouts_cli.query.sought import Sought
from readouts_cli.query.tokens import fold, has_han

#: How deep brackets may stand in one another.
DEEPEST = 20

#: How many pieces the numbers of repetitions may add to an expression: it is compiled with all of them written out, so
#: that a few nested ones would take all memory.  No token has as many characters.
MOST_REPEATED = 1000

_PIECE = re.compile(
    r"\\(?P<escaped>.)(?:(?<=[pPN])\{[^{}]*\})?|(?P<opens>\((?:\?(?:[:=!>]|<[=!]|P?<[a-z]\w*>))?)"
    r"|(?P<times>\{[0-9]*(?:,[0-9]*)?\})|.",
    re.DOTALL,
)
_META = frozenset(".^$*+?|()[]")
_BLANK_ESCAPES = frozenset("stnrfv ")


class _Expression(NamedTuple):
    """One token's expression, and where it begins."""

    text: str
    at: int


def regular(text: str, patience: Patience) -> Sought:
    """What the expression between two slashes looks for.  Raises QueryError with the place inside `text`."""
    expressions = _Scan(unicodedata.normalize("NFC", text)).expressions()
    leaves = tuple(_checked(expression, text, patience) for expression in expressions)
    whole: Expression = Term(leaves[0]) if len(leaves) == 1 else Phrase(tuple(enumerate(leaves)), len(leaves))
    return Sought(whole, whole, (whole,), (), len(leaves))


def _checked(expression: _Expression, text: str, patience: Patience) -> Regex:
    import regex

    try:
        regex.compile(expression.text)
    except regex.error as error:
        at = min(expression.at + (error.pos or 0), len(text) - 1)
        raise QueryError(f"this is no regular expression: {shown(str(error.msg))}", text, at) from None
    return Regex(expression.text, patience)


class _Size:
    """How many pieces an expression has, as far as it is gone through: characters, classes, and brackets with theirs.

    `repeated` tells how many of them are there only because a number repeats others.
    """

    def __init__(self) -> None:
        self.repeated = 0
        self._open = [0]  # the whole, and each bracket that is open
        self._last = 0  # what a number would repeat

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._open) - 1

    def add(self, pieces: int = 1) -> None:
        self._open[-1] += pieces
        self._last = pieces

    def open(self) -> None:
        self._open.append(0)

    def close(self) -> None:
        if self.depth:
            self.add(self._open.pop() + 1)

    def repeat(self, times: int) -> None:
        added = self._last * max(times - 1, 0)
        self._open[-1] += added
        self._last += added
        self.repeated += added


class _Scan:
    """One pass over the expression, piece by piece."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: list[str] = []
        self.begun = 0
        self.size = _Size()
        self.class_at: int | None = None
        self.alternative: int | None = None
        self.found: list[_Expression] = []

    def expressions(self) -> list[_Expression]:
        for piece in _PIECE.finditer(self.text):
            self._piece(piece)
        self._end(len(self.text))
        if len(self.found) > 1 and self.alternative is not None:
            raise self._error("put alternatives of single tokens in brackets: /two (safe|main)/", self.alternative)
        return self.found

    def _piece(self, piece: re.Match[str]) -> None:
        text, at = piece.group(), piece.start()
        if piece["escaped"] is not None:
            self._escape(piece["escaped"], at)
            self.folded.append(text)
        elif text.isspace():
            self._blank(at)
        elif has_han(text):
            raise self._error("Chinese text is searched without expressions: write 两个确立 OR 两个维护", at)
        elif self.class_at is not None:
            self._in_class(text, at, self.class_at)
        elif text in _META or piece["opens"] or piece["times"]:
            self._sign(piece, text, at)
            self.folded.append(text)
        elif _in_tokens(text):
            self.size.add()
            folded = _folded(text)
            self.folded.append(folded if len(folded) == 1 else f"(?:{re.escape(folded)})")
        else:
            raise self._error(f"no token holds {shown(text)}: write a space where the text has it", at)

    def _in_class(self, text: str, at: int, begun: int) -> None:
        """A piece in the square brackets that begun there; they stand for one character."""
        folded = _folded(text)
        if len(folded) > len(text):
            problem = f"tokens have {shown(folded)} for {shown(text)}, which is no single character"
            raise self._error(f"{problem}: write (a|{text}) for [a{text}]", at)
        if text == "]" and at > begun + 1:
            self.class_at = None
            self.size.add()
        self.folded.append(folded)

    def _sign(self, piece: re.Match[str], text: str, at: int) -> None:
        """A piece outside of square brackets that does not stand for itself."""
        if text == "[":
            self.class_at = at + self.text.startswith("^", at + 1)
        elif piece["opens"]:
            self._open(text, at)
        elif piece["times"]:
            self._repeat(text, at)
        elif text == ")":
            self.size.close()
        elif text == "|" and self.size.depth == 0:
            self.alternative = at
        elif text == ".":
            self.size.add()

    def _open(self, text: str, at: int) -> None:
        self.size.open()
        if self.size.depth > DEEPEST:
            raise self._error(f"brackets stand more than {DEEPEST} deep", at)
        if text == "(" and self.text[at + 1 : at + 2] in {"?", "*"}:
            raise self._error("expected (?: (?= (?! (?<= (?<! (?> or (?P<name> here", at)

    def _repeat(self, text: str, at: int) -> None:
        numbers = [number.lstrip("0") for number in re.findall("[0-9]+", text)]
        if not numbers:
            raise self._error("expected {2}, {2,} or {2,5} here", at, len(text))
        digits = len(str(MOST_REPEATED)) + 1
        self.size.repeat(max(int(number[:digits] or 0) for number in numbers))
        if self.size.repeated > MOST_REPEATED:
            raise self._error(f"an expression repeats {MOST_REPEATED} characters at most", at, len(text))

    def _escape(self, escaped: str, at: int) -> None:
        if escaped in _BLANK_ESCAPES:
            raise self._error("tokens hold no blanks: write a plain space between two tokens", at, 2)
        if self.class_at is not None:
            return
        if not escaped.isalnum() and not _in_tokens(escaped):
            raise self._error(f"no token holds {shown(escaped)}: write a space where the text has it", at, 2)
        self.size.add()

    def _blank(self, at: int) -> None:
        if self.size.depth > 0 or self.class_at is not None:
            raise self._error("a space parts two tokens, so it cannot stand in brackets", at)
        self._end(at)
        self.begun = at + 1

    def _end(self, at: int) -> None:
        """One token's expression ends here."""
        if at == self.begun:
            raise self._error("expected an expression here, between two slashes or spaces", at)
        self.found.append(_Expression("".join(self.folded), self.begun))
        self.folded.clear()

    def _error(self, message: str, at: int, length: int = 1) -> QueryError:
        return QueryError(message, self.text, at, at + length)


def _in_tokens(character: str) -> bool:
    """Whether a token can hold a character that stands for itself; a point stands in decimals."""
    return (
        character.isalnum()
        or character == "."
        or character in APOSTROPHES
        or unicodedata.category(character).startswith("M")
    )


def _folded(text: str) -> str:
    """A literal character as tokens hold it, which may be several; whatever else stands in square brackets as it is."""
    return fold(text) if text.isalnum() or text in APOSTROPHES else text
