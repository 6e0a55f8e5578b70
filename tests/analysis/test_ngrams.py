"""Recurring word sequences against a count of everything."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, seeds

from readouts_cli.analysis.ngrams import Sequence, recurring
from readouts_cli.analysis.word_numbers import word_numbers
from readouts_cli.readout import Readout

texts = st.lists(
    st.lists(st.sampled_from("abc"), max_size=6).map(lambda words: " ".join(words) + ".\n"), max_size=3
).map("".join)


def counted(library: list[str], shortest: int, longest: int, least: int) -> dict[tuple[str, ...], tuple[int, int]]:
    """Every sequence in `least` texts that is not always inside one and the same longer one."""
    occurrences: Counter[tuple[str, ...]] = Counter()
    readouts: Counter[tuple[str, ...]] = Counter()
    for text in library:
        lines = [line.rstrip(".").split() for line in text.splitlines()]
        found = [
            tuple(line[at : at + n]) for line in lines for n in range(1, longest + 1) for at in range(len(line) - n + 1)
        ]
        occurrences.update(found)
        readouts.update(set(found))
    kept = {words for words in occurrences if readouts[words] >= least}

    def is_inside(words: tuple[str, ...]) -> bool:
        return any(
            len(other) == len(words) + 1
            and words in (other[1:], other[:-1])
            and occurrences[other] == occurrences[words]
            for other in kept
        )

    return {
        words: (occurrences[words], readouts[words])
        for words in kept
        if len(words) >= shortest and not is_inside(words)
    }


@settings(deadline=None)
@given(
    st.lists(texts, max_size=4), st.integers(0, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3),
    st.integers(1, 9),
)  # fmt: skip
def test_recurring_is_the_definition(
    library: list[str], behind: int, shortest: int, more: int, least: int, at_once: int
) -> None:
    readouts = [made(str(number), text) for number, text in enumerate(library)]
    numbers = word_numbers(readouts[:behind])
    numbers.merge(word_numbers(readouts[behind:]))
    found = recurring(numbers, shortest=shortest, longest=shortest + more, least=least, at_once=at_once)
    told = {each.words: (each.occurrences, each.readouts) for each in found}
    assert told == counted(library, shortest, shortest + more, least)


def told(readouts: list[Readout], shortest: int, longest: int) -> list[tuple[str, int, int]]:
    found = recurring(word_numbers(readouts), shortest=shortest, longest=longest)
    assert len(found) == len(list(found))
    return [(str(each), each.occurrences, each.readouts) for each in found]


def test_sequences_end_with_the_sentence() -> None:
    assert told([made("a", "One two. Three four."), made("b", "One two. Three four.")], 2, 4) == [
        ("one two", 2, 2),
        ("three four", 2, 2),
    ]


def test_han_counts_by_character() -> None:
    assert told([made("a", "推进双碳工作"), made("b", "双碳 工作"), made("c", "做好双碳")], 2, 4) == [
        ("双碳", 3, 3),
        ("工作", 2, 2),
    ]
    assert str(Sequence(("推", "进", "gdp", "增", "长"), 1, 1)) == "推进 gdp 增长"


def test_the_seeds() -> None:
    found = told(list(seeds().values()), 3, 6)
    assert ("20th national congress", 16, 4) in found
    assert found[0] == ("the spirit of", 30, 5)
