"""Readouts for the tests of analysis: the seeds, and made ones with invented names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from readouts_cli.query.syntax import Options, parse
from readouts_cli.query.tree import Condition
from readouts_cli.reading.quotes import read_quotes
from readouts_cli.readout import Certainty, Fact, Met, Person, Published, Readout, Span

SEEDS = Path(__file__).parents[2] / "seeds"

#: The meeting days of the seeds; 004 states no year.
SEED_DAYS = {"000": "2022-08-25", "001": "2022-08-22", "002": "2023-01-18", "003": "2022-08-19", "004": None}


def made(
    id: str,
    text: str,
    met: str | None = None,
    *,
    published: str | None = None,
    certainty: Certainty = Certainty.STATED,
    body: str | None = None,
    presided: tuple[tuple[str, str | None], ...] = (),
    attended: tuple[tuple[str, str | None], ...] = (),
) -> Readout:
    """A readout with its quotes read and everything else as given."""
    quotes, damaged = read_quotes(text)
    return Readout(
        id=id,
        path=f"/made/{id}.txt",
        text=text,
        met=_met(met, certainty),
        published=Published(published, None, "made") if published else None,
        body=Fact(body, None, "made") if body else None,
        presided=tuple(_person(*each) for each in presided),
        attended=tuple(_person(*each) for each in attended),
        quotes=quotes,
        damaged_quotes=damaged,
    )


def seeds() -> dict[str, Readout]:
    """The five example readouts with their meeting days, quotes and whole texts."""
    texts = {path.name[:3]: path.read_bytes().decode() for path in sorted(SEEDS.iterdir())}
    return {id: made(id, text, SEED_DAYS[id]) for id, text in texts.items()}


def query(text: str, *, phrase: bool = False) -> Condition:
    """What a query means."""
    return parse(text, Options(today=dt.date(2024, 1, 1), phrase=phrase)).condition


def _met(day: str | None, certainty: Certainty) -> Met | None:
    if day is None:
        return None
    if day.startswith("XXXX"):
        return Met(None, None, day, Certainty.PARTIAL, "made", Span(0, 0))
    start = dt.date.fromisoformat(day)
    return Met(start, start, day, certainty, "made", Span(0, 0))


def _person(name: str, office: str | None) -> Person:
    return Person(name, office, Span(0, 0), None, "made")
