"""Who wrote a readout: the names after "reporter" in a header line or dateline, and credits at the end of the text."""

from __future__ import annotations

import re

from readouts_cli.reading.names import is_han_name, is_name, is_romanised
from readouts_cli.reading.stretches import stripped
from readouts_cli.readout import Fact, Span

#: What may stand between reporters: commas, "and", another role.  What follows "photo by" or "editor" is no reporter.
_BETWEEN = re.compile(
    r"\s*(?:[,，、;；/&|]|\band\b|\b(?:trainee\s+|intern\s+|special\s+)?(?:reporters?|correspondents?|interns?)\b[:：]?"
    r"|(?:实习|本报|见习)?(?:记者|記者|通讯员|通訊員)[:：]?)\s*",
    re.IGNORECASE,
)
_NO_REPORTERS = re.compile(
    r"\b(?:photos?|photograph\w*|pictures?|text|video|editors?)\b|摄影|攝影|图片|摄|编辑|責編|责编|审核", re.IGNORECASE
)
_HAN_GIVEN = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_SINGLE_GIVEN = re.compile(r"([一-鿿])\s+([一-鿿])$")

_TRAILING = re.compile(
    r"[(（\[【]\s*(?P<role>(?:text\s*/\s*)?(?:our\s+|trainee\s+|all-media\s+)?(?:reporter|correspondent|journalist)s?"
    r"|(?:本报|融媒体|见习|实习)?(?:记者|記者|通讯员|通訊員))?[:：]?\s*(?P<names>[^()（）\[\]【】\n]{2,100}?)\s*[)）\]】]\s*\Z",
    re.IGNORECASE,
)

#: A credit stands within this many characters of the end.
_CREDIT_WITHIN = 160


def reporters_in(text: str, span: Span, rule: str) -> tuple[Fact, ...]:
    """The people named in a stretch of text that lists reporters; whatever is no name is left out."""
    found: list[Fact] = []
    start = span.start
    for match in [*_BETWEEN.finditer(text, *span), None]:
        end = match.start() if match else span.end
        if _NO_REPORTERS.search(text, start, end):
            break
        found.extend(_names(text, Span(start, end), rule))
        start = match.end() if match else end
    return tuple(found)


def trailing_reporters(text: str) -> tuple[Fact, ...]:
    """The reporters credited in brackets at the very end: `(Reporter Ma Li)`, `(Ma Li)`, （记者 马丽）."""
    match = _TRAILING.search(text, max(0, len(text) - _CREDIT_WITHIN))
    if match is None:
        return ()
    if match["role"] is None and not _is_bare_credit(text, match):
        return ()
    return reporters_in(text, Span(*match.span("names")), "H16 trailing credit")


def _is_bare_credit(text: str, match: re.Match[str]) -> bool:
    """Whether brackets without "reporter" stand after a finished sentence and hold nothing but names."""
    before = text[: match.start()].rstrip()[-1:]
    pieces = [piece.strip() for piece in _BETWEEN.split(match["names"])]
    return before in set(".。!！”’」") and all(is_romanised(name) or is_han_name(_closed_up(name)) for name in pieces)


def _names(text: str, span: Span, rule: str) -> list[Fact]:
    """The name in `span`, or in Chinese the several names that spaces separate."""
    start, end = stripped(text, *span)
    printed = text[start:end]
    if is_name(printed):
        return [Fact(printed, Span(start, end), rule)]
    if is_han_name(_closed_up(printed)):
        return [Fact(_closed_up(printed), Span(start, end), rule)]
    words = re.finditer(r"\S+", printed)
    return [
        Fact(word.group(), Span(start + word.start(), start + word.end()), rule)
        for word in words
        if is_han_name(word.group())
    ]


def _closed_up(name: str) -> str:
    """A name of two characters is often set with a space between them: 张 三."""
    return _HAN_GIVEN.sub("", name) if _SINGLE_GIVEN.fullmatch(name) else name
