"""The user's config file: defaults, named libraries, styles.

# ~/.config/readouts/config.toml
limit = 20
theme = "light"

[libraries]
work = "~/readouts/work"
team = "opensearch+https://search.example.org:9200/readouts"

[styles]
match = "bold red"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from readouts_cli.errors import UsageError
from readouts_cli.location import expand, own_folder

#: The environment variables that the program reads, and what each is for; help and man page print this table.
VARIABLES = {
    "READOUTS_LIBRARY": "the library to use where -L names none: a folder, a URL or a name of the config file",
    "READOUTS_CONFIG": "the config file, in place of readouts/config.toml in the user's configuration folder",
    "READOUTS_OPENSEARCH_API_KEY, …_API_KEY_FILE": "the API key for a library on a cluster, or the file that holds it",
    "READOUTS_OPENSEARCH_USER": "in place of a key, the name to log in with",
    "READOUTS_OPENSEARCH_PASSWORD, …_PASSWORD_FILE": "the password for that name, or the file that holds it",
    "READOUTS_OPENSEARCH_CA": "the certificate of the authority to trust, beside the system's",
    "READOUTS_TODAY": "the day that counts as today for relative dates, as YYYY-MM-DD",
    "NO_COLOR": "when set, no colour",
    "FORCE_COLOR, CLICOLOR_FORCE": "when set, and not 0, colour even where the output is no terminal",
    "CLICOLOR": "when 0, no colour",
    "TERM": "when dumb, no colour, links or other escape sequences",
    "COLORFGBG": "tells a light terminal from a dark one, where the terminal sets it",
    "COLUMNS": "the width of the output, in place of the terminal's own",
    "PAGER": "what shows output taller than the screen; empty for nothing",
    "VISUAL, EDITOR": "what `show --open` opens a file with",
    "XDG_CONFIG_HOME, XDG_DATA_HOME": "where the config file and the library are kept",
}

#: Names the config file, in place of the customary place.
CONFIG_VARIABLE = "READOUTS_CONFIG"


class Key(NamedTuple):
    """A key of the config file: its value unless set, what it is for, and what values it takes."""

    default: str | int
    about: str
    takes: str
    accepts: Callable[[Any], bool]


def _number(least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value in words


def _text(value: Any) -> bool:
    return isinstance(value, str)


#: Every key there is, the tables aside; help and man page print this table.
KEYS = {
    "library": Key("", "the library where nothing else names one", "a folder, a URL or a name of [libraries]", _text),
    "limit": Key(10, "how many hits a search shows", "a whole number from 1", _number(1)),
    "output": Key("cards", "the layout of hits on a terminal", '"cards" or "table"', _one_of("cards", "table")),
    "passages": Key(2, "how many passages a hit shows", "a whole number from 0", _number(0)),
    "context": Key(240, "how long a passage is, in characters", "a whole number from 20", _number(20)),
    "theme": Key(
        "auto", "whether the terminal is dark or light", '"auto", "dark" or "light"', _one_of("auto", "dark", "light")
    ),
    "colour": Key(
        "auto", "when to colour", '"auto", "always" or "never"', _one_of("auto", "always", "never")
    ),
    "pager": Key("less", "what shows output taller than the screen, where PAGER is not set", "a command", _text),
    "synonyms": Key("", "the file of synonyms that --synonyms applies", "a path", _text),
}  # fmt: skip

#: The tables of the config file, and what each holds.
TABLES = {"libraries": "names for libraries, as -L takes them", "styles": "how parts of the terminal's views look"}


class Config(NamedTuple):
    """What the config file says; `given` holds only the keys that are in it."""

    path: Path
    given: Mapping[str, str | int]
    libraries: Mapping[str, str]
    styles: Mapping[str, str]

    def text(self, key: str) -> str:
        """The value in force of a key that holds text."""
        return str(self.given.get(key, KEYS[key].default))

    def number(self, key: str) -> int:
        """The value in force of a key that holds a number."""
        return int(self.given.get(key, KEYS[key].default))


def load(variables: Mapping[str, str]) -> Config:
    """Read the config file that the environment variables point to; where there is none, everything is at its default.

    Raises UsageError for a file that is not TOML, an unknown key, and a value of the wrong kind.
    """
    named = variables.get(CONFIG_VARIABLE)
    path = expand(named) if named else config_folder(variables) / "config.toml"
    try:
        text = path.read_text("utf-8-sig")  # some editors put a byte order mark in front
    except FileNotFoundError:
        if named:
            raise UsageError(f"{CONFIG_VARIABLE} names {path}, which does not exist") from None
        return Config(path, {}, {}, {})
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8, as TOML must be") from None
    return _config(path, _parsed(path, text))


def config_folder(variables: Mapping[str, str]) -> Path:
    """Where the user's own settings of this program are kept."""
    return own_folder(variables, "XDG_CONFIG_HOME", "~/.config")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}") from None


def _config(path: Path, values: dict[str, Any]) -> Config:
    tables = {name: _strings(path, name, values.pop(name, {})) for name in TABLES}
    for name, value in values.items():
        key = KEYS.get(name)
        if key is None:
            from readouts_cli.nearest import meant

            raise UsageError(f"{path}: there is no key {name!r}; {meant(name, [*KEYS, *TABLES])}")
        if not key.accepts(value):
            raise UsageError(f"{path}: {name} must be {key.takes}, not {value!r}")
    libraries = {
        name: place if "://" in place else str(path.parent / expand(place))
        for name, place in tables["libraries"].items()
    }
    return Config(path, values, libraries, tables["styles"])


def _strings(path: Path, name: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: {name} must be a table: [{name}]")
    for key, value in table.items():
        if not isinstance(value, str):
            raise UsageError(f"{path}: {key} in [{name}] must be text, not {value!r}")
    return table
