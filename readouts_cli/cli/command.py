"""The kind of command that all are: examples first in the help, clear words about queries that begin with a dash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import cleandoc
from math import isfinite
from typing import Any, NamedTuple

import click

from readouts_cli.errors import UsageError

#: The heading of options that every command has.
_GENERAL = "General"


class Example(NamedTuple):
    """A command line and what it is for."""

    line: str
    about: str


class _Option(click.Option):
    """An option that the help shows under a heading."""

    def __init__(self, *args: Any, section: str = "Options", **given: Any) -> None:
        super().__init__(*args, **given)
        self.section = section


def option(*names: str, **given: Any) -> Callable[[Any], Any]:
    """`click.option`; the help shows options of one `section` together."""
    return click.option(*names, cls=_Option, **given)


class FiniteRange(click.FloatRange):
    """A number in a range; not `nan`, which is neither above nor below its bounds, and not an infinite one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if not isfinite(number):
            self.fail(f"{value} is no finite number.", param, ctx)
        return number


class Command(click.Command):
    """A command with examples.  `takes_query` says that its arguments may be words to search for."""

    def __init__(self, *args: Any, examples: Sequence[Example] = (), takes_query: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.examples = examples
        self.takes_query = takes_query

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if self.takes_query and not ctx.resilient_parsing:
            self._refuse_dashed_words(ctx, args)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        summary, _, details = cleandoc(self.help or "").partition("\n\n")
        formatter.write_text(summary)
        if self.examples:
            write_examples(formatter, self.examples)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        if details:
            formatter.write_paragraph()
            formatter.write_text(details)
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record is not None:
                sections.setdefault(getattr(parameter, "section", _GENERAL), []).append(record)
        for title, records in sorted(sections.items(), key=lambda section: section[0] == _GENERAL):
            with formatter.section(title):
                formatter.write_dl(records)

    def _refuse_dashed_words(self, ctx: click.Context, args: list[str]) -> None:
        """Refuse `-Liaoning`, which means "not Liaoning" in a query but here `-L iaoning`.

        Raises UsageError with the way to write it.
        """
        for arg in self._before_dashes(ctx, args):
            if arg.startswith("-") and arg[1:2] not in {"", "-"} and not self._is_options(ctx, arg):
                written = f"{ctx.command_path} … -- {arg}"
                raise UsageError(f"{arg} is no option; words to be excluded stand behind two dashes: {written}")

    def _before_dashes(self, ctx: click.Context, args: list[str]) -> Iterator[str]:
        """The arguments before `--`, values of options left out."""
        options = self._short_options(ctx) | {
            name: option for option in self.get_params(ctx) if isinstance(option, click.Option) for name in option.opts
        }
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                return
            yield arg
            option = options.get(arg)
            if option is not None and not (option.is_flag or option.count):
                next(rest, None)

    def _is_options(self, ctx: click.Context, arg: str) -> bool:
        """Whether an argument with one dash is flags, or an option with a value that cannot be a word instead."""
        options = self._short_options(ctx)
        for place, letter in enumerate(arg[1:], start=2):
            option = options.get("-" + letter)
            if option is None:
                return False
            if not option.is_flag:
                value = arg[place:]
                return not value or not value.isalpha() or value in (getattr(option.type, "choices", None) or ())
        return True

    def _short_options(self, ctx: click.Context) -> dict[str, click.Option]:
        return {
            name: option
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)
            if len(name) == 2
        }


def write_examples(formatter: click.HelpFormatter, examples: Sequence[Example]) -> None:
    """Write the examples as one can type them, each under what it is for."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{' ' * formatter.current_indent}# {example.about}\n")
            formatter.write(f"{' ' * formatter.current_indent}{example.line}\n")
