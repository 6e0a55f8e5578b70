"""Ids: short names that stay the same, one a readout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from os.path import basename

#: Endings that a file's stem is without; `.txt.gz` counts as one.
_ENDING = re.compile(r"(?<=.)(?:\.gz|\.\w{1,5}(?:\.gz)?)$")

#: Characters that would break a line of output in two; in an id each becomes an underscore.
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")

#: How long a name may be, in characters: stores have their limits, and so has a line.
_LONGEST = 200

#: How long the digests are, in bytes, that tell apart names of one library, and texts of any number.
_SUFFIX_BYTES, _TEXT_BYTES = 3, 8


def stem(path: str) -> str:
    """A file's name without its ending."""
    return _fit(_ENDING.sub("", basename(path)))  # noqa: PTH119  # a Path for each of a million files


def short_name(path: str) -> str:
    """A file's name up to the first underscore, or its stem where nothing stands before one."""
    return _shortened(stem(path))


def name_of_text(text: str) -> str:
    """A name for a record of standard input that brings none: always the same for one text."""
    return f"stdin-{_digest(text, _TEXT_BYTES)}"


class Ids:
    """Gives out ids that no other readout of the library has.

    `taken` are the ids in use; `files` the paths that will need one, so that a short name that two of them share goes
    to neither.  Whatever is released, no id is given out twice: a library that holds one twice is mended by a rebuild.
    """

    def __init__(self, taken: Iterable[str], files: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._given: set[str] = set()
        stems = list(map(stem, files))
        self._short = Counter(map(_shortened, stems))
        self._stems = Counter(stems)

    def release(self, ids: Iterable[str]) -> None:
        """Ids that are no longer in use, but for those that were given out meanwhile."""
        self._taken.difference_update(id for id in ids if id not in self._given)

    def keep(self, ids: Iterable[str]) -> None:
        """Ids that are in use after all."""
        self._taken.update(ids)

    def again(self, id: str, path: str) -> str:
        """The id that a file has had, or another where that was given out meanwhile."""
        if id in self._given:
            return self.for_file(path)
        self._given.add(id)
        return id

    def for_file(self, path: str) -> str:
        """The id of a readout that is a whole file: short name, else stem, else stem and a short hash of the path."""
        whole = stem(path)
        short = _shortened(whole)
        if self._short[short] <= 1 and short not in self._taken:
            return self._take(short)
        if self._stems[whole] <= 1 and whole not in self._taken:
            return self._take(whole)
        return self._take(_hashed(whole, path))

    def for_record(self, path: str, number: int, given: str | None) -> str:
        """The id of a record of a file that holds several: its own, else file and number; with a hash where taken."""
        wanted = _fit(given) if given else f"{short_name(path)}-{number}"
        if wanted not in self._taken:
            return self._take(wanted)
        return self._take(_hashed(wanted, f"{path}#{number}"))

    def _take(self, id: str) -> str:
        free = id
        again = 0
        while free in self._taken:
            again += 1
            free = _hashed(id, f"{id}#{again}")
        self._taken.add(free)
        self._given.add(free)
        return free


def _fit(name: str) -> str:
    """A name as it can stand in a line and, without a hyphen in front, be the argument of a command."""
    fit = _UNPRINTABLE.sub("_", name).lstrip("-") or "_"
    return fit if len(fit) <= _LONGEST else _hashed(fit[:_LONGEST], fit)


def _shortened(whole: str) -> str:
    return whole.split("_", 1)[0] or whole


def _hashed(name: str, place: str) -> str:
    return f"{name}-{_digest(place, _SUFFIX_BYTES)}"


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
