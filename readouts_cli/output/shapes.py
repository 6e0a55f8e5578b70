"""Records as plain values for JSON, in the shapes that the schemas describe."""

from __future__ import annotations

from typing import Any

from readouts_cli.passages import Passage, paragraphs
from readouts_cli.readout import Fact, Met, Person, Published, Readout, Span
from readouts_cli.results import ShownHit

#: A JSON object.
Shape = dict[str, Any]


def hit_shape(hit: ShownHit) -> Shape:
    """A hit of a search.  `matches` counts, `spans` tells where."""
    return {
        **summary_shape(hit.readout),
        "score": round(hit.score, 6),
        "rank": hit.rank,
        "matches": len(hit.matches),
        "spans": list(hit.matches),
        "passages": [_passage(hit.readout, passage) for passage in hit.passages],
    }


def summary_shape(readout: Readout) -> Shape:
    """What every listing tells of a readout."""
    return {
        "id": readout.id,
        "path": readout.path,
        "title": _value(readout.title),
        "published": _published(readout.published),
        "met": _met(readout.met),
        "body": _value(readout.body),
        "presided": [_person(person) for person in readout.presided],
    }


def readout_shape(readout: Readout) -> Shape:
    """A readout whole, with everything that was read from it."""
    return {
        "schema": "readouts.readout/1",
        **summary_shape(readout),
        "attended": [_person(person) for person in readout.attended],
        "source": _value(readout.source),
        "quotes": [{"text": quote.text, "span": quote.span} for quote in readout.quotes],
        "damaged_quotes": [{"problem": quote.problem, "at": quote.at} for quote in readout.damaged_quotes],
        "subtitle": _value(readout.subtitle),
        "place": _value(readout.place),
        "reporters": [_value(reporter) for reporter in readout.reporters],
        "language": readout.language,
        "record": readout.record,
        "metadata": readout.metadata,
        "warnings": list(readout.warnings),
        "body_start": readout.body_start,
        "paragraphs": paragraphs(readout.text),
        "text": readout.text,
    }


def _passage(readout: Readout, passage: Passage) -> Shape:
    return {
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "text": readout.text[passage.start : passage.end],
        "spans": list(passage.spans),
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _published(published: Published | None) -> Shape | None:
    return {"date": published.date, "span": published.span} if published else None


def _met(met: Met | None) -> Shape | None:
    if met is None:
        return None
    return {
        "start": met.start.isoformat() if met.start else None,
        "end": met.end.isoformat() if met.end else None,
        "edtf": met.edtf,
        "certainty": met.certainty.value,
        "rule": met.rule,
        "span": met.span,
    }


def _person(person: Person) -> dict[str, str | Span | None]:
    return {"name": person.name, "office": person.office, "span": person.span}
