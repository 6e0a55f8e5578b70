"""Shingles: the short token runs by which texts that share much find one another.

Of each text only some shingles need be kept.  Winnowing (Schleimer, Wilkerson & Aiken 2003) keeps the least hash of
every `window` neighbouring ones, so that two texts that share a run of `SHINGLE + window − 1` tokens are sure to have a
kept shingle in common, wherever the run stands.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from zlib import crc32

#: The length of a shingle, in tokens.
SHINGLE = 5

#: About how many kept shingles all texts may have together, and how many shingles a text has; both decide the window.
_MOST_KEPT = 4_000_000
_PER_TEXT = 700

#: A shingle of so few texts speaks for every pair of them.
_FEW = 20

#: So many pairs may be spoken for by shingles of more texts, before it would take too much memory.
_MOST_PAIRS = 2_000_000

#: Words whose numbers are remembered.
_REMEMBERED = 200_000

#: A kept shingle and the number of its text in one integer of 63 bits.
_TEXT_BITS = 24
_TEXT_MASK = (1 << _TEXT_BITS) - 1
_HASH_MASK = (1 << (63 - _TEXT_BITS)) - 1

#: Kept shingles are laid on so many shelves by their hashes, each of which is sorted by itself: sorting takes five
#: times the memory.
_SHELVES = 64

Shingle = tuple[str, ...]


def shingles(terms: Sequence[str]) -> set[Shingle]:
    """The shingles of a text; a shorter text is one shingle."""
    if len(terms) <= SHINGLE:
        return {tuple(terms)} if terms else set()
    return set(zip(*(terms[n:] for n in range(SHINGLE)), strict=False))


def containment(one: set[Shingle], other: set[Shingle]) -> float:
    """The share of the shingles of the text with fewer that the other has too (Broder 1997); 0 where one has none."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def window_for(texts: int) -> int:
    """The window at which the kept shingles of so many texts fit into memory; 1 keeps all."""
    return max(1, 2 * texts * _PER_TEXT // _MOST_KEPT)


def kept(terms: Sequence[str], window: int) -> array[int]:
    """What is kept of the shingles of a text: hashes of them, in no order."""
    return array("Q", (hashed & _HASH_MASK for hashed in set(_winnowed(_hashes(terms), window))))


class ShingleIndex:
    """Finds pairs of texts that have kept shingles in common; texts are numbered in the order they are added."""

    def __init__(self, window: int) -> None:
        self.window = window
        self._entries = [array("Q") for _ in range(_SHELVES)]
        self._kept: list[int] = []

    def add(self, kept: Sequence[int]) -> None:
        """Add the next text by what is kept of it."""
        number = len(self._kept)
        for hashed in kept:
            self._entries[hashed % _SHELVES].append(hashed << _TEXT_BITS | number)
        self._kept.append(len(kept))

    def pairs(self, share: float, order: Sequence[int] | None = None) -> list[tuple[int, int]]:
        """The pairs of texts that have at least `share` of the kept shingles of the one with fewer in common.

        A shingle of more texts than can be counted pair by pair speaks only for pairs with the first of them, by their
        places in `order`: it is a formula, or they are all copies of the first.
        """
        common: Counter[int] = Counter()
        most = self._most_holders()
        for texts in self._holders():
            if len(texts) <= most:
                common.update([one << _TEXT_BITS | other for one, other in combinations(texts, 2)])
            else:
                first = min(texts, key=order.__getitem__) if order else texts[0]
                common.update([min(first, text) << _TEXT_BITS | max(first, text) for text in texts if text != first])
        kept = self._kept
        pairs = ((pair >> _TEXT_BITS, pair & _TEXT_MASK, count) for pair, count in common.items())
        return sorted((one, other) for one, other, count in pairs if count >= share * min(kept[one], kept[other]))

    def _most_holders(self) -> int:
        """How many texts a shingle may have to speak for every pair of them."""
        shingles = Counter(map(len, self._holders()))
        most, pairs = _FEW, 0
        for holders in sorted(shingles):
            pairs += shingles[holders] * holders * (holders - 1) // 2
            if pairs > _MOST_PAIRS:
                break
            most = max(most, holders)
        return most

    def _holders(self) -> Iterator[list[int]]:
        """For each kept shingle of several texts, these texts."""
        for entries in self._entries:
            known, texts = -1, [0]
            for entry in sorted(entries):
                hashed = entry >> _TEXT_BITS
                if hashed == known:
                    texts.append(entry & _TEXT_MASK)
                    continue
                if len(texts) > 1:
                    yield texts
                known, texts = hashed, [entry & _TEXT_MASK]
            if len(texts) > 1:
                yield texts


class _Numbers(dict[str, int]):
    """A number for each word, the same in every run; those of frequent words are remembered."""

    def __missing__(self, term: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        number = self[term] = crc32(term.encode("utf-8", "surrogatepass"))
        return number


_NUMBERS = _Numbers()


def _hashes(terms: Sequence[str]) -> list[int]:
    """A hash of each shingle, in order; the same in every run, as Python's own hashes of strings are not."""
    numbers = list(map(_NUMBERS.__getitem__, terms))
    if len(numbers) <= SHINGLE:
        return [hash(tuple(numbers))] if numbers else []
    return list(map(hash, zip(*(numbers[n:] for n in range(SHINGLE)), strict=False)))


def _winnowed(hashes: Sequence[int], window: int) -> Iterable[int]:
    """The least of every `window` neighbouring hashes."""
    if window == 1 or len(hashes) <= window:
        return hashes if window == 1 else [min(hashes, default=0)][: len(hashes)]
    kept: list[int] = []
    least_at = -1
    for end in range(window, len(hashes) + 1):
        start = end - window
        if least_at < start:
            least_at = min(range(start, end), key=hashes.__getitem__)
        elif hashes[end - 1] < hashes[least_at]:
            least_at = end - 1
        else:
            continue
        kept.append(hashes[least_at])
    return kept
