"""`readouts completion`: what a shell needs to complete command lines."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.session import Session
from readouts_cli.errors import UsageError

_EXAMPLES = (
    Example('eval "$(readouts completion bash)"', "in ~/.bashrc"),
    Example('eval "$(readouts completion zsh)"', "in ~/.zshrc, after compinit"),
    Example("readouts completion fish > ~/.config/fish/completions/readouts.fish", "once"),
)


@click.command(cls=Command, name="completion", examples=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete command lines.

    Commands, options, fields, ids and bodies are completed.
    """
    from click.shell_completion import get_completion_class

    from readouts_cli.cli.application import COMPLETION_VARIABLE

    completion = get_completion_class(shell)
    if completion is None:
        raise UsageError(f"there is no completion for {shell}")
    application = context.find_root().command
    source = completion(application, {}, "readouts", COMPLETION_VARIABLE).source()
    session = context.ensure_object(Session)
    session.environment.stdout.write(source.rstrip() + "\n")
