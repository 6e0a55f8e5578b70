"""`readouts show` and `readouts list`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import SEEDS, Run
from rich.cells import cell_len

TEXTS = {path.name[:3]: path.read_text("utf-8") for path in SEEDS.iterdir()}


def test_a_pipe_gets_the_text_unwrapped(run: Run, seeds_library: Path) -> None:
    assert run("show", "003", library=seeds_library).out == TEXTS["003"] + "\n"


@pytest.mark.parametrize(
    "reference", ["003", "003_df", "003_df70d2a1fb1ed569.txt", str(SEEDS / "003_df70d2a1fb1ed569.txt")]
)
def test_ways_to_name_a_readout(run: Run, seeds_library: Path, reference: str) -> None:
    assert run("show", reference, "-o", "ids", library=seeds_library).lines == ["003"]


def test_several_are_told_apart(run: Run, seeds_library: Path) -> None:
    result = run("show", "003", "000", library=seeds_library)
    heads = [line for line in result.lines if line.startswith("==> ")]
    assert heads == [f"==> {id} {next(SEEDS.glob(id + '*'))} <==" for id in ("003", "000")]
    assert TEXTS["003"] in result.out
    assert TEXTS["000"] in result.out


def test_ids_on_standard_input(run: Run, seeds_library: Path) -> None:
    for given in ("003\n000\n", "003\x00000\x00", "\n003\n000"):
        assert run("show", "-", "-o", "ids", library=seeds_library, stdin=given).lines == ["003", "000"]
    assert run("show", "-", "-0", "-o", "ids", library=seeds_library, stdin="003\n").out == "003\0"
    result = run("show", "-", library=seeds_library)
    assert (result.status, result.out) == (1, "")


def test_nothing_is_printed_where_one_is_unknown(run: Run, seeds_library: Path) -> None:
    result = run("show", "003", "999", library=seeds_library)
    assert (result.status, result.out) == (1, "")


def test_paragraphs(run: Run, seeds_library: Path) -> None:
    result = run("show", "002", "--paragraph", "10", "--paragraph", "2", library=seeds_library)
    lines = [line for line in TEXTS["002"].split("\n") if line.strip()]
    assert result.out == f"{lines[1]}\n\n{lines[9]}\n"


def test_raw_is_the_file_byte_for_byte(run: Run, seeds_library: Path) -> None:
    assert run("show", "002", "--raw", library=seeds_library).raw == (SEEDS / "002_50143638acb895fe.txt").read_bytes()


def test_raw_tells_of_a_file_that_has_changed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "files" / "000_a.txt"
    file.parent.mkdir()
    shutil.copy(next(SEEDS.glob("000*")), file)
    library = tmp_path / "library"
    assert run("index", str(file.parent), library=library).status == 0
    file.write_text("changed")
    result = run("show", "000", "--raw", library=library)
    assert result.out == "changed"
    assert "has changed since it was indexed" in result.err
    file.unlink()
    result = run("show", "000", "--raw", library=library)
    assert (result.status, result.out) == (1, "")
    assert "is no longer there" in result.err


def test_why(run: Run, seeds_library: Path) -> None:
    rows = [line.split("\t") for line in run("show", "000", "--why", library=seeds_library).lines]
    met = next(row for row in rows if row[1] == "met")
    assert met[:4] == ["000", "met", "2022-08-25~", "R2"]
    start, end = map(int, met[4].split("-"))
    assert TEXTS["000"][start:end] == met[5] == "On the afternoon of August 25"


def test_json_holds_everything(run: Run, seeds_library: Path) -> None:
    readout = json.loads(run("show", "001", "-o", "json", library=seeds_library).out)
    assert readout["text"] == TEXTS["001"]
    assert readout["schema"] == "readouts.readout/1"
    assert readout["subtitle"] == "Wang Zhongkun hosted and delivered a speech"
    assert [person["name"] for person in readout["attended"]] == ["Zhou Yingqiu"]
    for quote in readout["quotes"]:
        start, end = quote["span"]
        assert quote["text"] == TEXTS["001"][start + 1 : end - 1]
    assert len(readout["paragraphs"]) == 6
    several = json.loads(run("show", "001", "002", "-o", "json", "--why", library=seeds_library).out)
    assert [each["id"] for each in several] == ["001", "002"]
    assert {"fact", "value", "rule", "span", "words"} == several[0]["why"][0].keys()
    assert isinstance(json.loads(run("show", "-", "-o", "json", library=seeds_library, stdin="001\n").out), list)


def test_an_editor_that_is_no_command_is_named(run: Run, seeds_library: Path) -> None:
    result = run("show", "002", "--open", library=seeds_library, env={"EDITOR": "vi '"})
    assert result.status == 2
    assert result.err == 'readouts: EDITOR: "vi \'" is no command: No closing quotation\n'


def test_highlight(run: Run, seeds_library: Path) -> None:
    result = run("show", "003", "--highlight", '"dual carbon"', library=seeds_library, tty=True)
    assert result.out.count("\x1b[1;30;103m") == 1
    assert "\x1b[1;30;103mdual-carbon" in result.out
    wrong = run("show", "003", "--highlight", '"dual', "-o", "page", library=seeds_library)
    assert wrong.status == 2
    assert "quot" in wrong.err


def test_a_page_is_wrapped_for_reading(run: Run, seeds_library: Path) -> None:
    result = run("show", "003", "-o", "page", library=seeds_library, env={"COLUMNS": "200"})
    assert max(map(cell_len, result.lines)) <= 100
    joined = re.sub(r"\s+", " ", re.sub(r"\n(¶\d+)?", " ", result.out))
    assert " ".join(TEXTS["003"].split()) in joined


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR", "PAGER"])
def test_open(run: Run, seeds_library: Path, tmp_path: Path, variable: str) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\necho "opened $*"\n')
    script.chmod(0o755)
    opened = f"opened -w {SEEDS / '001_2a91624e683023ac.txt'} {SEEDS / '003_df70d2a1fb1ed569.txt'}\n"
    env = {variable: f"{script} -w"}
    assert run("show", "001", "003", "--open", library=seeds_library, env=env, tty=True).out == opened


def test_open_says_what_is_wrong(run: Run, seeds_library: Path) -> None:
    for editor, message in (("/nonexistent/editor", "there is no program"), ("false", "false ended with status 1")):
        result = run("show", "001", "--open", library=seeds_library, env={"EDITOR": editor})
        assert result.status == 2
        assert message in result.err


# list


def test_list(run: Run, seeds_library: Path) -> None:
    lines = run("list", library=seeds_library).lines
    assert [line.split("\t")[:3] for line in lines] == [
        ["002", "2023-01-18~", "2023-01-19"],
        ["000", "2022-08-25~", "2022-08-26"],
        ["001", "2022-08-22~", "2022-08-23"],
        ["003", "2022-08-19~", "2022-08-20"],
        ["004", "XXXX-11-15", ""],
    ]
    assert lines[1].split("\t")[3].startswith("[no title] On the afternoon of August 25, ")


def test_list_formats(run: Run, seeds_library: Path) -> None:
    assert run("list", "--sort", "id", "-n", "2", "-o", "ids", library=seeds_library).lines == ["000", "001"]
    assert run("list", "--sort", "pub", "-o", "ids", "-0", library=seeds_library).out.startswith("003\x00001\x00")
    assert run("list", "-n", "1", "--template", "{rank} {id}", library=seeds_library).out == "1 002\n"
    answer = json.loads(run("list", "-o", "json", library=seeds_library).out)
    assert answer["total"] == 5
    assert [readout["id"] for readout in answer["readouts"]] == ["002", "000", "001", "003", "004"]
    header, *rows = run("list", "-o", "csv", "--fields", "id,language,characters", library=seeds_library).lines
    assert header == "id,language,characters"
    assert rows[1] == "000,en,3614"


def test_info(run: Run, seeds_library: Path) -> None:
    rows = dict(line.split("\t") for line in run("info", library=seeds_library).lines)
    assert rows["readouts"] == "5"
    assert rows["source"] == str(SEEDS)
    assert rows["dates"] == "2022-08-19..2023-01-18"
    assert rows["undated"] == "1"
    assert rows["language"] == "en 5"
    assert int(rows["bytes"]) > 10_000
