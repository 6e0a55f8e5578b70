"""What reads like a readout."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from math import log
from pathlib import Path

import pytest
from asking import Ask
from conftest import Run
from libraries import made, seeds

from readouts_cli.analysis.similar import Telling, by_similarity, holding, nearest, telling
from readouts_cli.query.fields import document
from readouts_cli.query.tokens import terms

MADE = [
    made("a", "flood control and flood relief on the river"),
    made("b", "flood relief for the villages on the river"),
    made("c", "the budget and the audit"),
    made("d", "relief for the villages"),
]
HOLDING = Counter(term for readout in MADE for term in set(terms(readout.text)))


def counted(holding: Counter[str]) -> Callable[[Iterable[str]], dict[str, int]]:
    """An engine's `holding`, answered from counts."""
    return lambda words: {word: holding[word] for word in words}


def test_telling_words() -> None:
    words = telling(MADE[0], counted(HOLDING), len(MADE))
    assert [(word.term, word.count, word.readouts) for word in words] == [
        ("flood", 2, 2),
        ("and", 1, 2),
        ("on", 1, 2),
        ("river", 1, 2),
        ("relief", 1, 3),
    ]
    assert words[0].weight == pytest.approx((1 + log(2)) * log(4 / 2))
    assert telling(MADE[0], counted(HOLDING), len(MADE), count=1) == words[:1]


def test_most_alike_first() -> None:
    words = telling(MADE[0], counted(HOLDING), len(MADE))
    found = by_similarity(words, MADE[1:])
    assert [each.readout.id for each in found] == ["b", "c", "d"]
    assert found[0].shared == ("flood", "on", "river", "relief")
    assert 0 < found[2].similarity < found[0].similarity < 1
    assert by_similarity(words, MADE[:1])[0].similarity == pytest.approx(1)


def test_the_nearest_share_most_weight() -> None:
    words = telling(MADE[0], counted(HOLDING), len(MADE))

    def holders(word: Telling) -> list[str]:
        return [readout.id for readout in MADE if holding(word).accepts(document(readout))]

    assert nearest(words, holders, 9) == ["a", "b", "c", "d"]
    assert nearest(words, holders, 2) == ["a", "b"]


def test_a_long_text_with_all_telling_words_is_nearer_than_short_ones_full_of_one(run: Run, tmp_path: Path) -> None:
    telling_words = "river flood relief village granary"
    texts = [telling_words, " ".join(f"{word} and more" for word in telling_words.split()) + " filler" * 2000]
    texts += ["flood granary " * 3 + str(n) for n in range(12)]
    texts += [f"nothing of it {n}" for n in range(9)]
    source = tmp_path / "made.jsonl"
    source.write_text("".join(json.dumps({"id": f"{n:02}", "text": text}) + "\n" for n, text in enumerate(texts)))
    run("-L", str(tmp_path / "library"), "index", str(source))
    [[id, _, similarity, *_]] = Ask(run, tmp_path / "library").rows("similar", "00", "-n", "1")
    assert (id, similarity) == ("01", "1.0")


def test_the_liaoning_readouts_read_alike() -> None:
    library = seeds()
    holding = Counter(term for readout in library.values() for term in set(terms(readout.text)))
    words = telling(library["003"], counted(holding), len(library))
    assert by_similarity(words, (library[id] for id in ("000", "001", "002", "004")))[0].readout.id == "001"
