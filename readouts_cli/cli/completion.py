"""What the shell offers while a command line is being typed: fields, ids, bodies, columns.

A completion never fails and never speaks: where the library cannot be read it offers nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from readouts_cli.errors import ReadoutsError
from readouts_cli.query.period import DateField

if TYPE_CHECKING:
    from click import Context, Parameter
    from click.shell_completion import CompletionItem

    from readouts_cli.library import Library

#: More than these the shell is not offered at once.
_MOST = 200

#: What can follow the fields of dates.
_DATES = ("today", "yesterday", "this_month", "last_month", "this_year", "last_year", "none")
_DATE_FIELDS = tuple(field.value for field in DateField)


def complete_ids(context: Context, _parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids in the library that begin so."""
    return _items(_beginning(incomplete, _ids(context)))


def complete_columns(_context: Context, _parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of columns, behind those already chosen."""
    from readouts_cli.output.columns import COLUMNS

    before, comma, last = incomplete.rpartition(",")
    return _items(before + comma + name for name in _beginning(last, COLUMNS))


def complete_query(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Field names; behind one, its values.

    Bash takes the colon for a word of its own, so that a value comes alone and its field is found among the words
    before it.
    """
    words: tuple[str, ...] = context.params.get(parameter.name or "") or ()
    if len(words) >= 2 and words[-1] == ":":
        return _items(_beginning(incomplete, _values(context, words[-2])))
    field, colon, value = incomplete.partition(":")
    if incomplete == ":" and words:
        return _items(_values(context, words[-1]))
    if colon:
        return _items(f"{field}:{found}" for found in _beginning(value, _values(context, field)))
    return _items(f"{name}:" for name in _beginning(incomplete, _field_names()))


def complete_names(*names: str) -> Callable[[Context, Parameter, str], list[CompletionItem]]:
    """What completes one of a few names."""
    return lambda _context, _parameter, incomplete: _items(_beginning(incomplete, names))


def _field_names() -> list[str]:
    from readouts_cli.query.fields import FIELDS

    return [*(field.name for field in FIELDS), *_DATE_FIELDS]


def _values(context: Context, field: str) -> Iterable[str]:
    if field == "id":
        return _ids(context)
    if field == "body":
        return (_quoted(body) for body in _bodies(context))
    return _DATES if field in _DATE_FIELDS else ()


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _ids(context: Context) -> list[str]:
    return _told(context, lambda library: library.engine.ids())


def _bodies(context: Context) -> list[str]:
    """The most frequent first."""
    from readouts_cli.engines.base import Facet
    from readouts_cli.query.tree import Everything

    def bodies(library: Library) -> list[str]:
        counts = library.engine.facet(Everything(), Facet.BODY)
        return sorted(filter(None, counts), key=lambda body: (-counts[body], body))

    return _told(context, bodies)


def _told(context: Context, tell: Callable[[Library], list[str]]) -> list[str]:
    """What the library tells; nothing where it cannot be opened, or is found to be damaged."""
    from readouts_cli.cli.session import Session

    try:
        with context.ensure_object(Session).open_library() as library:
            return tell(library)
    except (ReadoutsError, OSError):
        return []


def _beginning(start: str, words: Iterable[str]) -> list[str]:
    folded = start.strip('"').casefold()
    return [word for word in words if word.strip('"').casefold().startswith(folded)][:_MOST]


def _items(values: Iterable[str]) -> list[CompletionItem]:
    """What the shell is offered; a value that would steer a terminal is not."""
    from click.shell_completion import CompletionItem

    from readouts_cli.output.sanitize import one_line

    return [CompletionItem(value) for value in values if value == one_line(value)]
