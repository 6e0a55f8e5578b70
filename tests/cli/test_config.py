"""The config file, environment variables and options, and which of them wins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def in_force(run: Run, config: Path, *args: str, env: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    result = run(*args, "config", "-o", "json", env={"READOUTS_CONFIG": str(config)} | (env or {}))
    assert result.status == 0, result.err
    settings = json.loads(result.out)["settings"]
    return {name: (setting["value"], setting["origin"]) for name, setting in settings.items()}


def test_the_defaults(run: Run, home: Path) -> None:
    rows = [line.split("\t") for line in run("config").lines]
    assert ["file", str(home / "config/readouts/config.toml"), "does not exist"] in rows
    assert ["limit", "10", "default"] in rows
    assert ["library", str(home / "data/readouts/default"), "default"] in rows
    assert ["today", "2023-02-01", "READOUTS_TODAY"] in rows


def test_the_file_is_found_where_xdg_says(run: Run, tmp_path: Path) -> None:
    (tmp_path / "readouts").mkdir()
    (tmp_path / "readouts" / "config.toml").write_text("limit = 3\n")
    rows = [line.split("\t") for line in run("config", env={"XDG_CONFIG_HOME": str(tmp_path)}).lines]
    assert ["limit", "3", str(tmp_path / "readouts" / "config.toml")] in rows


def test_defaults_of_the_user(run: Run, config: Path, seeds_library: Path) -> None:
    config.write_text(f'limit = 1\npassages = 0\noutput = "table"\nlibrary = "{seeds_library}"\n')
    env = {"READOUTS_CONFIG": str(config)}
    assert len(run("search", "party", "-o", "ids", env=env).lines) == 1
    assert len(run("search", "party", "-n", "3", "-o", "ids", env=env).lines) == 3
    assert run("search", "party", "--fields", "passage", env=env).out == "\n"
    assert "published" in run("search", "party", env=env, tty=True).lines[0]
    assert "\t" in run("search", "party", env=env).lines[0]


def test_which_library(run: Run, config: Path, tmp_path: Path) -> None:
    config.write_text(f'library = "work"\n[libraries]\nwork = "{tmp_path}/w"\nhome = "relative/h"\n')
    origin = str(config)
    assert in_force(run, config)["library"] == (f"{tmp_path}/w", origin)
    assert in_force(run, config)["libraries.home"] == (f"{tmp_path}/relative/h", origin)
    variable = {"READOUTS_LIBRARY": "home"}
    assert in_force(run, config, env=variable)["library"] == (f"{tmp_path}/relative/h", "READOUTS_LIBRARY")
    assert in_force(run, config, "-L", "/elsewhere", env=variable)["library"] == ("/elsewhere", "-L")
    assert in_force(run, config, "-L", "./work")["library"] == ("work", "-L")


def test_the_library_can_be_named_behind_the_command(run: Run, seeds_library: Path) -> None:
    result = run("-L", "/nonexistent", "search", "two safeguards", "-o", "ids", "-L", str(seeds_library))
    assert result.lines == ["002"]


def test_which_colour_and_pager(run: Run, config: Path) -> None:
    config.write_text('colour = "never"\npager = "most"\n')
    origin = str(config)
    assert in_force(run, config)["colour"] == ("never", origin)
    assert in_force(run, config, env={"FORCE_COLOR": "1"})["colour"] == ("always", "FORCE_COLOR")
    assert in_force(run, config, "--color=auto", env={"NO_COLOR": "1"})["colour"] == ("auto", "--color")
    assert in_force(run, config)["pager"] == ("most", origin)
    assert in_force(run, config, env={"PAGER": "more"})["pager"] == ("more", "PAGER")
    assert in_force(run, config, "--no-pager", env={"PAGER": "more"})["pager"] == ("", "--no-pager")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limt = 3", "there is no key 'limt'; did you mean 'limit'?"),
        ("xyzzy = 3", "there are: library, limit"),
        ("limit = 0", "limit must be a whole number from 1, not 0"),
        ("limit = true", "limit must be a whole number from 1, not True"),
        ('limit = "3"', "limit must be a whole number from 1, not '3'"),
        ("context = 5", "context must be a whole number from 20"),
        ('output = "json"', 'output must be "cards" or "table"'),
        ('theme = "pink"', 'theme must be "auto", "dark" or "light"'),
        ("pager = 1", "pager must be a command"),
        ("libraries = 3", "libraries must be a table: [libraries]"),
        ("[libraries]\nwork = 3", "work in [libraries] must be text, not 3"),
        ("limit = ", "is not TOML: "),
    ],
)
def test_mistakes_in_the_file(run: Run, config: Path, text: str, message: str) -> None:
    config.write_text(text)
    result = run("search", "carbon", env={"READOUTS_CONFIG": str(config)})
    assert result.status == 2
    assert message in result.err
    assert str(config) in result.err
    assert len(result.lines) == 0


def test_a_file_that_is_named_must_exist(run: Run, tmp_path: Path) -> None:
    result = run("list", env={"READOUTS_CONFIG": str(tmp_path / "none.toml")})
    assert result.status == 2
    assert "READOUTS_CONFIG names" in result.err


def test_a_byte_order_mark_is_no_mistake(run: Run, config: Path) -> None:
    config.write_bytes(b"\xef\xbb\xbflimit = 3\n")
    assert in_force(run, config)["limit"] == ("3", str(config))


@pytest.mark.parametrize(
    ("args", "variables", "text"),
    [
        (("-L", "~nosuchuser/x", "list"), {}, ""),
        (("list",), {"READOUTS_LIBRARY": "~nosuchuser/x"}, ""),
        (("list",), {"READOUTS_CONFIG": "~nosuchuser/config.toml"}, ""),
        (("list",), {}, 'library = "~nosuchuser/x"'),
        (("list",), {}, '[libraries]\nwork = "~nosuchuser/x"'),
        (("search", "carbon", "--synonyms"), {}, 'synonyms = "~nosuchuser/x"'),
    ],
)
def test_a_home_that_there_is_not(
    run: Run, config: Path, args: tuple[str, ...], variables: dict[str, str], text: str, seeds_library: Path
) -> None:
    config.write_text(text)
    known = {"READOUTS_LIBRARY": str(seeds_library)} if "synonyms" in text else {}
    result = run(*args, env={"READOUTS_CONFIG": str(config)} | known | variables)
    assert (result.status, result.out) == (2, "")
    assert "there is no such home" in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("variable", ["XDG_DATA_HOME", "XDG_CONFIG_HOME"])
def test_relative_folders_of_xdg_count_for_nothing(run: Run, home: Path, variable: str) -> None:
    rows = {line.split("\t")[0]: line.split("\t")[1] for line in run("config", env={variable: "here"}).lines}
    place = {"XDG_DATA_HOME": rows["library"], "XDG_CONFIG_HOME": rows["file"]}[variable]
    assert place.startswith(str(home / {"XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config"}[variable]))


def test_today_must_be_a_day(run: Run, seeds_library: Path) -> None:
    result = run("search", "carbon", "--since", "3m", library=seeds_library, env={"READOUTS_TODAY": "tomorrow"})
    assert result.status == 2
    assert "READOUTS_TODAY=tomorrow is no day" in result.err
