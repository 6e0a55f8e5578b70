"""Updates: what is new, changed, moved or gone, and that nothing is lost."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import pytest

from readouts_cli.errors import LibraryError, ReadoutsError, UsageError
from readouts_cli.indexing.report import Report, UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.manifest import FORMAT
from readouts_cli.reading.sources import SourceMissingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three readouts by the names that readouts have."""
    made = tmp_path / "source"
    made.mkdir()
    for number, word in enumerate(("carbon", "grain", "harbour")):
        (made / f"{number:03}_{word}.txt").write_text(f" date 2024-05-0{number + 1} The council spoke of {word}.\n")
    return made


def run(folder: Path, *paths: Path | str, stdin: bytes | None = None, **options: object) -> Report:
    stream = io.BufferedReader(io.BytesIO(stdin)) if stdin else None
    chosen = UpdateOptions(**{"cores": 1, **options})  # type: ignore[arg-type]
    return update(folder, [str(path) for path in paths], chosen, stdin=stream)


def texts(folder: Path) -> dict[str, str]:
    with Library(folder) as library:
        return {id: library.engine.readout(id).text for id in library.engine.ids()}


def touch(path: Path, text: str, *, later: int = 10) -> None:
    path.write_text(text)
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + later * 10**9))


def test_a_first_update_makes_the_library_for_its_owner_alone(folder: Path, source: Path) -> None:
    report = run(folder, source)
    assert report.added == ("000", "001", "002")
    assert report.unchanged == 0
    assert report.without_published == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "carbon" in texts(folder)["000"]


def test_an_update_without_changes_commits_nothing(folder: Path, source: Path) -> None:
    run(folder, source)
    before = {path: path.stat().st_mtime_ns for path in (folder / "index").iterdir()}
    report = run(folder)
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), (), (), 3)
    assert {path: path.stat().st_mtime_ns for path in (folder / "index").iterdir()} == before


def test_the_library_remembers_its_sources(folder: Path, source: Path) -> None:
    run(folder, source)
    (source / "003_new.txt").write_text("something new")
    assert run(folder).added == ("003",)


def test_a_change_of_the_same_size_is_seen_by_its_time(folder: Path, source: Path) -> None:
    run(folder, source)
    touch(source / "001_grain.txt", (source / "001_grain.txt").read_text().replace("grain", "brain"))
    report = run(folder)
    assert report.changed == ("001",)
    assert report.unchanged == 2
    assert "brain" in texts(folder)["001"]


def test_a_file_that_was_only_touched_is_unchanged(folder: Path, source: Path) -> None:
    run(folder, source)
    touch(source / "001_grain.txt", (source / "001_grain.txt").read_text())
    report = run(folder)
    assert (report.changed, report.unchanged) == ((), 3)
    assert len(texts(folder)) == 3


def test_a_moved_file_keeps_its_id(folder: Path, source: Path) -> None:
    run(folder, source)
    (source / "001_grain.txt").rename(source / "777_moved.txt")
    report = run(folder)
    assert report.moved == ("001",)
    assert (report.added, report.removed) == ((), ())
    with Library(folder) as library:
        assert library.engine.readout("001").path == str(source / "777_moved.txt")


def test_a_deleted_file_leaves_and_is_reported(folder: Path, source: Path) -> None:
    run(folder, source)
    (source / "001_grain.txt").unlink()
    assert run(folder).removed == ("001",)
    assert sorted(texts(folder)) == ["000", "002"]


@pytest.mark.parametrize("vanish", [shutil.rmtree, lambda path: [child.unlink() for child in path.iterdir()]])
def test_a_source_that_vanished_as_a_whole_removes_nothing(folder: Path, source: Path, vanish: object) -> None:
    run(folder, source)
    vanish(source)  # type: ignore[operator]
    with pytest.raises(SourceMissingError):
        run(folder)
    assert len(texts(folder)) == 3


def test_a_single_file_can_be_a_source_and_go(folder: Path, source: Path) -> None:
    run(folder, source / "000_carbon.txt", source / "001_grain.txt")
    (source / "001_grain.txt").unlink()
    assert run(folder).removed == ("001",)


def test_a_dry_run_tells_and_does_nothing(folder: Path, source: Path) -> None:
    report = run(folder, source, dry_run=True)
    assert len(report.added) == 3
    assert not folder.exists()
    run(folder, source)
    (source / "000_carbon.txt").unlink()
    assert run(folder, dry_run=True).removed == ("000",)
    assert len(texts(folder)) == 3


def test_nothing_to_index_is_an_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="name files or folders"):
        run(folder)
    with pytest.raises(UsageError, match="does not exist"):
        run(folder, "nowhere")
    assert not folder.exists()


def test_names_that_share_their_beginning_go_by_their_stems(folder: Path, source: Path) -> None:
    (source / "000_other.txt").write_text("other")
    assert sorted(run(folder, source).added) == ["000_carbon", "000_other", "001", "002"]


def test_an_id_stays_when_a_rival_comes(folder: Path, source: Path) -> None:
    run(folder, source)
    (source / "000_other.txt").write_text("other")
    assert run(folder).added == ("000_other",)
    assert run(folder, rebuild=True).changed == ("000", "000_other", "001", "002")


def test_equal_names_in_different_folders_do_not_overwrite_one_another(folder: Path, source: Path) -> None:
    (source / "more").mkdir()
    (source / "more" / "000_carbon.txt").write_text("another carbon")
    added = run(folder, source).added
    assert len(set(added)) == 4
    assert all(id.startswith("000_carbon-") for id in added if id.startswith("000"))


def records(*rows: dict[str, str]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_json_lines_use_their_ids(folder: Path, source: Path) -> None:
    file = source / "records.jsonl"
    file.write_bytes(records({"id": "a", "text": "first"}, {"id": "b", "text": "second"}, {"id": "a", "text": "third"}))
    run(folder, file)
    found = texts(folder)
    assert found["a"] == "first"
    assert found["b"] == "second"
    assert sorted(found.values()) == ["first", "second", "third"]


def test_records_that_a_file_no_longer_holds_are_removed(folder: Path, source: Path) -> None:
    file = source / "records.jsonl"
    file.write_bytes(records({"id": "a", "text": "first"}, {"id": "b", "text": "second"}))
    run(folder, file)
    touch(file, records({"id": "b", "text": "changed"}, {"id": "c", "text": "new"}).decode())
    report = run(folder)
    assert (report.added, report.changed, report.removed) == (("c",), ("b",), ("a",))
    assert texts(folder) == {"b": "changed", "c": "new"}


def test_many_records_of_one_file(folder: Path, source: Path) -> None:
    file = source / "records.jsonl"
    file.write_bytes(records(*({"id": f"r{number}", "text": f"number {number}"} for number in range(250))))
    assert len(run(folder, file).added) == 250
    assert run(folder).unchanged == 250


def test_standard_input_adds_and_replaces_but_never_removes(folder: Path, source: Path) -> None:
    run(folder, source)
    assert run(folder, "-", stdin=records({"id": "x", "text": "one"}, {"id": "y", "text": "two"})).added == ("x", "y")
    report = run(folder, "-", stdin=records({"id": "y", "text": "two again"}))
    assert (report.added, report.changed, report.removed) == ((), ("y",), ())
    run(folder)
    found = texts(folder)
    assert (found["x"], found["y"]) == ("one", "two again")
    assert len(found) == 5


def test_a_file_that_fails_is_named_and_tried_again(folder: Path, source: Path) -> None:
    bad = source / "004_bad.txt"
    bad.write_bytes(bytes(range(32)) * 40)
    report = run(folder, source)
    assert [failure.path for failure in report.failures] == [str(bad)]
    assert len(report.added) == 3
    assert [failure.path for failure in run(folder).failures] == [str(bad)]
    bad.write_text("good now")
    report = run(folder)
    assert (report.added, report.failures) == (("004",), ())


def test_a_file_that_fails_after_it_was_read_keeps_its_readout(folder: Path, source: Path) -> None:
    run(folder, source)
    (source / "001_grain.txt").write_bytes(bytes(range(32)) * 40)
    report = run(folder)
    assert len(report.failures) == 1
    assert "grain" in texts(folder)["001"]


def test_a_damaged_index_is_refused_and_rebuilt(folder: Path, source: Path) -> None:
    run(folder, source)
    for path in (folder / "index").glob("*.toc"):
        path.write_bytes(b"nonsense")
    with pytest.raises(LibraryError):
        run(folder)
    run(folder, rebuild=True)
    assert sorted(texts(folder)) == ["000", "001", "002"]


def test_several_cores_make_the_same_library(tmp_path: Path, source: Path) -> None:
    for number in range(100, 600):
        (source / f"{number}_made.txt").write_text(f" date 2024-05-01 On April 30, the council held meeting {number}.")
    one, two = tmp_path / "one", tmp_path / "two"
    first, second = run(one, source), run(two, source, cores=2, memory=200_000)
    assert sorted(first.added) == sorted(second.added)
    assert texts(one) == texts(two)
    assert run(two).unchanged == 503


def test_many_small_updates_leave_few_segments(folder: Path, source: Path) -> None:
    run(folder, source)
    for number in range(100, 130):
        (source / f"{number}_made.txt").write_text(f"meeting {number}")
        run(folder)
    assert len(texts(folder)) == 33
    assert len(list((folder / "index").glob("*.trm"))) < 16


def test_a_library_of_another_format_is_left_alone(folder: Path, source: Path) -> None:
    run(folder, source)
    manifest = folder / "library.json"
    before = manifest.read_text().replace(f'"format": {FORMAT}', '"format": 99')
    manifest.write_text(before)
    with pytest.raises(ReadoutsError, match="format 99"):
        run(folder)
    assert manifest.read_text() == before
    assert run(folder, rebuild=True).failures == ()
    assert len(texts(folder)) == 3


def test_the_engine_is_chosen_when_the_library_is_made(folder: Path, source: Path) -> None:
    run(folder, source, engine="tantivy")
    with Library(folder) as library:
        assert library.engine.name == "tantivy"
    (source / "001_grain.txt").unlink()
    assert run(folder).removed == ("001",)
    with pytest.raises(UsageError, match="kept by tantivy"):
        run(folder, engine="whoosh")
