"""Which office belongs to which name, in a list of people cut into its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from readouts_cli.reading.offices import ListPart, Part
from readouts_cli.readout import Person, Span


@dataclass(frozen=True, slots=True)
class People:
    """Who presided and who attended."""

    presided: tuple[Person, ...] = ()
    attended: tuple[Person, ...] = ()


def people_of(text: str, parts: list[ListPart], rule: str) -> list[Person]:
    """The people of a list, each with the office printed for him.

    An office belongs to the name before it or, where none is, to the one after; an office in the plural to all the bare
    names beside it.
    """
    roll = _Roll()
    for part in parts:
        if part.name:
            roll.add_name(part.name, part)
        elif part.kind is Part.OFFICE and part.office:
            roll.add_office(part.office, part)
        else:
            roll.interrupt(keeps_shared=part.kind is Part.UNREAD)
    return [
        Person(text[name.start : name.end], text[office.start : office.end] if office else None, name, office, rule)
        for name, office in roll.people
    ]


@dataclass(slots=True)
class _Roll:
    """People so far; `leading` is an office that waits for its name, `shared` one in the plural for the names to come.

    `open` is True where an office that follows belongs to the last name.
    """

    people: list[tuple[Span, Span | None]] = field(default_factory=list)
    leading: Span | None = None
    shared: Span | None = None
    open: bool = False

    def add_name(self, name: Span, part: ListPart) -> None:
        if part.office:
            office: Span | None = Span((self.leading or part.office).start, part.office.end)
            self.shared = office if part.plural else None
        else:
            office = self.leading or self.shared
            if self.leading != self.shared and self.leading:
                self.shared = None
        self.people.append((name, office))
        self.open = part.office is None and office == self.shared
        self.leading = None

    def add_office(self, office: Span, part: ListPart) -> None:
        if not self.open:
            self.leading = Span((self.leading or office).start, office.end)
            self.shared = self.leading if part.plural else None
        elif part.plural:
            self._share_with_names_before(office, part)
        else:
            name, printed = self.people[-1]
            begins = printed if printed and printed != self.shared else office
            self.people[-1] = name, Span(begins.start, office.end)
            self.shared = None

    def _share_with_names_before(self, office: Span, part: ListPart) -> None:
        """All of "A, B and C, deputy directors"; "A, and members of the committee" names a group of its own."""
        bare = len(self.people)
        while bare and self.people[bare - 1][1] is None:
            bare -= 1
        if not part.after_and and len(self.people) - bare > 1:
            self.people[bare:] = [(name, office) for name, _ in self.people[bare:]]
        self.open = False

    def interrupt(self, *, keeps_shared: bool) -> None:
        self.leading, self.open = None, False
        if not keeps_shared:
            self.shared = None
