"""Which segments a commit rewrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.whoosh.engine import WhooshEngine
from readouts_cli.engines.whoosh.writer import MERGED_TOGETHER, WhooshWriter
from readouts_cli.readout import Readout


def commit(folder: Path, number: int, words: int, cores: int) -> None:
    text = " ".join(f"word{n}" for n in range(words))
    readout = Readout(id=f"r{number}", path=f"r{number}.txt", text=text)
    with WhooshWriter(folder, cores=cores, memory=2**20) as writer:
        writer.add(Entry(readout, FileStamp(readout.path, 1, 1, "digest")))
        writer.commit()


@pytest.mark.parametrize(("words", "kept"), [(10, 1), (8_000, MERGED_TOGETHER)])
def test_small_segments_are_merged_and_large_ones_stay(tmp_path: Path, words: int, kept: int) -> None:
    WhooshWriter.create(tmp_path)
    for number in range(MERGED_TOGETHER):
        commit(tmp_path, number, words, cores=1 + number % 2)
    engine = WhooshEngine(tmp_path)
    assert (len(engine.segments), len(engine)) == (kept, MERGED_TOGETHER)
    engine.close()
