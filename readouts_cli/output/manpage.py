"""The manual page, in roff, from the same tree of commands that the help is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import click

from readouts_cli import __version__
from readouts_cli.output.topics import TOPICS, topic_sections


def manpage(context: click.Context) -> str:
    """The page of the application whose root context this is."""
    return "\n".join([*_head(context), *_commands(context), *_tables(), ""])


def _head(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f'.TH READOUTS 1 "" "readouts {__version__}" "User Commands"'
    yield from (".SH NAME", f"readouts \\- {_text(_summary(command).rstrip('.').lower())}")
    yield from (".SH SYNOPSIS", ".B readouts", _text(" ".join(command.collect_usage_pieces(context))))
    yield ".SH OPTIONS"
    yield from _options(command, context)


def _commands(context: click.Context) -> Iterator[str]:
    yield ".SH COMMANDS"
    assert isinstance(context.command, click.Group)
    for name in context.command.list_commands(context):
        command = context.command.get_command(context, name)
        assert command is not None
        child = click.Context(command, info_name=name, parent=context)
        yield f".SS {_text(f'readouts {name}')} {_text(' '.join(command.collect_usage_pieces(child)))}"
        yield from _paragraphs(command.help or "")
        yield from _options(command, child)
        yield from _examples(getattr(command, "examples", ()))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None:
            names, about = record
            yield from (".TP", f"\\fB{_text(names)}\\fR", _text(about))


def _examples(examples: Iterable[tuple[str, str]]) -> Iterator[str]:
    for line, about in examples:
        yield from (".PP", f"{_text(about[0].upper() + about[1:])}:", ".PP", ".RS", ".nf", _text(line), ".fi", ".RE")


def _tables() -> Iterator[str]:
    for topic in TOPICS:
        yield from _table(topic_sections(topic))


def _table(sections: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for title, entries in sections.items():
        yield f".SH {_text(title.upper())}"
        for name, meaning in entries.items():
            yield from (".TP", f"\\fB{_text(name)}\\fR", _text(meaning))


def _summary(command: click.Command) -> str:
    return (command.help or "").partition("\n\n")[0]


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from (".PP", _text(" ".join(paragraph.split())))


def _text(text: str) -> str:
    """Text in which nothing is a request or an escape of roff."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)
