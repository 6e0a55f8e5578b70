"""Help: examples first, every example a command line that parses; topics; the manual page; completion."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
import pytest
from conftest import Run

from readouts_cli.cli.application import application
from readouts_cli.cli.command import Command
from readouts_cli.cli.commands import NAMES
from readouts_cli.cli.environment import Environment
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit
from readouts_cli.output.topics import TOPICS
from readouts_cli.query.language import LANGUAGE


def command_of(name: str) -> Command:
    command = application.get_command(click.Context(application), name)
    assert isinstance(command, Command)
    return command


@pytest.mark.parametrize("name", NAMES)
def test_help_begins_with_a_sentence_and_examples(name: str) -> None:
    with click.Context(command_of(name), info_name=name, terminal_width=80) as context:
        shown = context.get_help()
    summary, examples, rest = shown.partition("\nExamples:\n  # ")
    assert re.fullmatch(r"[A-Z][^.]*\.\n", summary)
    assert examples
    assert rest.count("\nUsage: ") == 1
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_examples_parse(name: str, environment: dict[str, str]) -> None:
    for line, _ in command_of(name).examples:
        for words in _runs(line):
            _parse(words, environment)


def _runs(line: str) -> Iterator[list[str]]:
    """The arguments of every run of the program in a shell's line."""
    lexer = shlex.shlex(re.sub(r'eval "\$\((.*)\)"', r"\1", line), posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    for is_sign, words in groupby(lexer, key=lambda word: word in {"|", ">"}):
        program, *arguments = words
        if program == "readouts" and not is_sign:
            yield arguments


def _parse(words: list[str], environment: dict[str, str]) -> None:
    session = Session(Environment(sys.stdin, sys.stdout, sys.stderr, environment))
    place = next(place for place, word in enumerate(words) if word in NAMES)
    with application.make_context("readouts", words[: place + 1], obj=session) as context:
        command_of(words[place]).make_context(words[place], words[place + 1 :], parent=context)


def test_help_and_the_option_say_the_same(run: Run) -> None:
    assert run("help", "search").out == run("search", "-h").out == run("search", "--help").out


def test_usage_tells_where_a_query_is_optional(run: Run) -> None:
    for name in ("bodies", "copies", "export", "phrases"):
        assert f"Usage: readouts {name} [OPTIONS] [QUERY…]\n" in run(name, "--help").out
    assert "Usage: readouts kwic [OPTIONS] QUERY…\n" in run("kwic", "--help").out


def test_defaults_are_told_as_they_are(run: Run) -> None:
    told = " ".join(run("search", "--help").out.split())
    for default in ("limit in the config file, else 10", "passages in the config file, else 2", "0.9; x>=0"):
        assert f"[default: {default}]" in told


def test_every_exit_status_is_in_the_help(run: Run) -> None:
    told = [line.split()[0] for line in run("help", "status").lines if re.match("  [0-9]", line)]
    assert told == [str(status.value) for status in Exit]


def test_every_command_is_in_the_help(run: Run) -> None:
    result = run("--help")
    for name in NAMES:
        assert re.search(rf"^  {name} +[A-Z]", result.out, flags=re.MULTILINE)
    assert run("help").out.split() == result.out.split()


def test_every_form_of_the_language_is_in_its_help(run: Run) -> None:
    out = run("help", "query").out
    for section in LANGUAGE:
        assert f"\n{section.title}\n" in f"\n{out}"
        for form in section.forms:
            assert form.example in out


@pytest.mark.parametrize("topic", TOPICS)
def test_topics(run: Run, topic: str) -> None:
    result = run("help", topic, env={"COLUMNS": "60"})
    assert result.status == 0
    assert len(result.lines) > 5


def test_fields(run: Run) -> None:
    rows = [line.split("\t") for line in run("fields").lines]
    assert ["Fields of queries", "title:", "the headline"] in rows
    assert any(row[:2] == ["Columns", "certainty"] for row in rows)
    assert "  title:" in run("fields", tty=True).out


# The manual page


def test_the_manual_page_names_everything(run: Run) -> None:
    page = run("help", "--man").out
    assert page.startswith('.TH READOUTS 1 "" "readouts ')
    for name in NAMES:
        assert f".SS readouts {name} " in page
    for word in (r"\-\-since", r"READOUTS_LIBRARY", r"wom?n", "130"):
        assert word in page


@pytest.mark.skipif(shutil.which("man") is None, reason="needs man")
def test_the_manual_page_is_roff(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "readouts.1"
    file.write_text(run("help", "--man").out, "utf-8")
    command = ["man", "--warnings", "-E", "UTF-8", "-l", str(file)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    )
    assert done.stderr == ""
    assert '"dual carbon"' in done.stdout


# Completion


def completed(run: Run, library: Path, shell: str, line: str) -> list[str]:
    """What a shell is offered for a command line with the cursor at its end."""
    words = line.split(" ")
    env = {"_READOUTS_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        env["COMP_CWORD"] = words[-1]
    result = run(library=library, env=env)
    assert (result.status, result.err) == (0, "")
    if shell == "zsh":
        return result.lines[1::3]
    return [entry.partition(",")[2].partition("\t")[0] for entry in filter(None, result.lines)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, seeds_library: Path, shell: str) -> None:
    def offered(line: str) -> list[str]:
        return completed(run, seeds_library, shell, line)

    assert offered("readouts se") == ["search"]
    assert "--since" in offered("readouts search --s")
    assert offered("readouts show 00") == ["000", "001", "002", "003", "004"]
    assert "json" in offered("readouts search x -o j")
    assert offered("readouts completion f") == ["fish"]


def test_completion_of_queries(run: Run, seeds_library: Path) -> None:
    assert completed(run, seeds_library, "fish", "readouts search tit") == ["title:"]
    assert completed(run, seeds_library, "fish", "readouts search id:00")[:2] == ["id:000", "id:001"]
    assert completed(run, seeds_library, "fish", "readouts search date:to") == ["date:today"]
    assert '"municipal government"' in completed(run, seeds_library, "bash", "readouts search body : mun")
    assert 'body:"municipal government"' in completed(run, seeds_library, "fish", "readouts search body:mun")
    assert completed(run, seeds_library, "fish", "readouts list --fields id,tit") == ["id,title"]
    assert completed(run, seeds_library, "fish", "readouts help qu") == ["query"]


def test_completion_without_a_library_is_quiet(run: Run, tmp_path: Path) -> None:
    assert completed(run, tmp_path / "none", "bash", "readouts show 00") == []


def test_completion_from_a_damaged_library_is_quiet(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "library"
    shutil.copytree(seeds_library, damaged)
    for ending in ("doc_id", "doc_body"):
        [column] = damaged.glob(f"index/*.{ending}.col")
        column.write_bytes(bytes(byte ^ 0xFF for byte in column.read_bytes()))
    assert run("list", library=damaged).status == 3
    assert completed(run, damaged, "bash", "readouts show 00") == []
    assert completed(run, damaged, "fish", "readouts search body:mun") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_accepts_its_lines(run: Run, shell: str, tmp_path: Path) -> None:
    result = run("completion", shell)
    assert result.status == 0
    assert "_READOUTS_COMPLETE" in result.out
    if shutil.which(shell):
        file = tmp_path / "completion"
        file.write_text(result.out)
        subprocess.run([shell, "-n", str(file)], check=True)


def test_bash_completes_in_earnest(run: Run, environment: dict[str, str], seeds_library: Path, tmp_path: Path) -> None:
    program = tmp_path / "readouts"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m readouts_cli "$@"\n')
    program.chmod(0o755)
    script = f"""
        {run("completion", "bash").out}
        COMP_WORDS=(readouts search body : Munic); COMP_CWORD=4
        _readouts_completion readouts
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    variables = environment | {"PATH": f"{tmp_path}:{environment['PATH']}", "READOUTS_LIBRARY": str(seeds_library)}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=variables)
    assert done.stdout == '"municipal government"\n'
