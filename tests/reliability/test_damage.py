"""A library is believed only as it was written, and only if it is the user's own."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import random
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from readouts_cli import manifest
from readouts_cli.engines.base import Facet
from readouts_cli.engines.whoosh.checksums import sealed
from readouts_cli.errors import LibraryError
from readouts_cli.indexing.maintenance import forget
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.query.syntax import Options, parse
from readouts_cli.verifying import Trouble, verify

SEEDS = Path(__file__).parents[2] / "seeds"
QUERIES = ['"dual carbon"', "revital*", "establish", "met:2022-08", "presided:Xu", "party NEAR/3 congress", "-carbon"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "library"
    update(folder, [str(SEEDS)], UpdateOptions(cores=1))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


def answers(folder: Path) -> list[object]:
    found: list[object] = []
    with Library(folder) as library:
        for query in QUERIES:
            parsed = parse(query, Options(today=dt.date(2026, 11, 22)))
            result = library.search(parsed)
            found.append([(hit.readout, hit.score, hit.matches) for hit in result.hits])
            found.append(library.facet(parsed, Facet.MONTH))
    return found


def test_a_flipped_byte_anywhere_is_found_and_never_believed(folder: Path) -> None:
    right = answers(folder)
    moments = random.Random(11)
    for path in sorted((folder / "index").iterdir()):
        whole = path.read_bytes()
        for _ in range(3 if whole else 0):
            place = moments.randrange(len(whole))
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << moments.randrange(8)]) + whole[place + 1 :])
            assert any(finding.trouble is Trouble.DAMAGED for finding in verify(folder)), (path.name, place)
            with suppress(LibraryError):
                assert answers(folder) == right, (path.name, place)
        path.write_bytes(whole)
    assert list(verify(folder)) == []


def test_a_missing_or_shortened_file_is_found(folder: Path) -> None:
    for path in sorted((folder / "index").iterdir()):
        whole = path.read_bytes()
        if not whole:
            continue
        path.write_bytes(whole[:-1])
        assert list(verify(folder))
        path.unlink()
        assert list(verify(folder))
        path.write_bytes(whole)
    assert list(verify(folder)) == []


def test_a_damaged_library_is_mended_by_the_command_that_verify_names(folder: Path) -> None:
    right = answers(folder)
    for path in (folder / "index").glob("*.pst"):
        path.write_bytes(b"nonsense")
    assert {finding.remedy for finding in verify(folder)} == {"index --rebuild"}
    update(folder, [], UpdateOptions(cores=1, rebuild=True))
    assert list(verify(folder)) == []
    assert answers(folder) == right


def test_changed_missing_and_orphaned_files_are_told(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / f"{name}.txt").write_text(f"council {name}")
    update(folder, [str(source)], UpdateOptions(cores=1))
    (source / "a.txt").write_text("changed")
    (source / "b.txt").unlink()
    found = {finding.trouble: finding.message for finding in verify(folder)}
    assert set(found) == {Trouble.CHANGED, Trouble.MISSING}
    assert "a.txt" in found[Trouble.CHANGED]
    manifest.save(folder, replace(manifest.load(folder), sources=()))
    assert {finding.trouble for finding in verify(folder)} == {Trouble.ORPHANED}


def test_a_source_can_be_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    update(folder, [str(tmp_path / "one"), str(tmp_path / "two")], UpdateOptions(cores=1))
    assert forget(folder, [str(tmp_path / "one")], wait=0, notify=lambda _: None) == ("one",)
    with Library(folder) as library:
        assert library.engine.ids() == ["two"]
        assert library.manifest.sources == (str(tmp_path / "two"),)


class Malice:
    """Unpickles into a call that leaves a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.trace),))


def test_a_malicious_pickle_runs_nothing(folder: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    payload = pickle.dumps(Malice(trace), 2)
    pickle.loads(payload)
    assert trace.exists(), "the payload would work"
    trace.rmdir()
    toc = next((folder / "index").glob("*.toc"))
    segments = toc.read_bytes()[:-8]
    start = max(segments.rfind(bytes((0x80, protocol))) for protocol in range(2, 6))
    toc.write_bytes(sealed(segments[:start] + payload))
    with pytest.raises(LibraryError, match="no library needs"):
        Library(folder)
    assert not trace.exists()


def test_a_library_that_others_can_write_is_refused(folder: Path) -> None:
    for path in (folder, folder / "library.json", folder / "index"):
        mode = path.stat().st_mode
        path.chmod(mode | 0o022)
        with pytest.raises(LibraryError, match="other users"):
            Library(folder)
        path.chmod(mode)
    Library(folder).engine.close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_library_of_another_user_is_refused(folder: Path) -> None:
    os.chown(folder / "library.json", 65534, 65534)
    with pytest.raises(LibraryError, match="another user"):
        Library(folder)
