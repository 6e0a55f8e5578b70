"""The contract table: what each kind of run ends with, what it says, and where."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SEEDS, Run


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("search", "dual carbon"), 0),
        (("search", "zebra"), 1),
        (("search", "-q", "zebra"), 1),
        (("search", "-c", "zebra"), 1),
        (("search", "carbon", "--offset", "100"), 1),
        (("show", "003"), 0),
        (("--help",), 0),
        ((), 2),
        (("search",), 2),
        (("search", '"unclosed'), 2),
        (("search", "carbon", "--since", "2023", "--until", "2022"), 2),
        (("search", "carbon", "--sort", "size"), 2),
        (("search", "carbon", "--limit", "0"), 2),
        (("search", "carbon", "-c", "-q"), 2),
        (("search", "carbon", "--all", "-n", "3"), 2),
        (("search", "carbon", "-o", "json", "-0"), 2),
        (("show", "003", "--paragraph", "99"), 2),
        (("index", "/nonexistent/folder"), 2),
        (("-L", "/nonexistent/library", "search", "carbon"), 3),
        (("-L", "elsewhere://host", "search", "carbon"), 2),
    ],
)
def test_status(run: Run, seeds_library: Path, args: tuple[str, ...], status: int) -> None:
    result = run(*args, library=seeds_library)
    assert result.status == status, result
    assert "Traceback" not in result.err
    if status > 1:
        assert result.err.startswith("readouts: ") or not args
    if status == 1 and "-c" not in args:
        assert result.out == ""


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("search", "title:x OR tilte:y"), "did you mean title:?"),
        (("search", "carbon", "--since", "2022-02-30"), "did you mean 2022-02-28?"),
        (("search", "carbon", "--fields", "id,titel"), "did you mean 'title'?"),
        (("serach", "carbon"), "did you mean 'search'?"),
        (("xyzzy",), "to search for it: readouts search xyzzy"),
        (("search", "carbon", "-longjiang"), "readouts search … -- -longjiang"),
        (("search", "carbon", "-Liaoning"), "readouts search … -- -Liaoning"),
        (("search", "carbon", "-northeast"), "readouts search … -- -northeast"),
        (("search", "carbon", "-opening"), "readouts search … -- -opening"),
        (("search", "carbon", "-20th"), "readouts search … -- -20th"),
        (("search", "carbon", "-两个确立"), "readouts search … -- -两个确立"),
        (("show", "0"), "'0' is ambiguous: 000, 001, 002, 003, 004"),
        (("show", "999"), "there are: 000, 001, 002, 003, 004"),
        (("search", "双碳", "--synonyms", "no-such-file"), "--synonyms=no-such-file"),
        (("search", "双碳", "--synonyms"), "one group a line"),
        (("search", "carbon", "--template", "{id}", "-o", "tsv"), "leave out --output"),
        (("search", "carbon", "--fields", "id", "-o", "json"), "--fields goes with tsv and csv"),
        (("show", "003", "--raw", "-o", "json"), "leave out --output"),
        (("help", "qurey"), "did you mean 'query'?"),
        (("kwic", ""), "the query is empty"),
        (("-L", "", "search", "carbon"), "-L names no library"),
        (("index", ""), "'' does not exist"),
        (("people", ""), "'' is no name"),
        (("people", '"'), "is no name"),
        (("people", "~", "*"), "'~ *' is no name"),
        (("absent", "carbon", "--body", ""), "--body '' names nobody"),
        (("search", "--since", "2022", "--exact"), "--exact would change nothing: no words are sought"),
        (("bodies", "--any", "--synonyms"), "--any and --synonyms would change nothing"),
        (("search", "--since", ""), "expected a date"),
        (("bodies", "--since", ""), "expected a date"),
        (("people", "--until", ""), "expected a date"),
        (("copies", "--on", ""), "expected a date"),
        (("export", "--format", "csv", "--since", ""), "expected a date"),
        (("compare", "--since", "", "--vs", "2022"), "expected a date"),
        (("search", "carbon", "--k1", "nan"), "nan is no finite number"),
        (("search", "carbon", "--b", "nan"), "nan is no finite number"),
        (("search", "carbon", "--k1", "inf"), "inf is no finite number"),
        (("copies", "--least", "nan"), "nan is no finite number"),
        (("index", "--wait", "nan"), "nan is no finite number"),
        (("search", "carbon", "--template", f"{{id:<{'9' * 5_000}}}"), "in the template is too much"),
        (("export", "carbon", "--to", "/nonexistent/carbon.csv"), "/nonexistent/carbon.csv: No such file"),
    ],
)
def test_errors_are_one_line_with_the_remedy(
    run: Run, seeds_library: Path, args: tuple[str, ...], message: str
) -> None:
    result = run(*args, library=seeds_library)
    assert result.status == (1 if args == ("show", "999") else 2)
    first, *caret = result.err.splitlines()
    assert message in first
    assert all(line.startswith("  ") for line in caret)
    assert len(caret) in {0, 2}
    assert result.out == ""


@pytest.mark.parametrize(
    ("args", "idle"),
    [
        (("search", "carbon", "--explain", "-o", "json"), "--output"),
        (("search", "carbon", "--explain", "--sort", "date"), "--sort"),
        (("search", "carbon", "--count", "--fields", "id"), "--fields"),
        (("search", "carbon", "--count-matches", "-n", "3"), "--limit"),
        (("search", "carbon", "--count", "--k1", "2"), "--k1"),
        (("search", "carbon", "--facet", "year", "-0"), "--null"),
        (("search", "carbon", "--facet", "year", "--group-by", "body", "--all"), "--all, --group-by"),
        (("search", "carbon", "--facet", "year", "-o", "json", "--header"), "--header"),
        (("search", "carbon", "-q", "-o", "json"), "--output"),
        (("compare", "--since", "2023", "--vs", "2022", "--run", "3"), "--run"),
        (("phrases", "--damaged", "--min", "5"), "--min"),
        (("help", "search", "--man"), "search"),
        (("index", "-q", "-o", "json"), "--output"),
        (("show", "003", "--highlight", "carbon"), "--highlight"),
        (("show", "003", "--raw", "--highlight", ""), "--highlight"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(
    run: Run, seeds_library: Path, args: tuple[str, ...], idle: str
) -> None:
    result = run(*args, library=seeds_library)
    assert (result.status, result.out) == (2, "")
    assert idle in result.err
    assert result.err.count("\n") == 1


def test_what_may_stand_beside_what_is_told_in_place_of_hits(run: Run, seeds_library: Path) -> None:
    facet = ("search", "carbon", "--facet", "year", "-o")
    assert run(*facet, "csv", "--no-header", library=seeds_library).out == "2022,2\n"
    assert run(*facet, "tsv", "--header", library=seeds_library).out == "year\treadouts\n2022\t2\n"
    explained = run("search", "carbon", "--explain", "-n", "1", "--offset", "1", "--k1", "2", library=seeds_library)
    assert explained.out.count("score") == 1


def test_short_options_with_a_value_are_no_words(run: Run, seeds_library: Path) -> None:
    assert len(run("search", "party", "-n2", "-oids", library=seeds_library).lines) == 2
    assert run(f"-L{seeds_library}", "search", "dual carbon", "-pq").status == 0


def test_words_behind_two_dashes_may_begin_with_a_dash(run: Run, seeds_library: Path) -> None:
    assert run("search", "-o", "ids", "--sort", "id", "carbon", library=seeds_library).lines == ["001", "003"]
    assert run("search", "-o", "ids", "--", "carbon", "-longjiang", library=seeds_library).lines == ["001"]


def test_a_query_error_points_at_the_place(run: Run, seeds_library: Path) -> None:
    result = run("search", "carbon", "AND", '"two', library=seeds_library)
    _, query, caret = result.err.splitlines()
    assert query == '  carbon AND "two'
    assert caret.index("^") == query.index('"')


def test_a_date_error_points_into_the_option(run: Run, seeds_library: Path) -> None:
    result = run("search", "carbon", "--until", "2022-14", library=seeds_library)
    _, option, caret = result.err.splitlines()
    assert option == "  --until 2022-14"
    assert caret.index("^") == option.index("14")


def test_failed_files_end_with_4_and_are_named(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.txt").write_text(" date 2022-08-20 A meeting was held.\n\nOn the 19th, it met.")
    (folder / "empty.txt").write_bytes(b"")
    result = run("-L", str(tmp_path / "library"), "index", str(folder))
    assert result.status == 4
    assert f"readouts: {folder / 'empty.txt'}: " in result.err
    assert "added\t1\n" in result.out
    assert "failed\t1\n" in result.out


def test_nothing_found_is_told_to_a_person_only(run: Run, seeds_library: Path) -> None:
    assert run("search", "zebra", library=seeds_library).err == ""
    assert "no readout matches zebra" in run("search", "zebra", library=seeds_library, tty=True).out


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("carbn goals", ["carbn occurs nowhere; near it: carbon (2)", 'alone finds 2: in the text: "goals"']),
        ("qqqq", ["qqqq occurs nowhere"]),
        ("hebi longjiang", ['alone finds 1: in the text: "hebi"', 'alone finds 1: in the text: "longjiang"']),
        ("safeguards date:2022", ['alone finds 1: in the text: "safeguards"', "alone finds 3: met (published"]),
    ],
)
def test_a_person_is_helped_where_nothing_is_found(run: Run, seeds_library: Path, query: str, lines: list[str]) -> None:
    said = run("search", query, library=seeds_library, tty=True, columns=200).lines
    for line in lines:
        assert any(each.startswith(f"readouts: {line}") for each in said), said


def test_a_closed_pipe_ends_quietly(environment: dict[str, str], seeds_library: Path) -> None:
    many = " 002" * 100  # more than a pipe holds
    for command in (f"show{many}", f"show{many} -o jsonl", f"show{many} --why"):
        done = _shell(f"{_PROGRAM} {command} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}", environment, seeds_library)
        assert (done.stdout, done.stderr) == ("141\n", "")
    done = _shell(f"{_PROGRAM} show 003 | head -3; echo ${{PIPESTATUS[0]}} >&2", environment, seeds_library)
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr in {"141\n", "0\n"}  # all may have been written before head ended


@pytest.mark.parametrize("command", ["search the", "show 003", "--version", "--help", "list -o json"])
def test_a_full_disk_is_told_in_one_line(environment: dict[str, str], seeds_library: Path, command: str) -> None:
    done = _shell(f"{_PROGRAM} {command} >/dev/full; echo $?", environment, seeds_library)
    assert done.stdout == "2\n"
    assert done.stderr == "readouts: cannot write the output: No space left on device\n"


@pytest.mark.parametrize(
    ("command", "status"), [("search 'x~9'", 2), ("nosuch", 2), ("show 999", 1), ("-L /nonexistent list", 3)]
)
def test_where_errors_cannot_be_told_the_status_is_the_same(
    environment: dict[str, str], seeds_library: Path, command: str, status: int
) -> None:
    for script in (
        f"{_PROGRAM} {command} 2>/dev/full; echo $?",
        f"{_PROGRAM} {command} 2>&-; echo $?",
        f"{_PROGRAM} {command} 2>&1 | exec 0<&-; echo ${{PIPESTATUS[0]}}",
    ):
        assert _shell(script, environment, seeds_library).stdout == f"{status}\n"


def test_closed_streams(environment: dict[str, str], seeds_library: Path) -> None:
    done = _shell(f"{_PROGRAM} show - <&-; echo $?", environment, seeds_library)
    assert (done.stdout, done.stderr) == ("1\n", "")
    done = _shell(f"{_PROGRAM} search -q carbon >&- 2>&-; echo $?", environment, seeds_library)
    assert done.stdout == "0\n"
    done = _shell(f"{_PROGRAM} search carbon >&-; echo $?", environment, seeds_library)
    assert done.stdout == "2\n"
    assert done.stderr == "readouts: cannot write the output: Bad file descriptor\n"


def test_an_interrupt_ends_quietly_with_130(environment: dict[str, str], seeds_library: Path) -> None:
    variables = environment | {"READOUTS_LIBRARY": str(seeds_library)}
    command = [sys.executable, "-m", "readouts_cli", "show", *["002"] * 100]  # more than a pipe holds
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=variables,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # a job of a shell ignores it
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b""


def test_a_file_that_may_not_be_read_is_named(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.mkdir()
    result = run("list", env={"READOUTS_CONFIG": str(config)})
    assert result.status == 2
    assert result.err == f"readouts: {config}: Is a directory\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_library_that_may_not_be_read_is_a_library_error(run: Run, tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert run("index", str(SEEDS), library=library).status == 0
    library.chmod(0)
    assert run("list", library=library).status == 3


def test_control_characters_in_errors_are_shown(run: Run, seeds_library: Path) -> None:
    result = run("show", "\x1b[2J", library=seeds_library)
    assert "\x1b" not in result.err
    result = run("search", "carbon", "--since", "\x1b[2J", library=seeds_library)
    assert result.status == 2
    assert "\x1b" not in result.err
    result = run("search", "carbon", "--\x1b[2J", library=seeds_library)
    assert result.status == 2
    assert "\x1b" not in result.err


def test_nothing_is_written_but_the_library(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    where = {"HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    before = sorted(SEEDS.iterdir())
    for args in (["index", str(SEEDS)], ["search", "carbon"], ["show", "003"], ["config"]):
        assert run(*args, env=where).status == 0
    assert sorted(SEEDS.iterdir()) == before
    assert {path.relative_to(home).parts[:3] for path in home.rglob("*") if path.is_file()} == {
        (".local", "share", "readouts")
    }


_PROGRAM = f"{sys.executable} -m readouts_cli"


def _shell(script: str, environment: dict[str, str], library: Path) -> subprocess.CompletedProcess[str]:
    variables = environment | {"READOUTS_LIBRARY": str(library)}
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env=variables, timeout=60, check=False
    )
