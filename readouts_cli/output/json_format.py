"""JSON, written as it comes: one hit at a time, so that any number of them takes no memory.  No Rich here.

The shapes are a contract; `readouts schema` prints it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from readouts_cli.output.sanitize import UNSAFE
from readouts_cli.results import SearchResult

#: JSON's own escapes cover the first; the others would steer a terminal, or are not UTF-8.
_ESCAPED = re.compile(f"[{UNSAFE}]")

#: Those that can be in UTF-8, and the bytes that are of none of them.
_ESCAPED_UTF8 = re.compile(rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
_PLAIN = bytes(range(0x20, 0x7F))


def encoded(value: object) -> str:
    """A value as JSON on one line, with characters that could steer a terminal escaped, and nothing changed."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def encoded_utf8(value: object) -> bytes:
    """The same in UTF-8, several times as quickly, of a value without fractional numbers; it may hold days."""
    import msgspec

    try:
        written = msgspec.json.encode(value)
        if not _ESCAPED_UTF8.search(written.translate(None, _PLAIN)):
            return written
    except UnicodeEncodeError:  # there are lone surrogates
        pass
    return encoded(msgspec.to_builtins(value)).encode()


def write_object(stream: TextIO, value: object, *, end: str = "\n") -> None:
    """One value on one line."""
    stream.write(encoded(value) + end)


def write_objects(stream: TextIO, values: Iterable[object], *, end: str = "\n") -> None:
    """JSON Lines: one value a line."""
    for value in values:
        write_object(stream, value, end=end)


def write_array(stream: TextIO, head: Mapping[str, Any], name: str, values: Iterable[object]) -> None:
    """An object with the keys of `head` and, under `name`, an array with one value a line."""
    stream.write(f"{encoded(head)[:-1]},{encoded(name)}:[")
    _write_elements(stream, values, "}")


def write_elements(stream: TextIO, values: Iterable[object]) -> None:
    """An array with one value a line."""
    stream.write("[")
    _write_elements(stream, values)


def write_search(stream: TextIO, result: SearchResult, hits: Iterable[Mapping[str, Any]]) -> None:
    """A search's answer; `hits` are the shapes of the result's hits."""
    head = {
        "schema": "readouts.search/1",
        "query": result.query,
        "total": result.total,
        "offset": result.offset,
        "undated_left_out": result.undated_left_out,
        "synonyms": list(result.synonyms),
    }
    write_array(stream, head, "hits", hits)


def _write_elements(stream: TextIO, values: Iterable[object], close: str = "") -> None:
    """What stands in an array, its bracket, and what closes around it."""
    separator = "\n"
    for value in values:
        stream.write(separator + encoded(value))
        separator = ",\n"
    stream.write(("]" if separator == "\n" else "\n]") + close + "\n")
