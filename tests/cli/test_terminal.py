"""What a person sees: layouts, colours, links and the pager, on a pseudo-terminal.

The files in `golden/` have been looked at.  After a change that is meant, write them anew with REBUILD_GOLDEN=1, and
look at them again.
"""

from __future__ import annotations

import io
import os
import re
import stat
from pathlib import Path

import pytest
from conftest import SEEDS, Result, Run
from rich.cells import cell_len

from readouts_cli.cli.environment import Environment
from readouts_cli.cli.session import Session

GOLDEN = Path(__file__).parent / "golden"

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_LINK = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")


def plain(result: Result) -> str:
    """The text without styles and links."""
    return _LINK.sub("", _STYLE.sub("", result.out))


def settled(text: str) -> str:
    """The text without what differs from run to run: the time it took, where the files are, links' numbers."""
    text = re.sub(r"\d+\.\d\d s", "0.00 s", text)
    text = re.sub(r"\x1b\]8;id=\d+;", "\x1b]8;;", text)
    return text.replace(SEEDS.as_uri(), "file:///seeds").replace(str(SEEDS), "/seeds")


@pytest.mark.parametrize(
    ("name", "columns", "args"),
    [
        ("cards-60", 60, ("search", "four consciousnesses")),
        ("cards-100", 100, ("search", "liaoning", "--since", "2022-08-22")),
        ("cards-200", 200, ("search", "dual carbon")),
        ("cards-untitled-80", 80, ("search", "party", "-n", "2", "--passages", "1")),
        ("table-60", 60, ("search", "congress", "-o", "table")),
        ("table-100", 100, ("search", "congress", "-o", "table", "--offset", "1", "-n", "2")),
        ("table-200", 200, ("search", "dual carbon", "-o", "table")),
        ("groups-80", 80, ("search", "dual carbon", "--group-by", "presider", "--passages", "1")),
        ("facet-60", 60, ("search", "meeting", "--facet", "month")),
        ("list-80", 80, ("list",)),
        ("show-60", 60, ("show", "001", "--paragraph", "4", "--paragraph", "6", "--highlight", "liaoning")),
        ("why-80", 80, ("show", "002", "--why")),
    ],
)
def test_layout(run: Run, seeds_library: Path, name: str, columns: int, args: tuple[str, ...]) -> None:
    result = run(*args, library=seeds_library, tty=True, columns=columns, env={"NO_COLOR": "1"})
    _compare(GOLDEN / f"{name}.txt", settled(plain(result)))


@pytest.mark.parametrize(
    ("name", "env"),
    [
        ("dark", {"COLORFGBG": "15;0"}),
        ("light", {"COLORFGBG": "0;15"}),
        ("no-colour", {"NO_COLOR": "1"}),
        ("dumb", {"TERM": "dumb"}),
    ],
)
def test_escapes(run: Run, seeds_library: Path, name: str, env: dict[str, str]) -> None:
    result = run("search", "two safeguards", "--context", "40", library=seeds_library, tty=True, env=env)
    _compare(GOLDEN / f"escapes-{name}.txt", settled(result.out).replace("\x1b", "ESC"))


def _compare(file: Path, text: str) -> None:
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    if os.environ.get("REBUILD_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("columns", [20, 61, 200])
@pytest.mark.parametrize(
    "args", [("search", "party", "--all"), ("search", "party", "-o", "table"), ("show", "000"), ("list",)]
)
def test_no_line_is_wider_than_the_screen(run: Run, seeds_library: Path, columns: int, args: tuple[str, ...]) -> None:
    lines = plain(run(*args, library=seeds_library, tty=True, columns=columns)).splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= columns


def test_columns_has_the_last_word_on_the_width(run: Run, seeds_library: Path) -> None:
    result = run("show", "000", library=seeds_library, tty=True, columns=200, env={"COLUMNS": "50"})
    assert max(map(cell_len, plain(result).splitlines())) <= 50


@pytest.mark.parametrize("columns", ["9999999999", "9" * 5_000])
def test_an_absurd_width_is_not_drawn(run: Run, seeds_library: Path, columns: str) -> None:
    result = run("search", "carbon", "-o", "table", library=seeds_library, env={"COLUMNS": columns})
    assert result.status == 0
    assert max(map(cell_len, result.lines)) <= 10_000


def test_ids_in_han_take_the_room_that_they_need(run: Run, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    said = "the city held a meeting. Tan Weimin, Mayor, presided over the meeting. It spoke of the clean water of all."
    for name in ("市政府党组会议纪要", "note"):
        (tmp_path / "files" / f"{name}.txt").write_text(f" date 2022-08-20 On August 19, {said}")
    library = tmp_path / "library"
    assert run("index", str(tmp_path / "files"), library=library).status == 0
    for args in (("list",), ("kwic", "water"), ("search", "water", "-o", "table"), ("copies",), ("people", "Tan")):
        lines = plain(run(*args, library=library, tty=True, columns=100)).splitlines()
        one, other = (line for line in lines if "2022-08-19" in line and "in this library" not in line)
        assert "市政府党组会议纪要  " in one + other
        behind = "presided" if "presided" in one else "2022-08-19"
        assert cell_len(one[: one.index(behind)]) == cell_len(other[: other.index(behind)])


# Colours and links


@pytest.mark.parametrize(
    ("env", "option", "on_terminal", "in_pipe"),
    [
        ({}, None, True, False),
        ({"NO_COLOR": "1"}, None, False, False),
        ({"NO_COLOR": ""}, None, True, False),
        ({"CLICOLOR": "0"}, None, False, False),
        ({"TERM": "dumb"}, None, False, False),
        ({"FORCE_COLOR": "1"}, None, True, True),
        ({"CLICOLOR_FORCE": "1"}, None, True, True),
        ({"CLICOLOR_FORCE": "0"}, None, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, None, False, False),
        ({"NO_COLOR": "1"}, "always", True, True),
        ({"FORCE_COLOR": "1"}, "never", False, False),
        ({"FORCE_COLOR": "1"}, "auto", True, False),
    ],
)
def test_when_to_colour(env: dict[str, str], option: str | None, *, on_terminal: bool, in_pipe: bool) -> None:
    nowhere = {"READOUTS_CONFIG": os.devnull}
    for stream, expected in ((_Terminal(), on_terminal), (io.StringIO(), in_pipe)):
        session = Session(Environment(io.StringIO(), stream, stream, nowhere | env))
        session.colour = option
        assert session.colours(stream) == expected


class _Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("tty", "env", "args", "coloured"),
    [
        (True, {}, (), True),
        (True, {}, ("--color", "never"), False),
        (False, {"CLICOLOR_FORCE": "1"}, (), True),
        (False, {}, ("--colour=always",), True),
    ],
)
def test_colours_come_out(
    run: Run, seeds_library: Path, *, tty: bool, env: dict[str, str], args: tuple[str, ...], coloured: bool
) -> None:
    result = run(*args, "search", "dual carbon", "-o", "cards", library=seeds_library, env=env, tty=tty)
    assert bool(re.search(r"\x1b\[[0-9;]*(?:3|9|4|10)[0-7]", result.out)) == coloured


def test_a_pipe_gets_no_escapes_and_no_notes(run: Run, seeds_library: Path) -> None:
    for args in (("search", "party"), ("search", "party", "-o", "cards"), ("list",), ("show", "000"), ("info",)):
        result = run(*args, library=seeds_library)
        assert "\x1b" not in result.out
        assert result.err == ""


def test_ids_are_links_to_the_files(run: Run, seeds_library: Path) -> None:
    result = run("search", "two safeguards", library=seeds_library, tty=True)
    assert re.search(rf"\x1b\]8;[^;]*;{re.escape((SEEDS / '002_50143638acb895fe.txt').as_uri())}\x1b\\", result.out)
    for env in ({"TERM": "dumb"}, {"FORCE_COLOR": "1"}):
        quiet = run("search", "two safeguards", "-o", "cards", library=seeds_library, tty="TERM" in env, env=env)
        assert "\x1b]8;" not in quiet.out


def test_styles_of_the_config_file(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    env = {"READOUTS_CONFIG": str(config)}
    config.write_text('[styles]\nmatch = "bold red"\n')
    result = run("search", "two safeguards", library=seeds_library, tty=True, env=env)
    assert "\x1b[1;31mtwo safeguards" in result.out
    for style, message in (
        ("macht = 'red'", "did you mean 'match'?"),
        ("match = 'loud'", "match in [styles] is no style"),
    ):
        config.write_text(f"[styles]\n{style}\n")
        result = run("search", "two safeguards", library=seeds_library, tty=True, env=env)
        assert result.status == 2
        assert message in result.out


# Notes


def test_the_footer_tells_what_is_not_shown(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms"
    synonyms.write_text("双碳 = dual carbon\n", "utf-8")
    args = ("双碳", f"--synonyms={synonyms}", "--since", "2022-08", "-n", "1")
    *_, counts, applied = plain(run("search", *args, library=seeds_library, tty=True)).rstrip().splitlines()
    assert re.fullmatch(r"1–1 of 2 readouts · \d+\.\d\d s", counts)
    assert applied == "synonyms: 双碳 = dual carbon"
    shown = plain(run("search", "--on", "2022-08", library=seeds_library, tty=True))
    assert re.search(r"^3 readouts · \d+\.\d\d s · 1 undated readout left out$", shown, flags=re.MULTILINE)


# The pager


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says that it ran."""
    script = tmp_path / "pager"
    script.write_text('#!/bin/sh\necho "PAGED $LESS $*"\nexec cat\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def test_tall_output_is_paged(run: Run, seeds_library: Path, pager: Path) -> None:
    env = {"PAGER": f"{pager} -x"}
    result = run("show", "002", library=seeds_library, tty=True, lines=10, env=env)
    assert result.status == 0
    assert plain(result).startswith("PAGED FRX -x\n002\n")
    assert plain(result).rstrip().endswith("attended the meeting.")
    assert "\x1b]8;" not in result.out
    kept = run("show", "002", library=seeds_library, tty=True, lines=10, env=env | {"LESS": "S"})
    assert plain(kept).startswith("PAGED S -x\n")


@pytest.mark.parametrize(
    ("args", "env_and_lines"),
    [
        (("show", "002"), ({}, 1000)),
        (("--no-pager", "show", "002"), ({}, 10)),
        (("show", "002", "--no-pager"), ({}, 10)),
        (("show", "002"), ({"PAGER": ""}, 10)),
        (("show", "002"), ({"PAGER": "/nonexistent/pager"}, 10)),
        (("show", "002", "-o", "json"), ({}, 10)),
        (("search", "the", "-o", "ids"), ({}, 2)),
    ],
)
def test_what_is_not_paged(
    run: Run, seeds_library: Path, pager: Path, args: tuple[str, ...], env_and_lines: tuple[dict[str, str], int]
) -> None:
    env, lines = env_and_lines
    result = run(*args, library=seeds_library, tty=True, lines=lines, env={"PAGER": str(pager)} | env)
    assert result.status == 0
    assert "PAGED" not in result.out
    assert "00" in result.out


def test_a_pager_that_is_no_command_is_named(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    result = run("show", "002", library=seeds_library, tty=True, lines=10, env={"PAGER": "less '"})
    assert result.status == 2
    assert result.out == 'readouts: PAGER: "less \'" is no command: No closing quotation\n'
    config = tmp_path / "config.toml"
    config.write_text('pager = "less \'"\n')
    result = run("show", "002", library=seeds_library, tty=True, env={"READOUTS_CONFIG": str(config)})
    assert result.status == 2
    assert result.out.startswith(f"readouts: {config}: ")


def test_a_pipe_is_never_paged(run: Run, seeds_library: Path, pager: Path) -> None:
    result = run("show", "002", library=seeds_library, env={"PAGER": str(pager), "LINES": "5"})
    assert "PAGED" not in result.out


def test_leaving_the_pager_early_is_no_failure(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    script = tmp_path / "quitter"
    script.write_text("#!/bin/sh\nexec head -1\n")
    script.chmod(0o755)
    many = ("show", *["002"] * 30)
    result = run(*many, library=seeds_library, tty=True, lines=10, env={"PAGER": str(script)})
    assert (result.status, plain(result)) == (0, "002\n")
