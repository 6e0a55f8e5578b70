"""Tokens: the one definition of what matches what.

A token is a run of letters and digits, folded (NFKC, case, possessive, traditional Han); everything else separates.
There are no stop words.  Han text has no spaces, so there every character has a token of its own: the pair it forms
with the next character, or itself alone at the end of its run.  Any stretch of two or more Han characters is then a
sequence of pairs at consecutive positions, and one character is a prefix.

The position of a token is its index.  A position covers the token as printed, for Han the one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice

from readouts_cli.query.characters import APOSTROPHES, HAN, INVISIBLE, MARKS
from readouts_cli.span import Span

#: A longer token is kept as its first characters and a digest, so that it still matches itself and its prefixes.
LONGEST = 160

#: Distinct words whose folding is remembered; a library's vocabulary fits, a hostile file's does not.
_REMEMBERED = 200_000

#: A longer stretch without white space hardly recurs.
_SHORT = 40

_ASCII = bytes(range(128))

#: What most tokens of English are; tried first, it cuts a text half as fast again.
_PLAIN = "[A-Za-z]+(?=[ ,.])"
_WORD = rf"[^\W_{HAN}]+(?:[{MARKS}{INVISIBLE}]+[^\W_{HAN}]*)*"
_DECIMAL = r"(?<![0-9][.．])[0-9０-９]+[.．][0-9０-９]+(?![.．]?[0-9０-９])"
_HAN_RUN = rf"[{HAN}][{HAN}{INVISIBLE}]*"

#: What English is printed with beside ASCII: dashes, quotation marks, an apostrophe, an ellipsis, bullets.
_TYPOGRAPHY = frozenset("‐‑‒–—‘’“”„«»…•·")

#: The same for text of ASCII and these, as most queries and texts are: to compile those with Han takes a tenth of a
#: cold search.
_ENGLISH_TOKEN = re.compile(
    rf"{_PLAIN}|(?:(?<![0-9]\.)[0-9]+\.[0-9]+(?!\.?[0-9])[A-Za-z0-9]*|[A-Za-z0-9]+)(?:['’][A-Za-z0-9]+)*"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_POSSESSIVE = "'s"
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


class Tokens:
    """A text's tokens: `terms[i]` stands at position `i`.

    A position whose term is empty separates the values of a field that has several, so that no phrase crosses them.
    `places` gives start and end of each position in turn; it is gone through only as far as matches are to be shown,
    which takes longer than to find them.
    """

    __slots__ = ("_known", "_places", "terms")

    def __init__(self, terms: list[str], places: Iterable[tuple[int, int]]) -> None:
        self.terms = terms
        self._known: list[tuple[int, int]] = []
        self._places = iter(places)

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def places(self) -> Sequence[tuple[int, int]]:
        """Start and end of each position in the text."""
        self._known.extend(self._places)
        return self._known

    def span(self, first: int, last: int) -> Span:
        """The stretch of text that positions `first` to `last` cover, both included."""
        self._known.extend(islice(self._places, max(0, last + 1 - len(self._known))))
        return Span(self._known[first][0], self._known[last][1])


def tokenize(text: str, offset: int = 0) -> Tokens:
    """Cut `text` into tokens; `offset` is added to every start and end."""
    places = _places(text)
    return Tokens(terms(text), ((start + offset, end + offset) for start, end in places) if offset else places)


def terms(text: str) -> list[str]:
    """The terms of `tokenize(text)`.

    No token, and nothing that decides where one begins or ends, reaches over white space: the text is cut there, and
    what stands between is cut into terms once and remembered.
    """
    return list(chain.from_iterable(map(_STRETCHES.__getitem__, text.split())))


def stretch_terms(stretch: str) -> Sequence[str]:
    """The terms of a text without white space."""
    if _is_english(stretch):
        return tuple(map(fold, _ENGLISH_TOKEN.findall(stretch)))
    words = _full_token().findall(stretch)
    if not _han().search(stretch):
        return tuple(map(fold, words))
    return [term for word in words for term in (pairs(fold_han(word)) if is_han(word) else (_FOLDED[word],))]


def remembered_terms(stretch: str) -> Sequence[str]:
    """The terms of a text without white space, remembered where it may stand elsewhere too."""
    return _STRETCHES[stretch]


def recurs(stretch: str) -> bool:
    """Whether a text without white space may well stand elsewhere, as `meeting,` does; a clause in Han hardly will."""
    return len(stretch) <= _SHORT and not has_han(stretch)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what each of `terms(text)` came from."""
    if _is_english(text):
        return map(re.Match.span, _ENGLISH_TOKEN.finditer(text))
    words = _full_token().finditer(text)
    return _han_places(words) if _han().search(text) else map(re.Match.span, words)


def _han_places(words: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The same of words some of which are runs of Han characters."""
    for word in words:
        if is_han(raw := word.group()):
            visible = (at for at, character in enumerate(raw, word.start()) if not _INVISIBLE.match(character))
            yield from ((at, at + 1) for at in visible)
        else:
            yield word.span()


def is_han(term: str) -> bool:
    """Whether a term came from Han text, and so stands for a character and the one after it."""
    return has_han(term[:1])


def is_pair(term: str) -> bool:
    """Whether a term is a Han character with the one after it."""
    return len(term) == 2 and is_han(term)


def has_han(text: str) -> bool:
    """Whether a text holds any Han character."""
    return not _is_english(text) and bool(_han().search(beyond_ascii(text)))


def beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII, in order: few in English, and so searched in no time."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def fold(word: str) -> str:
    """The form in which a word without Han is compared: `Jinping’s` and `ＪＩＮＰＩＮＧ` are both `jinping`."""
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)).casefold()
        folded = unicodedata.normalize("NFKC", folded).translate(_PLAIN_APOSTROPHE)
        folded = "".join(folded.split())
    folded = folded.removesuffix(_POSSESSIVE)
    return folded if len(folded) <= LONGEST else folded[:LONGEST] + _digest(folded)


def fold_han(run: str) -> str:
    """A run of Han characters in simplified, compatibility-free form, character for character."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", run)).translate(_simplified())


def pairs(run: str) -> tuple[str, ...]:
    """One term a character of a folded Han run: the pair it begins, and the last character alone."""
    return tuple(run[i : i + 2] for i in range(len(run)))


class _Folded(dict[str, str]):
    """Word without Han → its folded form, remembered."""

    def __missing__(self, raw: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        folded = self[raw] = fold(raw)
        return folded


_FOLDED = _Folded()


class _Stretches(dict[str, "Sequence[str]"]):
    """Text without white space → its terms; what recurs is remembered."""

    def __missing__(self, stretch: str) -> Sequence[str]:
        found = stretch_terms(stretch)
        if recurs(stretch):
            if len(self) >= _REMEMBERED:
                self.clear()
            self[stretch] = found
        return found


_STRETCHES = _Stretches()


class _Simplified(dict[int, str]):
    """Code point → simplified character, learnt from OpenCC one character at a time."""

    def __init__(self) -> None:
        import opencc

        super().__init__()
        self._convert = opencc.OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        character = chr(code)
        simplified = self._convert(character)
        kept = self[code] = simplified if len(simplified) == 1 else character
        return kept


def _is_english(text: str) -> bool:
    """Whether a text is made of ASCII and the typography of English alone."""
    return text.isascii() or _TYPOGRAPHY.issuperset(beyond_ascii(text))


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")


@cache
def _full_token() -> re.Pattern[str]:
    return re.compile(rf"{_PLAIN}|(?:{_DECIMAL}(?:{_WORD})?|{_WORD})(?:[{APOSTROPHES}]{_WORD})*|{_HAN_RUN}")


@cache
def _simplified() -> _Simplified:
    return _Simplified()


def _digest(word: str) -> str:
    from hashlib import blake2b

    return "…" + blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
