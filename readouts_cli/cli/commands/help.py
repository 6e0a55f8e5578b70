"""`readouts help`: a command, a topic, or the whole manual."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.commands import NAMES
from readouts_cli.cli.completion import complete_names
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit, UsageError
from readouts_cli.output.topics import TOPICS, topic_lines

_EXAMPLES = (
    Example("readouts help query", "the query language, with examples"),
    Example("readouts help search", "the same as readouts search --help"),
    Example("readouts help --man > ~/.local/share/man/man1/readouts.1", "the manual page"),
)


_HELP = f"Explain a command or a topic.\n\nTopics: {', '.join(TOPICS)}."


@click.command(cls=Command, name="help", examples=_EXAMPLES, help=_HELP)
@click.argument("topic", required=False, metavar="[TOPIC]", shell_complete=complete_names(*TOPICS, *NAMES))
@click.option("--man", is_flag=True, help="Print everything as a manual page (roff).")
@click.pass_context
def command(context: click.Context, topic: str | None, *, man: bool) -> int:
    """Print a command's help, a topic, or everything."""
    session = context.ensure_object(Session)
    stdout, root = session.environment.stdout, context.find_root()
    if man and topic is not None:
        raise UsageError(f"--man prints the whole manual; leave out {topic!r}")
    if man:
        from readouts_cli.output.manpage import manpage

        stdout.write(manpage(root))
    elif topic is None:
        stdout.write(root.get_help() + "\n")
    elif topic in TOPICS:
        stdout.writelines(topic_lines(topic, session.environment.size.columns))
    elif topic in NAMES:
        stdout.write(_command_help(root, topic) + "\n")
    else:
        from readouts_cli.nearest import meant

        names = meant(topic, [*TOPICS, *NAMES], f"topics: {', '.join(TOPICS)}")
        raise UsageError(f"there is no command or topic {topic!r}; {names}")
    return Exit.OK


def _command_help(root: click.Context, name: str) -> str:
    assert isinstance(root.command, click.Group)
    command = root.command.get_command(root, name)
    assert command is not None
    with click.Context(command, info_name=name, parent=root) as context:
        return command.get_help(context)
