"""The program as one Click group: the options before the command, and the commands, each imported when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from readouts_cli import __version__
from readouts_cli.cli.command import Command, Example, write_examples
from readouts_cli.cli.commands import NAMES, SECTIONS
from readouts_cli.cli.environment import Environment
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit, UsageError

#: The variable through which a shell asks for completions, in Click's protocol.
COMPLETION_VARIABLE = "_READOUTS_COMPLETE"

_EXAMPLES = (
    Example("readouts index ~/readouts", "make a library of the files in a folder, or bring it up to date"),
    Example('readouts search "dual carbon"', "find readouts with both words, best where they stand together"),
    Example("readouts search '\"two safeguards\"' --since 2022-08 -o json | jq .total", "count in a pipe"),
    Example("readouts show 003", "read one"),
    Example("readouts help query", "the query language"),
)


class _Application(click.Group):
    """The group; it names every command but imports only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NAMES:
            return None
        command = import_module(f"readouts_cli.cli.commands.{cmd_name}").command
        assert isinstance(command, Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in NAMES and not args[0].startswith("-") and not ctx.resilient_parsing:
            from readouts_cli.nearest import meant

            search = f"to search for it: readouts search {args[0]}"
            raise UsageError(f"there is no command {args[0]!r}; {meant(args[0], NAMES, search)}")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_text(self.help or "")
        write_examples(formatter, _EXAMPLES)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                commands = [(name, self.get_command(ctx, name)) for name in names]
                formatter.write_dl([(name, command.get_short_help_str(80)) for name, command in commands if command])
        click.Command.format_options(self, ctx, formatter)


@click.group(
    cls=_Application,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Full-text search over meeting readouts.",
)
@library_option
@colour_option
@paging_option
@click.version_option(__version__, "-V", "--version", message="readouts %(version)s")
@click.pass_context
def application(context: click.Context) -> int | None:
    """Show the help where no command is given."""
    if context.invoked_subcommand is not None:
        return None
    click.echo(context.get_help())
    return Exit.USAGE


def run(arguments: Sequence[str], environment: Environment) -> int:
    """Run the command that the arguments name and return its exit status; failures are raised."""
    session = Session(environment)
    asked = environment.variables.get(COMPLETION_VARIABLE)
    if asked:
        return _complete(session, asked)
    width = environment.size.columns
    try:
        with application.make_context(
            "readouts", list(arguments), obj=session, terminal_width=min(width, 100)
        ) as context:
            status = application.invoke(context) or Exit.OK
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return Exit.INCOMPLETE if session.announce_incomplete() else status


def _complete(session: Session, asked: str) -> int:
    from click.shell_completion import shell_complete

    return shell_complete(application, {"obj": session}, "readouts", COMPLETION_VARIABLE, asked)
