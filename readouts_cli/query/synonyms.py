"""The user's own synonyms: groups of formulations that stand for one another when a search asks for it.

The file is plain text in UTF-8.  A line is a group, its forms separated by `=`, in any script:

    # formulations of the Centre
    双碳 = dual carbon = carbon peaking and carbon neutrality
    two safeguards = two maintenances = 两个维护

What follows a `#` at the beginning of a line or after a blank is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from typing import NamedTuple

from readouts_cli.errors import UsageError
from readouts_cli.query.caret import printable, shown
from readouts_cli.query.tokens import terms

_COMMENT = re.compile(r"(?:^|\s)#.*")


class Group(NamedTuple):
    """Forms that stand for one another: each as it is written, by its terms."""

    forms: dict[tuple[str, ...], str]

    def __str__(self) -> str:
        return " = ".join(self.forms.values())


class Synonyms:
    """Groups of forms; no form is in two of them."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = {form: group for group in groups for form in group.forms}
        #: How many terms the longest form has.
        self.longest = max(map(len, self._groups), default=0)

    def group(self, terms: Sequence[str]) -> Group | None:
        """The group with a form of exactly these terms."""
        return self._groups.get(tuple(terms))


def read_synonyms(path: str | PathLike[str]) -> Synonyms:
    """The groups in a file.  Raises UsageError with the line at fault."""
    from pathlib import Path

    name = printable(fspath(path))
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read the synonyms in {name}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"the synonyms in {name} are not UTF-8 at byte {error.start}") from None
    return parse_synonyms(text, name)


def parse_synonyms(text: str, name: str) -> Synonyms:
    """The groups that a text writes; `name` is what messages call it.  Raises UsageError with the line at fault."""
    groups: list[Group] = []
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        written = _COMMENT.sub("", line).strip()
        if not written:
            continue
        where = f"{name}, line {number}"
        group = _group(written, where)
        for form in group.forms:
            if form in lines:
                again = f"{shown(group.forms[form])} is already in the group of line {lines[form]}"
                raise UsageError(f"{where}: {again}; put both groups on one line")
            lines[form] = number
        groups.append(group)
    return Synonyms(groups)


def _group(written: str, where: str) -> Group:
    forms: dict[tuple[str, ...], str] = {}
    for form in map(str.strip, written.split("=")):
        found = tuple(terms(form))
        if not found:
            raise UsageError(f"{where}: there is nothing to search for in {shown(form) or 'an empty form'}")
        forms.setdefault(found, form)
    if len(forms) < 2:
        raise UsageError(f"{where}: a group needs two forms, separated by =")
    return Group(forms)
