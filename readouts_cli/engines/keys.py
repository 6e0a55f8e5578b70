"""Strings as engines that take only valid Unicode can keep and sort them.

Ids and paths may hold bytes that are not Unicode, which Python writes as lone surrogates.  A key is valid Unicode,
stands for exactly one string, and sorts like it, code point by code point.
"""

from __future__ import annotations

import re

#: Stands before what was a surrogate, which follows moved down to where characters are valid.
_SURROGATE = "\ue000"

#: Stands before a character from here on, so that it sorts behind the surrogates.
_BEHIND = "\ue001"

_MOVED_BY = 0xD000
_ESCAPED = re.compile(r"[\ud800-\U0010ffff]")
_ESCAPE = re.compile(rf"{_SURROGATE}(.)|{_BEHIND}(.)", re.DOTALL)


def to_key(text: str) -> str:
    """The key of a string."""
    return text if text.isascii() else _ESCAPED.sub(_escape, text)


def from_key(key: str) -> str:
    """The string that a key stands for."""
    return key if key.isascii() else _ESCAPE.sub(_restore, key)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character <= "\udfff":
        return _SURROGATE + chr(ord(character) - _MOVED_BY)
    return _BEHIND + character


def _restore(match: re.Match[str]) -> str:
    surrogate, character = match.groups()
    return chr(ord(surrogate) + _MOVED_BY) if surrogate else str(character)
