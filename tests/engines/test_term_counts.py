"""The words of sets of readouts counted from posting lists: exactly what reading counts."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WORDS, conditions, libraries

from readouts_cli.analysis.keyness import Counting, WordsOf, counted
from readouts_cli.engines.base import Entry, FileStamp, Volume
from readouts_cli.engines.whoosh.engine import WhooshEngine
from readouts_cli.engines.whoosh.writer import WhooshWriter
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Term
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import Condition, Everything, In, Not
from readouts_cli.readout import Readout

#: First letters that fall into many parts of the lexicon, and behind them; signs that are Han only once folded.
OTHER = ["0", "9th", "a", "zoo", "école", "Ωμέγα", "ёлка", "ﬁne", "ひらがな", "한국", "don’t", "_x_", "㊀", "㊀㊁"]

texts = st.lists(st.sampled_from([word for word in WORDS if word.isascii()] + OTHER), max_size=20).map(" ".join)


@st.composite
def some_with_han(draw: st.DrawFn) -> list[Readout]:
    """Readouts of which some hold Han text, and others not."""
    return [
        replace(readout, text=draw(texts)) if draw(st.booleans()) else readout
        for readout in draw(libraries) + tuple(replace(each, id=f"x{each.id}") for each in draw(libraries))
    ]


def store(folder: Path, library: Sequence[Readout], gone: Iterable[str] = ()) -> WhooshEngine:
    """An index of two segments, from the first of which, of three readouts, some are deleted again."""
    WhooshWriter.create(folder)
    for batch in (library[:3], library[3:]):
        with WhooshWriter(folder) as writer:
            writer.delete(id for id in gone if writer.base.has(id))
            for readout in batch:
                writer.add(Entry(readout, FileStamp(readout.path, len(readout.text), 1, "digest")))
            writer.commit()
    return WhooshEngine(folder)


def told(engine: WhooshEngine, sets: Sequence[Condition], counting: Counting) -> list[WordsOf] | None:
    """The words of each set, as the engine counts them, and of the readouts that it leaves to be read."""
    found = engine.term_counts(sets, tokens=counting is Counting.TOKENS)
    if found is None:
        return None
    sides = [WordsOf(counting, volume) for volume in found.volumes]
    parts = [part() for part in found.parts]
    together = {term: counts for part in parts for term, counts in part.items()}
    assert sum(map(len, parts)) == len(together)
    assert found.of([*together, "nowhere"]) == together
    for number, side in enumerate(sides):
        side.counts = Counter({term: counts[number] for term, counts in together.items()})
        side.merge(counted(engine.readouts(found.left_out[number]), counting))
    return sides


@settings(deadline=None, max_examples=50)
@given(st.data(), some_with_han(), st.lists(conditions, max_size=2), st.sampled_from(Counting))
def test_counts_are_what_reading_counts(
    data: st.DataObject, library: list[Readout], asked: list[Condition], counting: Counting
) -> None:
    gone = data.draw(st.sets(st.sampled_from([readout.id for readout in library[:3]])))
    sets = [*asked, Everything()]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = store(Path(folder), library, gone)
        found = told(engine, sets, counting)
        left = [readout for readout in library if readout.id not in gone]
        for condition, side in zip(sets, found or (), strict=False):
            read = counted((each for each in left if condition.accepts(document(each))), counting)
            assert (+side.counts, side.side) == (read.counts, read.side)


def exactly(word: str) -> Condition:
    return In(TEXT, Term(Exact(word)))


LIBRARY = [Readout(id=str(n), path=f"/{n}", text=f"dual carbon {n} carbon") for n in range(16)]
HAN = [replace(readout, id=f"h{readout.id}", text="双碳，党") for readout in LIBRARY]


def test_all_others_are_counted_with_the_focus(tmp_path: Path) -> None:
    engine = store(tmp_path, [*LIBRARY, HAN[0]], {"1"})
    found = engine.term_counts([exactly("7"), Not(exactly("7"))], tokens=True)
    assert found is not None
    assert found.volumes == [Volume(1, 4), Volume(14, 56)]
    assert found.left_out == [[], ["h0"]]
    counts = {term: count for part in found.parts for term, count in part().items()}
    assert (counts["carbon"], counts["7"]) == ((2, 28), (1, 0))
    assert "1" not in counts


def test_few_readouts_and_han_text_are_quicker_read(tmp_path: Path) -> None:
    engine = store(tmp_path, [*LIBRARY, *HAN])
    assert engine.term_counts([exactly("7")], tokens=False) is None
    assert engine.term_counts([exactly("党")], tokens=False) is None
    assert engine.term_counts([exactly("dual")], tokens=False) is not None
