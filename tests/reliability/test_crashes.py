"""Killed at any moment, an update leaves the last commit, and the next one finishes the job.

READOUTS_KILLS sets how often the program is killed; the suite does it a few times, a long run 200 times or more.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.verifying import Trouble, verify

KILLS = int(os.environ.get("READOUTS_KILLS", "10"))
COMMAND = [sys.executable, "-m", "readouts_cli"]


def write(source: Path, numbers: range, word: str) -> None:
    source.mkdir(exist_ok=True)
    for number in numbers:
        text = (
            f" date 2024-05-02 On May 1, council {number} met about the {word}. " + f"It spoke of item{number}. " * 40
        )
        (source / f"{number:05}_made.txt").write_text(text)


def contents(folder: Path) -> dict[str, str]:
    with Library(folder) as library:
        found = {id: library.engine.readout(id).text for id in library.engine.ids()}
        assert len(library.engine) == len(found), "an id is held twice"
        return found


def damaged(folder: Path) -> list[str]:
    return [finding.message for finding in verify(folder) if finding.trouble is Trouble.DAMAGED]


def leftovers(folder: Path, engine_name: str) -> list[str]:
    """Files of the index that do not belong to its last commit."""
    index = folder / "index"
    if engine_name == "tantivy":
        segments = json.loads((index / "meta.json").read_text())["segments"]
        live = {segment["segment_id"].replace("-", "") for segment in segments} | {"meta"}
    else:
        with Library(folder) as library:
            live = {segment.info.name for segment in library.engine.segments}  # type: ignore[attr-defined]
    names = [path.name for path in index.iterdir() if not path.name.startswith(".") and path.suffix != ".toc"]
    return [name for name in names if "." in name and name.split(".")[0] not in live]


def kill_after(seconds: float, folder: Path, *arguments: str) -> None:
    """Kill the program so long after it began to write."""
    writer = folder / "writer"
    writer.unlink(missing_ok=True)
    with subprocess.Popen(
        [*COMMAND, "-L", str(folder), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not writer.exists() and process.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def run(folder: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "-L", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_killed_updates_lose_nothing_that_was_committed(tmp_path: Path, engine_name: str) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(60), "carbon")
    update(folder, [str(source)], UpdateOptions(engine=engine_name, cores=1))
    moments = random.Random(7)
    began = time.perf_counter()
    assert run(folder, "optimize").returncode == 0
    seconds = time.perf_counter() - began
    for kill in range(KILLS):
        before = contents(folder)
        write(source, range(60 + kill * 30, 90 + kill * 30), f"word{kill}")
        write(source, range(10), f"change{kill}")
        arguments = moments.choice([("index", "--cores", "1"), ("index", "--cores", "2"), ("optimize",)])
        kill_after(moments.uniform(0, 2 * seconds), folder, *arguments)
        assert damaged(folder) == []
        after = contents(folder)
        assert set(before) <= set(after)
        texts = {path.read_text() for path in source.iterdir()}
        assert all(text in texts or text == before.get(id) for id, text in after.items())
    assert run(folder, "index").returncode == 0
    assert sorted(contents(folder).values()) == sorted(path.read_text() for path in source.iterdir())
    assert list(verify(folder)) == []
    assert leftovers(folder, engine_name) == []


def test_an_update_that_is_killed_between_two_of_its_commits_is_taken_up(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(400), "carbon")
    update(folder, [str(source)], UpdateOptions(cores=1))
    write(source, range(400), "grain")
    commits = set((folder / "index").glob("*.toc"))
    script = f"""
from pathlib import Path
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
update(Path({str(folder)!r}), [], UpdateOptions(cores=1, memory=500_000))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as process:
        while set((folder / "index").glob("*.toc")) == commits and process.poll() is None:
            time.sleep(0.001)
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it was done before it could be killed"
    after = contents(folder)
    assert len(after) == 400
    assert 0 < sum("grain" in text for text in after.values()) < 400
    assert run(folder, "index").returncode == 0
    assert sorted(contents(folder).values()) == sorted(path.read_text() for path in source.iterdir())
    assert list(verify(folder)) == []


def test_a_killed_first_build_can_be_repeated(tmp_path: Path, engine_name: str) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(200), "carbon")
    for seconds in (0.0, 0.15, 0.4, 0.7):
        kill_after(seconds, folder, "index", "--engine", engine_name, str(source))
    assert run(folder, "index", "--engine", engine_name, str(source)).returncode == 0
    assert len(contents(folder)) == 200
    assert list(verify(folder)) == []


def test_a_killed_build_takes_its_processes_with_it(tmp_path: Path, engine_name: str) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(5000), "carbon")
    command = [*COMMAND, "-L", str(folder), "index", "-q", "--cores", "2", "--engine", engine_name, str(source)]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as process:
        while processes(process.pid) < 3 and process.poll() is None:
            time.sleep(0.005)
        time.sleep(0.5)
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it was done before it could be killed"
    until = time.monotonic() + 20
    while processes(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert processes(process.pid) == 0
    assert run(folder, "index", "--engine", engine_name, str(source)).returncode == 0
    assert len(contents(folder)) == 5000


def processes(session: int) -> int:
    """How many processes of a session are alive."""
    statuses = (status(path) for path in Path("/proc").glob("[0-9]*"))
    return sum(fields[3] == str(session) and fields[0] != "Z" for fields in statuses if fields)


def status(process: Path) -> list[str]:
    """State, parent, group, session … of a process; nothing where it is gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@pytest.mark.parametrize("blocks", [8_000, 40_000, 100_000])
def test_a_full_disk_leaves_the_last_commit(tmp_path: Path, blocks: int, engine_name: str) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(5), "carbon")
    update(folder, [str(source)], UpdateOptions(engine=engine_name, cores=1))
    before = contents(folder)
    write(source, range(100, 900), "grain")
    result = run(
        folder,
        "index",
        "--cores",
        "1",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (blocks, blocks)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert result.returncode not in {0, 1}
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert contents(folder) == before
    assert run(folder, "index").returncode == 0
    assert len(contents(folder)) == 805


def test_files_are_on_the_disk_before_the_commit_is_visible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, range(5), "carbon")
    calls: list[tuple[str, str]] = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(descriptor: int) -> None:
        calls.append(("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        real_sync(descriptor)

    def rename(old: Path, new: Path) -> Path:
        calls.append(("rename", str(new)))
        return real_rename(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    update(folder, [str(source)], UpdateOptions(cores=1))
    toc = str(max((folder / "index").glob("*.toc")))
    visible = calls.index(("rename", toc))
    synced = {path for kind, path in calls[:visible] if kind == "sync"}
    segment = {str(path) for path in (folder / "index").iterdir() if path.suffix != ".toc" and "LOCK" not in path.name}
    assert segment <= synced
    assert ("sync", str(folder / "index")) in calls[visible:]
