"""Any file gives readouts or is refused in one line, within bounds of time and memory, whatever has happened to it.

READOUTS_FUZZ_EXAMPLES sets how many mutated files are read (100,000 in a night); what they are made from is in
`corpus/`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import fuzzing
import pytest

from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.verifying import verify

EXAMPLES = int(os.environ.get("READOUTS_FUZZ_EXAMPLES", "480"))

#: Files in the folder that is indexed as a whole.
INDEXED = 60


def test_every_mutated_file_is_read_or_refused(tmp_path: Path) -> None:
    command = [sys.executable, fuzzing.__file__, str(EXAMPLES), "20220826", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    left = [f"{path.name}: {path.read_bytes()!r}" for path in tmp_path.iterdir()]
    assert (done.returncode, left) == (0, []), done.stderr


@pytest.mark.parametrize("path", sorted(fuzzing.CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_the_mutations_are_made_from_is_read(path: Path) -> None:
    if not path.name.startswith("found_"):
        assert fuzzing.fate(path) == "read"


def test_a_folder_of_mutated_files_is_indexed_or_reported(tmp_path: Path) -> None:
    source, library = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    made: list[Path] = []

    def keep(path: Path) -> str:
        made.append(path.rename(source / f"{len(made):03}_{path.name}"))
        path.touch()
        return ""

    fuzzing.fuzz(INDEXED, 7, tmp_path, keep)
    report = update(library, [str(source)], UpdateOptions(cores=1))
    with Library(library) as opened:
        indexed = {stamp.path for _, stamp in opened.engine.stamps()}
    assert len(indexed) > INDEXED / 4
    assert indexed | {failure.path for failure in report.failures} == set(map(str, made))
    assert all(failure.reason.isprintable() and "Error:" not in failure.reason for failure in report.failures)
    assert list(verify(library)) == []
