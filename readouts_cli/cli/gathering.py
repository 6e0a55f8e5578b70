"""Options that belong together: declared once, shared by commands, and handed to them as one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

Callback = TypeVar("Callback", bound=Callable[..., Any])


def gathered(
    record: type[tuple[Any, ...]], argument: str, options: Sequence[Callable[[Any], Any]]
) -> Callable[[Callback], Any]:
    """A decorator that adds `options` to a command, which gets them as one `record` under the name `argument`.

    The record is a NamedTuple (a dataclass takes five times as long to make, at every start), and each of its fields
    has the name of an option's parameter.
    """
    names: tuple[str, ...] = record._fields  # type: ignore[attr-defined]

    def decorate(callback: Callback) -> Any:
        @wraps(callback)
        def gathering(*args: Any, **given: Any) -> Any:
            values = {name: given.pop(name) for name in names}
            return callback(*args, **given, **{argument: record(**values)})

        decorated: Any = gathering
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate
