"""Options that stand before the command or behind it: which library, whether to colour, whether to page."""

from __future__ import annotations

from typing import Any

import click

from readouts_cli.cli.session import Session


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option's value in the session; what stands behind the command wins over what stands before it."""
    assert parameter.name is not None
    if value is not None:
        setattr(context.ensure_object(Session), parameter.name, value)


library_option = click.option(
    "-L",
    "--library",
    metavar="LIBRARY",
    expose_value=False,
    callback=_remember,
    help="The library: a folder, a URL (opensearch://HOST:9200/NAME), or a name of the config file.",
)

colour_option = click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default=None,
    expose_value=False,
    callback=_remember,
    help="When to colour; auto is on a terminal.",
)

paging_option = click.option(
    "--pager/--no-pager",
    "paging",
    default=None,
    expose_value=False,
    callback=_remember,
    help="Whether output taller than the screen goes through the pager.",
)
