"""The commands that look after a library, as a user runs them."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import validate

from readouts_cli.output.schemas import schema


@pytest.fixture
def library(seeds_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds_library, tmp_path / "copy"))


def test_verify_is_quiet_about_a_sound_library(run: Run, library: Path) -> None:
    result = run("verify", library=library)
    assert (result.status, result.out, result.err) == (0, "", "")
    answer = json.loads(run("verify", "-o", "json", library=library).out)
    validate(answer, json.loads(schema("verify")))
    assert answer["findings"] == []


def test_verify_names_the_damage_and_the_remedy(run: Run, library: Path) -> None:
    damaged = next((library / "index").glob("*.pst"))
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
    result = run("verify", library=library)
    assert result.status == 3
    assert result.out.startswith("damaged\t")
    assert result.out.rstrip().endswith(f"\treadouts -L {library} index --rebuild")
    assert "run:" not in result.out
    answer = json.loads(run("verify", "-o", "json", library=library).out)
    validate(answer, json.loads(schema("verify")))
    assert run("search", "carbon", library=library).status == 3
    assert run("index", "--rebuild", library=library).status == 0
    assert run("verify", library=library).status == 0


def test_a_remedy_names_the_library_that_it_is_for(run: Run, library: Path, tmp_path: Path) -> None:
    spaced = library.rename(tmp_path / "the library")
    remembered = json.loads((spaced / "library.json").read_text())["sources"]
    (spaced / "library.json").write_text("{}")
    damaged = run("-L", str(spaced), "verify").out
    assert damaged.endswith(f"\treadouts -L '{spaced}' index --rebuild PATH…\n")
    program, *arguments = shlex.split(damaged.rsplit("\t")[-1])
    assert program == "readouts"
    assert run(*arguments[:-1], *remembered).status == 0
    assert run("-L", str(spaced), "verify").status == 0


def test_a_remedy_for_the_default_library_names_none(run: Run, library: Path, tmp_path: Path) -> None:
    default = tmp_path / "readouts" / "default"
    default.parent.mkdir()
    (library.rename(default) / "library.json").write_text("{}")
    assert run("verify", env={"XDG_DATA_HOME": str(tmp_path)}).out.endswith("\treadouts index --rebuild PATH…\n")


def test_optimize_changes_no_answer(run: Run, library: Path) -> None:
    before = run("search", "carbon", "-o", "json", library=library).out
    assert run("optimize", library=library).status == 0
    assert run("search", "carbon", "-o", "json", library=library).out == before


def test_forget_drops_a_source(run: Run, library: Path) -> None:
    (source,) = json.loads((library / "library.json").read_text())["sources"]
    result = run("forget", source, library=library)
    assert result.status == 0
    assert sorted(result.lines) == ["000", "001", "002", "003", "004"]
    assert run("list", library=library).status == 1
    assert run("forget", source, library=library).status == 2
