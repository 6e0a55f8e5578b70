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

_PIECE = re.compile(
    r"\\(?P<escaped>.)|(?P<opens>\((?:\?(?:[:=!>]|<[=!]|P?<[a-z]\w*>))?)|(?P<times>\{[^{}]*\})|.", re.DOTALL
)
_META = frozenset(".^$*+?|()[]{}")
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


class _Scan:
    """One pass over the expression, piece by piece."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: list[str] = []
        self.begun = 0
        self.depth = 0
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
            if text == "]" and at > self.class_at + 1:
                self.class_at = None
            self.folded.append(_folded(text))
        else:
            self._plain(piece, text, at)

    def _plain(self, piece: re.Match[str], text: str, at: int) -> None:
        """A piece outside of square brackets."""
        if text == "[":
            self.class_at = at + self.text.startswith("^", at + 1)
        elif piece["opens"]:
            self._open(text, at)
        elif text == ")":
            self.depth -= 1
        elif text == "|" and self.depth == 0:
            self.alternative = at
        literal = text not in _META and not piece["opens"] and not piece["times"]
        if literal and not _in_tokens(text):
            raise self._error(f"no token holds {shown(text)}: write a space where the text has it", at)
        self.folded.append(_folded(text) if literal else text)

    def _open(self, text: str, at: int) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(f"brackets stand more than {DEEPEST} deep", at)
        if text == "(" and self.text[at + 1 : at + 2] in {"?", "*"}:
            raise self._error("expected (?: (?= (?! (?<= (?<! (?> or (?P<name> here", at)

    def _escape(self, escaped: str, at: int) -> None:
        if escaped in _BLANK_ESCAPES:
            raise self._error("tokens hold no blanks: write a plain space between two tokens", at, 2)
        if not escaped.isalnum() and self.class_at is None and not _in_tokens(escaped):
            raise self._error(f"no token holds {shown(escaped)}: write a space where the text has it", at, 2)

    def _blank(self, at: int) -> None:
        if self.depth > 0 or self.class_at is not None:
            raise self._error("a space parts two tokens, so it cannot stand in brackets", at)
        self._end(at)
        self.begun = at + 1

    def _end(self, at: int) -> None:
        """One token's expression ends here."""
        if at == self.begun:
            raise self._error("expected an expression here, between two slashes or spaces", at)
        self.found.append(_Expression("".join(self.folded), self.begun))
        self.folded.clear()
        self.depth = 0

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


def _folded(character: str) -> str:
    """A literal character as tokens hold it; one that folds to several is kept together."""
    folded = fold(character) if character.isalpha() or character in APOSTROPHES else character
    return f"(?:{folded})" if len(folded) > 1 and folded.isalnum() else folded or character
