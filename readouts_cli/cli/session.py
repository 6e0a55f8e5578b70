"""One run of the program: its surroundings, the user's settings, the library in question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TextIO

from readouts_cli import config
from readouts_cli.cli.environment import Environment
from readouts_cli.config import Config
from readouts_cli.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from readouts_cli.library import Library
    from readouts_cli.location import LibraryLocation
    from readouts_cli.output.screen import Screen


class Setting(NamedTuple):
    """A value in force and where it comes from."""

    value: str
    origin: str


class Session:
    """What commands get.

    `library`, `colour` and `paging` hold the options of those names, which stand before the command or behind it.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.library: str | None = None
        self.colour: str | None = None
        self.paging: bool | None = None
        self._opened: list[Library] = []

    @cached_property
    def config(self) -> Config:
        """The user's config file."""
        return config.load(self.environment.variables)

    # Settings

    def configured(self, key: str) -> Setting:
        """A key of the config file."""
        origin = str(self.config.path) if key in self.config.given else "default"
        return Setting(str(self.config.given.get(key, config.KEYS[key].default)), origin)

    @property
    def library_setting(self) -> Setting:
        """The library by the name that it was given; empty for the default one.

        Raises UsageError for an empty -L, which is an unset variable of a script: the default library is not meant.
        """
        if self.library == "":
            raise UsageError("-L names no library; leave it out for the default one")
        if self.library is not None:
            return Setting(self.library, "-L")
        return self._variable("READOUTS_LIBRARY") or self.configured("library")

    @property
    def colour_setting(self) -> Setting:
        """When to colour: `auto`, `always` or `never`.  The option wins over the variables, those over the config."""
        if self.colour is not None:
            return Setting(self.colour, "--color")
        wish = self.environment.colour_wish
        return Setting(*wish) if wish else self.configured("colour")

    @property
    def pager_setting(self) -> Setting:
        """The command of the pager; empty for none."""
        if self.paging is False:
            return Setting("", "--no-pager")
        if "PAGER" in self.environment.variables:
            return Setting(self.environment.variables["PAGER"], "PAGER")
        return self.configured("pager")

    @property
    def editor(self) -> Sequence[str]:
        """What opens files, with its arguments: the user's editor, else what pages the screen."""
        setting = self._variable("VISUAL") or self._variable("EDITOR")
        return _command(setting) if setting else self.screen.pager

    def _variable(self, name: str) -> Setting | None:
        value = self.environment.variables.get(name)
        return Setting(value, name) if value else None

    # The library

    @property
    def library_location(self) -> LibraryLocation:
        """Where the library is."""
        return self.locate(self.library_setting.value)

    def locate(self, name: str) -> LibraryLocation:
        """Where a library is; a name of the config file comes before a folder of that name."""
        from readouts_cli.location import locate

        return locate(self.config.libraries.get(name, name))

    def open_library(self) -> Library:
        """The library, opened.  Raises LibraryError."""
        from readouts_cli.library import Library

        location = self.library_location
        try:
            library = Library(*location)
        except OSError as error:
            raise LibraryError(f"cannot read the library: {error.filename}: {error.strerror}") from None
        self._opened.append(library)
        return library

    def announce_incomplete(self) -> bool:
        """Say which of the libraries that were opened have answered from a part of them only; whether any has."""
        incomplete = list(filter(None, (library.incomplete for library in self._opened)))
        for why in incomplete:
            self.warn(why)
        return bool(incomplete)

    # Output

    @property
    def on_terminal(self) -> bool:
        """Whether standard output is a terminal, and so read by a person."""
        return self.environment.stdout.isatty()

    def colours(self, stream: TextIO) -> bool:
        """Whether to write colours to a stream; left to itself, a terminal that understands them has them."""
        wish = self.colour_setting.value
        return stream.isatty() and not self.environment.is_dumb if wish == "auto" else wish == "always"

    @cached_property
    def screen(self) -> Screen:
        """Standard output as a place to lay out text for reading."""
        from readouts_cli.output.screen import Screen, is_light

        environment, stdout = self.environment, self.environment.stdout
        colour, size, theme = self.colours(stdout), environment.size, self.config.text("theme")
        understands = stdout.isatty() and not environment.is_dumb
        return Screen(
            stream=stdout,
            width=size.columns,
            height=size.lines,
            escapes=colour or understands,
            colour=colour,
            links=understands,
            pager=_command(self.pager_setting) if stdout.isatty() else (),
            light=is_light(environment.variables.get("COLORFGBG", "")) if theme == "auto" else theme == "light",
            styles=self.config.styles,
        )

    def warn(self, message: str) -> None:
        """Say on standard error what the user must know whoever reads the output."""
        from readouts_cli.output.sanitize import one_line

        self.environment.stderr.write(f"readouts: {one_line(message)}\n")

    def note(self, message: str) -> None:
        """Say on standard error what a person at a terminal may want to know; scripts are not told."""
        if self.environment.stderr.isatty():
            self.warn(message)


def _command(setting: Setting) -> list[str]:
    """A setting that is a command, as program and arguments.  Raises UsageError for a quotation that does not end."""
    import shlex

    try:
        return shlex.split(setting.value)
    except ValueError as error:
        raise UsageError(f"{setting.origin}: {setting.value!r} is no command: {error}") from None
