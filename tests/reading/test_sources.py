from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from readouts_cli.errors import ReadoutsError
from readouts_cli.reading.formats.kinds import SUFFIXES
from readouts_cli.reading.sources import Problem, SourceFile, SourceMissingError, walk


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def look(
    *sources: Path | str, globs: Sequence[str] = (), excludes: Sequence[str] = ()
) -> tuple[list[str], dict[str, str]]:
    """The paths found, and the reason for each problem, below the first source."""
    problems: list[Problem] = []
    found = list(walk([str(s) for s in sources], globs=globs, excludes=excludes, on_problem=problems.append))
    root = str(sources[0])
    return (
        [os.path.relpath(file.path, root) for file in found],
        {os.path.relpath(problem.path, root): problem.reason for problem in problems},
    )


def test_folders_are_walked_in_a_fixed_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt", "sub/c.txt", "another/d.txt", "sub/deeper/e.txt")
    assert look(tmp_path) == (["a.txt", "b.txt", "another/d.txt", "sub/c.txt", "sub/deeper/e.txt"], {})


def test_a_file_comes_with_its_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.utime(tmp_path / "a.txt", ns=(0, 1_234_567_890_123_456_789))
    assert list(walk([str(tmp_path)], on_problem=print)) == [
        SourceFile(str(tmp_path / "a.txt"), 5, 1_234_567_890_123_456_789)
    ]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".TXT", ".Pdf", ".JSONL.GZ"])
def test_every_known_suffix_is_taken(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"a{suffix}")
    assert look(tmp_path)[0] == [f"a{suffix}"]


@pytest.mark.parametrize(
    "name", ["a.png", "a", "txt", "a.txt~", "a.txt.bak", "a.gz", ".a.txt", ".git/a.txt", "a.csv.gz"]
)
def test_other_files_are_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert look(tmp_path) == ([], {})


@pytest.mark.parametrize("name", ["a.png", "a", ".hidden", "a.txt~"])
def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert [file.path for file in walk([str(tmp_path / name)], on_problem=print)] == [str(tmp_path / name)]


@pytest.mark.parametrize(
    ("globs", "excludes", "expected"),
    [
        (["*.md"], [], ["c.md", "old/d.md"]),
        (["2022*"], [], ["2022_a.txt", "old/2022_b.txt"]),
        (["old/*"], [], ["old/2022_b.txt", "old/d.md", "old/older/e.txt"]),
        (["./old/*.md"], [], ["old/d.md"]),
        (["/old/*.md"], [], ["old/d.md"]),
        (["**/*.md"], [], ["c.md", "old/d.md"]),
        (["**/older/*"], [], ["old/older/e.txt"]),
        (["*.log"], [], ["f.log"]),
        (["*.log", "c*"], [], ["c.md", "f.log"]),
        (["[0-9]*.txt"], [], ["2022_a.txt", "old/2022_b.txt"]),
        ([], ["old"], ["2022_a.txt", "c.md"]),
        ([], ["old/"], ["2022_a.txt", "c.md"]),
        ([], ["*.txt"], ["c.md", "old/d.md"]),
        ([], ["old/older"], ["2022_a.txt", "c.md", "old/2022_b.txt", "old/d.md"]),
        ([], ["older"], ["2022_a.txt", "c.md", "old/2022_b.txt", "old/d.md"]),
        ([], ["old/*.md", "2022_a.txt"], ["c.md", "old/2022_b.txt", "old/older/e.txt"]),
        (["*.txt"], ["2022*"], ["old/older/e.txt"]),
        (["nothing"], [], []),
    ],
)
def test_patterns(tmp_path: Path, globs: list[str], excludes: list[str], expected: list[str]) -> None:
    write(tmp_path, "2022_a.txt", "c.md", "f.log", "old/2022_b.txt", "old/d.md", "old/older/e.txt")
    assert look(tmp_path, globs=globs, excludes=excludes) == (expected, {})


def test_paths_are_absolute_and_as_the_source_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path)
    for source, path in [("real", "real/a.txt"), ("./real/", "real/a.txt"), ("link", "link/a.txt")]:
        assert [file.path for file in walk([source], on_problem=print)] == [str(tmp_path / path)]


def test_a_file_in_several_sources_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "sub/b.txt")
    assert look(tmp_path, tmp_path / "sub", tmp_path / "a.txt", tmp_path)[0] == ["a.txt", "sub/b.txt"]


@pytest.mark.parametrize("name", ["gone", "gone/deeper", "a.txt/below", "dangling"])
def test_a_missing_source_is_an_error_before_anything_is_found(tmp_path: Path, name: str) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(SourceMissingError, match="cannot be reached") as raised:
        walk([str(tmp_path), str(tmp_path / name)], on_problem=print)
    assert isinstance(raised.value, ReadoutsError)
    assert raised.value.path == str(tmp_path / name)


def test_links_are_followed_only_where_they_stay_inside_and_find_something_new(tmp_path: Path) -> None:
    write(tmp_path, "outside.txt", "other/x.txt", "tree/a.txt", "tree/sub/b.txt", "tree/.store/kept", "tree/.hid/c.txt")
    tree = tmp_path / "tree"
    for name, target in {
        "again.txt": "a.txt",
        "annexed.txt": ".store/kept",
        "out.txt": "../outside.txt",
        "out": "../other",
        "sub2": "sub",
        "sub/up": "..",
        "sub/self": "self",
        "above": "../..",
        "hidden": ".hid",
        "dangling.txt": "nowhere.txt",
        "out.png": "../outside.txt",
        ".secret.txt": "../outside.txt",
        "zero.txt": "/dev/zero",
    }.items():
        (tree / name).symlink_to(target)
    found, problems = look(tree)
    assert found == ["a.txt", "annexed.txt", "sub/b.txt"]
    assert problems == {
        "out.txt": "a link that leads out of the source",
        "out": "a link that leads out of the source",
        "sub/up": "a link to a folder that it lies in",
        "sub/self": "a link that leads back to itself",
        "above": "a link to a folder that it lies in",
        "hidden": "a link to a hidden folder",
        "dangling.txt": "a link to nothing",
        "zero.txt": "not a regular file, so not opened",
    }


def test_a_link_is_not_followed_to_a_folder_beside_the_source_with_a_longer_name(tmp_path: Path) -> None:
    write(tmp_path, "tree/a.txt", "tree-private/b.txt")
    (tmp_path / "tree" / "b.txt").symlink_to(tmp_path / "tree-private" / "b.txt")
    assert look(tmp_path / "tree") == (["a.txt"], {"b.txt": "a link that leads out of the source"})


def test_special_files_are_reported_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has a short limit
    os.mkfifo("fifo.txt")
    os.mkfifo(".hidden")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        found, problems = look(tmp_path)
        assert found == []
        assert problems == dict.fromkeys(["fifo.txt", "socket"], "not a regular file, so not opened")
    assert look(tmp_path / "fifo.txt") == ([], {".": "not a regular file, so not opened"})


@pytest.mark.parametrize(
    "name", [b"two\nlines.txt", b"\xff\xfe\x93.txt", "云川.txt".encode(), b"  .txt", b"-rf.txt", b"\x1b[31m.txt"]
)
def test_names_of_any_bytes_are_kept(tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    os.close(os.open(path, os.O_CREAT))
    assert [os.fsencode(file.path) for file in walk([str(tmp_path)], on_problem=print)] == [path]


def test_a_folder_that_cannot_be_read_is_a_problem_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "z/b.txt")
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # deeper than any path that the system takes
        os.mkdir("d" * 250, dir_fd=folder)
        folder, above = os.open("d" * 250, os.O_RDONLY, dir_fd=folder), folder
        os.close(above)
    os.close(folder)
    found, problems = look(tmp_path)
    assert found == ["a.txt", "z/b.txt"]
    assert list(problems.values()) == ["this folder cannot be read: File name too long"]


def test_a_file_that_goes_while_it_is_looked_at_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    system = os.scandir

    class Entries:
        """What is in a folder, one file of which goes as soon as its name is known."""

        def __init__(self, folder: str) -> None:
            self._entries = system(folder)

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            for entry in (found := list(self._entries)):
                if entry.name == "b.txt":
                    Path(entry.path).unlink()
            return iter(found)

        def __exit__(self, *_: object) -> None:
            self._entries.close()

    monkeypatch.setattr(os, "scandir", Entries)
    assert look(tmp_path) == (["a.txt", "c.txt"], {})


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.txt", "b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert look(tmp_path) == (["b.txt"], {"closed": "this folder cannot be read: Permission denied"})
    finally:
        (tmp_path / "closed").chmod(0o700)
