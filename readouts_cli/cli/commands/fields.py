"""`readouts fields`: the fields of queries and the columns of output."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.session import Session
from readouts_cli.output.listing import write_sections
from readouts_cli.query.period import DateField

_EXAMPLES = (
    Example("readouts fields", "every name, with what it stands for"),
    Example("readouts search title:carbon --fields id,met,title", "a field in a query, columns in the output"),
)

#: The fields that hold dates, which take periods.
_DATE_FIELDS = {
    DateField.DATE: "the meeting day, or the day of publication where that is unknown",
    DateField.MET: "the meeting day",
    DateField.PUB: "the day of publication",
}


@click.command(cls=Command, name="fields", examples=_EXAMPLES)
@click.pass_obj
def command(session: Session) -> None:
    """List the fields of queries and the columns of output."""
    from readouts_cli.output.columns import COLUMNS
    from readouts_cli.query.fields import FIELDS

    fields = {f"{field.name}:": field.holds for field in FIELDS}
    dates = {f"{field.value}:": _DATE_FIELDS[field] for field in DateField}
    columns = {column.name: column.holds for column in COLUMNS.values()}
    sections = {"Fields of queries": fields, "Fields that take a period": dates, "Columns": columns}
    write_sections(
        session.environment.stdout, sections, session.environment.size.columns, plain=not session.on_terminal
    )
