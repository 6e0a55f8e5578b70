"""`readouts convert` and the advice to use it, as a user meets them."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import SEEDS, Run
from jsonschema import validate

from readouts_cli.library import Library
from readouts_cli.output import info
from readouts_cli.output.schemas import schema

pytestmark = pytest.mark.skipif(find_spec("tantivy") is None, reason="tantivy is not installed")

COUNTS = ("added", "changed", "moved", "removed")


def everything(run: Run, library: Path) -> str:
    """All that a library answers: every readout whole, and a search."""
    ids = run("list", "-o", "ids", library=library).lines
    shown = run("show", *sorted(ids), "-o", "jsonl", library=library)
    found = run("search", "dual carbon OR 双碳", "--sort", "id", "-o", "ids", "--all", library=library)
    assert (shown.status, found.status) == (0, 0)
    return shown.out + found.out


def refreshed(run: Run, library: Path) -> dict[str, object]:
    result = run("index", "-o", "json", library=library)
    assert result.status in {0, 4}, result.err
    report: dict[str, object] = json.loads(result.out)
    return report


@pytest.fixture
def source(run: Run, tmp_path: Path) -> Path:
    """A library with a file that cannot be read, and a source that is left out in part."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:03}.txt").write_text(f"Dual carbon meeting {number}\n\nOn May 3, 2021, it met. 双碳\n")
    (folder / "broken.docx").write_text("no document")
    (folder / "draft.txt").write_text("left out")
    result = run("-L", str(tmp_path / "whoosh"), "index", str(folder), "--exclude", "draft*")
    assert result.status == 4
    return tmp_path / "whoosh"


def test_there_and_back_again(run: Run, source: Path, tmp_path: Path) -> None:
    before, there, back = everything(run, source), tmp_path / "tantivy", tmp_path / "again"
    checksums = set()
    for engine, (origin, target) in {"tantivy": (source, there), "whoosh": (there, back)}.items():
        done = run("convert", str(origin), str(target), "--engine", engine, "-o", "json")
        assert (done.status, done.err) == (0, "")
        answer = json.loads(done.out)
        validate(answer, json.loads(schema("convert")))
        assert (answer["copied"], answer["held"]) == (200, 0)
        checksums.add(answer["checksum"])
        assert json.loads(run("info", "-o", "json", library=target).out)["engine"] == engine
        assert everything(run, target) == before
        assert run("verify", library=target).status == 0
    assert len(checksums) == 1
    assert everything(run, source) == before


def test_the_copy_is_refreshed_without_reading_anew(run: Run, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "tantivy"
    assert run("convert", str(source), str(target), "--engine", "tantivy").status == 0
    report = refreshed(run, target)
    assert [report[name] for name in COUNTS] == [[], [], [], []]
    assert report["unchanged"] == 200
    assert [Path(failure["path"]).name for failure in report["failures"]] == ["broken.docx"]  # type: ignore[attr-defined]
    (tmp_path / "files" / "007.txt").write_text("zebra")
    assert refreshed(run, target)["changed"] == ["007"]


#: Runs the program, which dies at the third commit of a conversion.
KILLED = """
import os, signal, sys
from readouts_cli.cli.main import main
from readouts_cli.engines.tantivy.writer import TantivyWriter

commits, commit = 0, TantivyWriter.commit

def commit_or_die(self, *, last=True):
    global commits
    commits += 1
    if commits == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    commit(self, last=last)

TantivyWriter.pending = property(lambda self: True)
TantivyWriter.commit = commit_or_die
sys.exit(main())
"""


def test_a_killed_conversion_goes_on(run: Run, environment: dict[str, str], source: Path, tmp_path: Path) -> None:
    target = tmp_path / "tantivy"
    command = ["convert", str(source), str(target), "--engine", "tantivy", "--cores", "1"]
    done = subprocess.run([sys.executable, "-c", KILLED, *command], env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    for args in (["search", "carbon"], ["list"], ["index"], ["index", str(SEEDS)], ["optimize"]):
        refused = run(*args, library=target)
        assert refused.status == 3
        assert f"is not wholly converted; run again: readouts convert {source} …" in refused.err
    again = json.loads(run(*command, "-o", "json").out)
    assert again["held"] > 0
    assert again["copied"] + again["held"] == 200
    assert everything(run, target) == everything(run, source)
    assert refreshed(run, target)["unchanged"] == 200


def test_what_is_no_target(run: Run, source: Path, seeds_library: Path, tmp_path: Path) -> None:
    into_itself = run("convert", str(source), f"{source}/../whoosh")
    assert (into_itself.status, into_itself.out) == (2, "")
    assert "cannot be converted into itself" in into_itself.err
    before = everything(run, seeds_library)
    other = run("convert", str(source), str(seeds_library))
    assert other.status == 2
    assert "is another library already; convert into a new folder or URL" in other.err
    assert everything(run, seeds_library) == before
    target = tmp_path / "target"
    assert run("convert", str(source), str(target)).status == 0
    engine = run("convert", str(source), str(target), "--engine", "tantivy")
    assert engine.status == 2
    assert "is kept by whoosh; leave out --engine" in engine.err
    assert run("convert", str(source), str(target)).lines[:2] == ["copied\t0", "held\t200"]


def test_a_source_that_is_none(run: Run, tmp_path: Path) -> None:
    result = run("convert", str(tmp_path / "none"), str(tmp_path / "target"))
    assert result.status == 3
    assert not (tmp_path / "target").exists()


def test_names_of_the_config_file(run: Run, source: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[libraries]\nold = "{source}"\nnew = "{tmp_path}/named"\n')
    assert run("convert", "old", "new", env={"READOUTS_CONFIG": str(config)}).status == 0
    assert everything(run, tmp_path / "named") == everything(run, source)


def test_a_person_sees_how_far_it_is(run: Run, source: Path, tmp_path: Path) -> None:
    seen = run("convert", str(source), str(tmp_path / "target"), tty=True)
    assert seen.status == 0
    assert "copying" in seen.out
    assert "comparing" in seen.out


def test_info_advises_tantivy_where_whoosh_has_grown_slow(
    run: Run, seeds_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "a slow library"
    assert run("convert", str(seeds_library), str(slow)).status == 0
    with Library(slow) as library:
        assert info.of(library).advice is None
        monkeypatch.setattr(info, "_MANY", 5)
        advice = info.of(library).advice
        assert ("faster with", advice) in list(info._entries(info.of(library)))
    assert advice is not None
    program, *args = shlex.split(advice)
    assert program == "readouts"
    assert run(*args).status == 0
    fast = slow.with_name("a slow library-tantivy")
    assert everything(run, fast) == everything(run, seeds_library)
    with Library(fast) as library:
        assert info.of(library).advice is None
