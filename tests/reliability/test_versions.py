"""A library of another version is neither read nor changed; the command that the message names rebuilds it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SEEDS, Run

from readouts_cli.cli.commands import NAMES
from readouts_cli.engines import ENGINES
from readouts_cli.engines.whoosh import checksums
from readouts_cli.errors import LibraryError
from readouts_cli.manifest import FORMAT, Manifest, load, save, sealed

#: What each command needs beside a library; None where it needs no library.
ARGUMENTS: dict[str, list[str] | None] = {
    **{name: ["carbon"] for name in ("search", "kwic", "trend", "first", "absent", "phrases", "collocates", "copies")},
    **{name: [] for name in ("list", "index", "info", "verify", "optimize", "people", "bodies")},
    **dict.fromkeys(("help", "fields", "schema", "config", "completion")),
    "show": ["003"],
    "similar": ["003"],
    "compare": ["001", "003"],
    "keyness": ["--focus", "carbon"],
    "export": ["--format", "csv", "carbon"],
    "forget": [str(SEEDS)],
    "convert": ["SOURCE", "TARGET"],
}
COMMANDS = [name for name in NAMES if ARGUMENTS[name] is not None]


def in_manifest(folder: Path) -> None:
    """As a later version might write it."""
    path = folder / "library.json"
    members = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**members, "format": FORMAT + 1, "failures": 7, "novelty": [1]}), "utf-8")


def in_checksums(folder: Path) -> None:
    """The first line of a segment's checksum file, and with it their own checksum."""
    from zlib import crc32

    for path in (folder / "index").glob("*.crc"):
        changed = path.read_bytes()[:-4].replace(b"checksums-1", b"checksums-9", 1)
        path.write_bytes(changed + crc32(changed).to_bytes(4, "big"))


def in_toc(folder: Path) -> None:
    """The version that Whoosh writes into its table of contents."""
    (path,) = (folder / "index").glob("*.toc")
    path.write_bytes(checksums.sealed(path.read_bytes()[:-8].replace(b"\xff\xff\xff\x91", b"\xff\xff\xff\x90", 1)))


CHANGES = (in_manifest, in_checksums, in_toc)


@pytest.fixture
def library(seeds_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds_library, tmp_path / "library"))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_another_version(run: Run, library: Path, tmp_path: Path, command: str) -> None:
    in_manifest(library)
    before = contents(library)
    places = {"SOURCE": str(library), "TARGET": str(tmp_path / "target")}
    result = run(command, *(places.get(argument, argument) for argument in ARGUMENTS[command] or []), library=library)
    assert result.status == 3
    message = f"the library in {library} has format {FORMAT + 1}, not {FORMAT}"
    if command == "verify":
        assert result.out == f"damaged\t{message}\treadouts -L {library} index --rebuild\n"
    else:
        assert f"{message}; run: readouts index --rebuild" in result.err
    assert len(result.out.splitlines()) == (command == "verify")
    assert contents(library) == before
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_another_version_is_rebuilt_only_when_asked(run: Run, library: Path, change: Callable[[Path], None]) -> None:
    right = run("search", "carbon", "-o", "json", library=library).out
    change(library)
    before = contents(library)
    for command in ("search", "index"):
        refused = run(command, *(["carbon"] if command == "search" else []), library=library)
        assert refused.status == 3
        assert refused.err.endswith("; run: readouts index --rebuild\n")
    index = {path: data for path, data in before.items() if path.parent == library / "index"}
    assert {path: path.read_bytes() for path in index} == index
    assert run("index", "--rebuild", library=library).status == 0
    assert run("search", "carbon", "-o", "json", library=library).out == right
    assert run("verify", library=library).status == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "\udcff", f'{{"format": {FORMAT}}}', f'{{"format": {FORMAT}, "sources": [3]}}']
)
def test_a_damaged_manifest_is_mended_by_the_command_that_it_names(run: Run, library: Path, text: str) -> None:
    (library / "library.json").write_text(text, "utf-8", "surrogateescape")
    refused = run("search", "carbon", library=library)
    assert refused.status == 3
    assert refused.err.startswith(f"readouts: {library / 'library.json'} is damaged (")
    assert refused.err.endswith("); run: readouts index --rebuild PATH…\n")
    assert run("index", "--rebuild", library=library).status == 2, "its sources are lost"
    assert run("index", "--rebuild", str(SEEDS), library=library).status == 0
    assert run("verify", library=library).status == 0


def test_a_flipped_byte_of_the_manifest_is_found_and_mended(run: Run, library: Path) -> None:
    path = library / "library.json"
    whole = path.read_bytes()
    remedies = re.compile(
        f"{re.escape(str(path))} is damaged \\(.+\\); run: readouts index --rebuild PATH…"
        f"|the library in {re.escape(str(library))} has format .+, not {FORMAT}; run: readouts index --rebuild",
        re.DOTALL,
    )
    for place, byte in enumerate(whole):
        for flipped in (byte ^ 1 << place % 8, byte ^ 0x20, byte ^ 0xFF):
            path.write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
            with pytest.raises(LibraryError) as raised:
                load(library)
            assert remedies.fullmatch(str(raised.value)), (place, flipped)
            if (place, flipped) == (len(whole) // 2, byte ^ 1 << place % 8):
                assert run("search", "carbon", library=library).status == 3
                assert run("index", "--rebuild", str(SEEDS), library=library).status == 0
                assert run("verify", library=library).status == 0
                assert path.read_bytes() == whole


@pytest.mark.parametrize("change", [b"", b" ", b"\n"], ids=["cut", "blank", "line"])
def test_what_follows_the_checksum_is_checked_too(library: Path, change: bytes) -> None:
    path = library / "library.json"
    whole = path.read_bytes()
    path.write_bytes(whole + change if change else whole[:-1])
    with pytest.raises(LibraryError, match="its checksum does not fit"):
        load(library)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_damaged_manifest_still_tells_the_engine(library: Path, engine: str) -> None:
    save(library, Manifest(engine=engine, sources=("/made",)))
    path = library / "library.json"
    path.write_bytes(path.read_bytes().replace(b"/made", b"/mad\xff"))
    assert load(library, any_format=True) == Manifest(engine=engine)


def test_a_rebuild_spares_the_index_of_an_engine_that_is_not_there(run: Run, library: Path) -> None:
    path = library / "library.json"
    members = json.loads(path.read_text("utf-8"))
    del members["checksum"]
    path.write_bytes(sealed({**members, "engine": "novel"}))
    before = contents(library / "index")
    result = run("index", "--rebuild", library=library)
    assert result.status == 3
    assert "the engine 'novel', which this version does not have" in result.err
    assert contents(library / "index") == before
