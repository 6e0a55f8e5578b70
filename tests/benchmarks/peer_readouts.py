"""Only the writing of an index, by one of our own engines: `ENGINE DOCUMENTS INDEX`; prints the seconds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from records import files, say

from readouts_cli.engines import writer_class
from readouts_cli.engines.base import Batch, Entry, FileStamp
from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.files import load, read


def main() -> None:
    """Read everything, then start the clock."""
    engine, documents, index = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    entries = [
        Entry(read_facts(raw, Path(path).stem), FileStamp(path, len(raw.text), 1, ""))
        for path in files(documents)
        for raw in read(load(path), on_problem=say)
    ]
    began = time.perf_counter()
    writer_class(engine).create(index)
    with writer_class(engine)(index) as writer:
        for _ in writer.add_all(entries, _as_is):
            if writer.pending:
                writer.commit(last=False)
        writer.commit()
    print(time.perf_counter() - began)


def _as_is(entry: Entry) -> Batch[None]:
    return Batch([entry], None)


if __name__ == "__main__":
    main()
