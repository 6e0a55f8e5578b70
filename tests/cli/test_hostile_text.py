"""Text that tries to steer a terminal, in every place that text comes from."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from conftest import Result, Run

ESCAPE = "\x1b]0;owned\x07\x1b]52;c;eA==\x07\x1b[2J"
OVERRIDE = "\u202e\u2066gnp.exe"
MARKUP = "[red]Draft[/oops] :smile: [link=x]"

RECORD = {
    "id": "evil",
    "date": "2022-08-20",
    "title": f"Title {ESCAPE}{OVERRIDE} {MARKUP}",
    "text": f"On August 19, the party met.\tTabbed {ESCAPE}\x9b31m {OVERRIDE} {MARKUP} 会议\x00 end",
    "source": f"Daily {ESCAPE}",
}


@pytest.fixture(scope="module")
def library(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "evil.jsonl").write_text(json.dumps(RECORD), "utf-8")
    raw = os.fsencode(folder) + b"/caf\xe9 \x1b[2J.txt"
    Path(os.fsdecode(raw)).write_bytes(b" date 2022-08-20 A party met.\n\nOn the 19th, the party met.")
    result = run("-L", str(folder / "library"), "index", str(folder))
    assert result.status == 0, result.err
    return folder / "library"


def steers(result: Result) -> bool:
    """Whether anything but this program's own styles and links reached the terminal."""
    text = result.raw.decode("utf-8", "surrogateescape")
    return any(bad in text for bad in ("\x1b]0;", "\x1b]52;", "\x07", "\x1b[2J", "\x9b", "\u202e", "\u2066", "\x00"))


@pytest.mark.parametrize(
    "args",
    [
        ("search", "party"),
        ("search", "party", "-o", "table"),
        ("search", "party", "--full"),
        ("search", "party", "--group-by", "source"),
        ("search", "party", "-o", "csv", "--fields", "id,title,text,path"),
        ("search", "party", "-o", "json"),
        ("search", "party", "-o", "paths"),
        ("search", "party", "--template", "{title} {text}"),
        ("list",),
        ("show", "evil"),
        ("show", "evil", "--why"),
        ("show", "evil", "--raw"),
        ("show", "evil", "-o", "text"),
        ("info",),
        ("search", f"zebra {ESCAPE}"),
        ("show", f"zebra {ESCAPE}"),
        ("search", f"title:(party {ESCAPE}"),
        ("index", f"/nonexistent/{ESCAPE}"),
        (f"command {ESCAPE}",),
        ("search", "--fields", ESCAPE, "party"),
        ("search", "--template", f"{{{ESCAPE}}}", "party"),
        ("-L", f"/nonexistent{ESCAPE}", "list"),
    ],
)
def test_nothing_steers_the_terminal(run: Run, library: Path, args: tuple[str, ...]) -> None:
    result = run(*(arg.replace("\0", "") for arg in args), library=library, tty=True, columns=200)
    assert not steers(result)
    assert result.out.strip()


def test_markup_and_emoji_codes_are_text(run: Run, library: Path) -> None:
    result = run("search", "party", library=library, tty=True, columns=200, env={"NO_COLOR": "1"})
    assert "[red]Draft[/oops] :smile: [link=x]" in result.out


def test_json_in_a_pipe_is_exact(run: Run, library: Path) -> None:
    answer = json.loads(run("show", "evil", "-o", "json", library=library).out)
    assert answer["title"] == RECORD["title"]
    assert answer["text"].endswith(RECORD["text"])


def test_lines_in_a_pipe_stay_lines(run: Run, library: Path) -> None:
    for args in (("--fields", "id,text"), ("--template", "{id} {text}")):
        result = run("search", "party", *args, library=library)
        assert len(result.lines) == 2
        assert "\x1b" not in result.out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("search", "party", "--fields", "id,title,source", "-o", "csv"), ["a", "A\rtitle", "So\rurce"]),
        (("list", "--fields", "title", "-o", "csv"), ["A\rtitle"]),
        (("search", "party", "--facet", "source", "-o", "csv"), ["So\rurce", "1"]),
        (("first", "party", "-o", "csv"), "A\rtitle"),
        (("export", "party", "--format", "csv"), "A\rtitle"),
    ],
    ids=lambda value: value[0],
)
def test_carriage_returns_do_not_end_rows_of_csv(
    run: Run, tmp_path: Path, args: tuple[str, ...], expected: list[str] | str
) -> None:
    record = {"id": "a", "title": "A\rtitle", "source": "So\rurce", "text": "The party met."}
    (tmp_path / "made.jsonl").write_text(json.dumps(record), "utf-8")
    assert run("-L", str(tmp_path / "library"), "index", str(tmp_path / "made.jsonl")).status == 0
    result = run(*args, library=tmp_path / "library")
    names, row = csv.reader(io.StringIO(result.raw.decode(), newline=""))
    assert len(row) == len(names)
    assert row == expected if isinstance(expected, list) else any(expected in cell for cell in row)


def test_raw_is_the_file_byte_for_byte(run: Run, library: Path) -> None:
    other = next(id for id in run("list", "-o", "ids", library=library).lines if id != "evil")
    assert (
        run("show", other, "--raw", library=library).raw
        == b" date 2022-08-20 A party met.\n\nOn the 19th, the party met."
    )


def test_undecodable_names_come_out_as_they_are(run: Run, library: Path) -> None:
    paths = run("search", "party", "-o", "paths", library=library).raw.splitlines()
    assert any(path.endswith(b"/caf\xe9 \x1b[2J.txt") for path in paths)
    answer = json.loads(run("search", "party", "-o", "json", library=library).out)
    assert any(hit["path"].endswith("/caf\udce9 \x1b[2J.txt") for hit in answer["hits"])
    assert run("search", "party", library=library).status == 0
    assert b"/caf\xe9 \x1b[2J.txt," in run("export", "party", "--format", "csv", library=library).raw
    for args in (("list", "-o", "paths"), ("export", "party", "--format", "csv")):
        assert b"caf\\xe9 " in run(*args, library=library, tty=True).raw


def test_output_is_utf8_whatever_the_locale(run: Run, library: Path) -> None:
    for locale in ("C", "en_US.ISO-8859-1", "zh_CN.GBK"):
        result = run(
            "show", "evil", library=library, env={"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert "会议␀ end" in result.out


def test_a_line_of_ten_megabytes_is_shown_in_part(run: Run, tmp_path: Path) -> None:
    line = f" date 2022-08-20 On August 19, the party met. {ESCAPE} " + "a" * 10_000_000 + f" party {ESCAPE}{OVERRIDE}"
    (tmp_path / "long.txt").write_text(line, "utf-8")
    library = tmp_path / "library"
    assert run("-L", str(library), "index", str(tmp_path / "long.txt")).status == 0
    for args in (("search", "party"), ("search", "party", "-o", "table"), ("list",), ("show", "long", "--why")):
        result = run(*args, library=library, tty=True)
        assert result.status == 0
        assert len(result.raw) < 10_000
        assert not steers(result)
