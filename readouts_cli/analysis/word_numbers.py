"""Texts as numbers of their words, in which sequences are counted many times as fast as in the words themselves."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from readouts_cli.query.tokens import has_han, is_han, terms
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: Stands behind each sentence.
END = 0


class WordNumbers:
    """The words of texts by number, from 1, text after text; `lengths` says how many numbers each text has.

    A Han character counts as a word.  Behind a sentence stands `END`, and between two runs of Han characters.
    """

    def __init__(self) -> None:
        self.words = _Words()
        self.numbers = array("I")
        self.lengths = array("I")

    def add(self, text: str) -> None:
        """Add a text."""
        before = len(self.numbers)
        for sentence in sentences(text, Span(0, len(text))):
            words = text[sentence.start : sentence.end]
            self.numbers.extend(map(self.words.__getitem__, terms(words)) if not has_han(words) else self._han(words))
            self.numbers.append(END)
        self.lengths.append(len(self.numbers) - before)

    def merge(self, other: WordNumbers) -> None:
        """Add the texts of another."""
        import numpy as np  # starts threads, and processes that read are forked while there are none

        ours = np.array([END, *map(self.words.__getitem__, other.words)], np.uint32)
        self.numbers.frombytes(ours[other.numbers].tobytes())
        self.lengths.extend(other.lengths)

    def _han(self, sentence: str) -> Iterator[int]:
        run_ended = False
        for term in terms(sentence):
            if run_ended and is_han(term):
                yield END
            yield self.words[term[0] if is_han(term) else term]
            run_ended = is_han(term) and len(term) == 1


class _Words(dict[str, int]):
    """Words → their numbers."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self) + 1
        return number


def word_numbers(readouts: Iterable[Readout]) -> WordNumbers:
    """The words of readouts, by number."""
    found = WordNumbers()
    for readout in readouts:
        found.add(readout.text)
    return found
