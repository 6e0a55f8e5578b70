"""Changing a tantivy index: what a commit holds, what a dead writer leaves, who waits for whom."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

from readouts_cli.engines import workers
from readouts_cli.engines.base import Batch, Entry, FileStamp, Order, Ranking
from readouts_cli.engines.tantivy import writer as writer_module
from readouts_cli.engines.tantivy.engine import TantivyEngine
from readouts_cli.engines.tantivy.writer import TantivyWriter
from readouts_cli.errors import LibraryBusyError, LibraryError, ReadError
from readouts_cli.query.expressions import Term
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import Everything, In
from readouts_cli.readout import Readout


def entry(id: str, text: str = "dual carbon") -> Entry:
    return Entry(Readout(id=id, path=f"/made/{id}", text=text), FileStamp(f"/made/{id}", len(text), 1, "digest"))


def commit(folder: Path, added: Iterable[str], deleted: Iterable[str] = (), text: str = "dual carbon") -> None:
    with TantivyWriter(folder) as writer:
        writer.delete(deleted)
        for id in added:
            writer.add(entry(id, text))
        writer.commit()


NUMBERS = range(300)


def read(number: int) -> Batch[int]:
    if number < 0:
        raise ReadError(f"{number} is negative")
    return Batch([entry(f"{number:03}", f"dual word{number}")], number)


def read_long(number: int) -> Batch[int]:
    return Batch([entry(f"{number:03}", "new " * 25_000)], number)


@pytest.fixture(autouse=True)
def _several_processes_for_short_tasks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_TRIAL", 0.0)
    monkeypatch.setattr(workers, "_SHORT", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    TantivyWriter.create(tmp_path)
    return tmp_path


def test_an_index_is_not_made_over_another(folder: Path) -> None:
    commit(folder, ["a"])
    with pytest.raises(LibraryError, match="holds an index already"):
        TantivyWriter.create(folder)
    assert TantivyEngine(folder).ids() == ["a"]


@pytest.mark.parametrize("delete_first", [True, False])
def test_a_readout_is_replaced_whichever_comes_first(delete_first: bool, folder: Path) -> None:
    commit(folder, ["a", "b"])
    with TantivyWriter(folder) as writer:
        if delete_first:
            writer.delete(["a"])
        writer.add(entry("a", "zebra"))
        if not delete_first:
            writer.delete(["a"])
        writer.commit()
    engine = TantivyEngine(folder)
    assert engine.ids() == ["a", "b"]
    assert engine.readout("a").text == "zebra"
    assert engine.count(In("text", Term(Exact("dual")))) == 1


def test_commits_on_the_way(folder: Path) -> None:
    commit(folder, ["old"])
    with TantivyWriter(folder) as writer:
        writer.delete(["old"])
        writer.add(entry("a"))
        writer.commit(last=False)
        assert TantivyEngine(folder).ids() == ["a"]
        assert writer.base.ids() == ["old"]
        writer.add(entry("b"))
        writer.commit()
        writer.add(entry("c"))
        writer.commit()
    assert TantivyEngine(folder).ids() == ["a", "b", "c"]


def test_much_is_pending_once_it_outgrows_the_memory(folder: Path) -> None:
    with TantivyWriter(folder, memory=1) as writer:
        writer.add(entry("a"))
        assert not writer.pending
        writer.add(entry("b", "dual " * 4_000_000))
        assert writer.pending
        writer.commit(last=False)
        assert not writer.pending


def test_readouts_of_which_a_queue_is_small_wait_longer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_QUEUE", 1)
    monkeypatch.setattr(writer_module, "_MEMORIES_IN_COMMIT", 2)
    megabyte = "dual " * 200_000
    with TantivyWriter(folder, memory=1) as writer:
        for number in range(10):  # stored and indexed, each takes two of the fifteen megabytes that tantivy needs
            writer.add(entry(f"{number}", megabyte))
        assert not writer.pending
        for number in range(10, 16):
            writer.add(entry(f"{number}", megabyte))
        assert writer.pending


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no index can be made"):
        TantivyWriter.create(tmp_path / "missing")


@pytest.mark.parametrize("cores", [1, 2])
def test_a_commit_while_adding_holds_all_of_the_outcomes_before(cores: int, folder: Path) -> None:
    """What replaces a readout and the deletion of what it replaces come into one commit, whenever one is made."""
    commit(folder, [f"{number:03}" for number in NUMBERS])
    commits = 0
    with TantivyWriter(folder, cores=cores, memory=1) as writer:
        for number in writer.add_all(NUMBERS, read_long):
            if writer.pending:
                writer.commit(last=False)
                commits += 1
                engine = TantivyEngine(folder)
                assert len(engine) == len(NUMBERS)
                assert engine.count(In("text", Term(Exact("dual")))) == len(NUMBERS) - number
            writer.delete([f"{number:03}"])
        writer.commit()
    assert commits
    assert TantivyEngine(folder).count(In("text", Term(Exact("dual")))) == 0


def test_two_writers(folder: Path) -> None:
    with TantivyWriter(folder) as first, TantivyWriter(folder) as second:
        first.add(entry("a"))
        with pytest.raises(LibraryBusyError, match="another process"):
            second.add(entry("b"))
        first.commit()
    commit(folder, ["b"])
    assert TantivyEngine(folder).ids() == ["a", "b"]


def test_files_of_what_was_discarded_are_cleared_away(folder: Path) -> None:
    commit(folder, ["a"])
    with TantivyWriter(folder, memory=1) as writer:
        for n in range(40):
            writer.add(entry(f"{n}", f"x{n} " * 50_000))
    commit(folder, ["b"])
    commit(folder, ["c"])
    segments = {path.stem for path in folder.glob("*.store")}
    assert len(segments) <= 3
    assert TantivyEngine(folder).ids() == ["a", "b", "c"]


@pytest.mark.parametrize("cores", [1, 2])
def test_tasks_are_read_in_order_by_any_number_of_processes(cores: int, folder: Path) -> None:
    with TantivyWriter(folder, cores=cores) as writer:
        assert list(writer.add_all(NUMBERS, read)) == list(NUMBERS)
        writer.commit()
    engine = TantivyEngine(folder)
    assert engine.ids() == [f"{number:03}" for number in NUMBERS]
    assert engine.count(In("text", Term(Exact("word299")))) == 1


@pytest.mark.parametrize("cores", [1, 2])
def test_an_error_in_a_process_reaches_the_caller(cores: int, folder: Path) -> None:
    with TantivyWriter(folder, cores=cores) as writer, pytest.raises(ReadError, match="-1 is negative"):
        list(writer.add_all([*NUMBERS, -1], read))
    assert TantivyEngine(folder).ids() == []


def test_a_caller_who_stops_early(folder: Path) -> None:
    with TantivyWriter(folder, cores=2) as writer:
        outcomes = writer.add_all(iter(range(10_000)), read)
        assert next(outcomes) == 0
        outcomes.close()  # type: ignore[attr-defined]
        writer.commit()
    assert "000" in TantivyEngine(folder).ids()


def script(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], stdout=subprocess.PIPE, text=True, bufsize=1
    )


WRITE_ON = """
    import sys
    from pathlib import Path
    from readouts_cli.engines.base import Entry, FileStamp
    from readouts_cli.engines.tantivy.writer import TantivyWriter
    from readouts_cli.readout import Readout
    folder, moment = Path(sys.argv[1]), sys.argv[2]
    def add(writer, batch):
        for n in range(200):
            id = f"{batch:04}-{n:03}"
            text = f"dual {batch} " + " ".join(f"w{batch}x{n}x{k}" for k in range(100))
            writer.add(Entry(Readout(id=id, path=id, text=text), FileStamp(id, 1, 1, "d")))
    with TantivyWriter(folder) as writer:
        for batch in range(10_000):
            add(writer, batch)
            print("added", flush=True)
            if batch == 0 or moment == "committing":
                writer.commit(last=batch % 3 == 0)
                print("committed", flush=True)
"""


def wait_for(process: subprocess.Popen[str], word: str, times: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        times -= line.strip() == word
        if not times:
            return
    raise AssertionError(f"the writer ended before {word!r}")


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize(("moment", "commits"), [("adding", 1), ("committing", 1), ("committing", 5)])
def test_a_killed_writer_leaves_a_whole_commit_and_no_lock(moment: str, commits: int, folder: Path) -> None:
    writer = script(WRITE_ON, str(folder), moment)
    wait_for(writer, "committed", commits)
    wait_for(writer, "added", 1)
    kill(writer)
    ids = TantivyEngine(folder).ids()
    assert len(ids) >= 200 * (1 if moment == "adding" else commits)
    assert len(ids) % 200 == 0
    commit(folder, ["after"])
    engine = TantivyEngine(folder)
    assert engine.ids() == [*ids, "after"]
    assert len(list(engine.readouts(ids))) == len(ids)


def answers(folder: Path, times: int) -> Iterator[int]:
    for _ in range(times):
        engine = TantivyEngine(folder)
        found = engine.search(Everything(), Order.ID, limit=None, offset=0, ranking=Ranking())
        assert len(found.hits) == found.total == engine.count(In("text", Term(Exact("dual"))))
        yield found.total


def test_readers_see_whole_commits_while_another_process_writes(folder: Path) -> None:
    writer = script(WRITE_ON, str(folder), "committing")
    try:
        wait_for(writer, "committed", 1)
        reader = TantivyEngine(folder)
        before = len(reader)
        seen = list(answers(folder, 60))
        assert all(total % 200 == 0 for total in seen)
        assert seen == sorted(seen)
        assert reader.count(Everything()) == before
        assert len(list(reader.readouts(reader.ids()))) == before
    finally:
        kill(writer)
