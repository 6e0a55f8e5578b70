"""What `engines.py` asks: queries of every kind, of our engines and, where it has the like, of FTS5."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from engine_documents import COMMON, COMMONEST, RARE
from fts5 import Fts5

from readouts_cli.engines import engine_class
from readouts_cli.engines.base import Engine, Facet, Order, Ranking
from readouts_cli.query.expressions import Either, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Family, Fuzzy, Regex, Wildcard
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Words

#: A real cluster, `opensearch://host:port`.
CLUSTER = os.environ.get("READOUTS_TEST_OPENSEARCH", "")


class Asked(Protocol):
    """An index that was built, to be opened and asked queries by their names."""

    #: The names of the queries that it has an answer to.
    queries: Sequence[str]

    #: Whether it is in files here.
    on_disk: bool

    def open(self) -> None: ...
    def ask(self, name: str) -> None: ...
    def close(self) -> None: ...


def asked(engine: str, folder: Path) -> Asked:
    """The index that an engine has built in a folder."""
    return Fts5(folder) if engine == "fts5" else Ours(engine, folder)


class Ours:
    """An index of one of our engines."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._folder = name, folder
        self._engine: Engine | None = None
        self._asked = _queries()
        self.queries: Sequence[str] = list(self._asked)
        self.on_disk = name != "opensearch"

    def open(self) -> None:
        self._engine = engine_class(self._name)(self._folder)
        self._asked = _queries()  # a regular expression has so much time in all

    def ask(self, name: str) -> None:
        assert self._engine is not None
        condition, how = self._asked[name]
        if isinstance(how, Facet):
            self._engine.facet(condition, how)
        else:
            self._engine.search(condition, how, limit=10, offset=0, ranking=Ranking())

    def close(self) -> None:
        assert self._engine is not None
        self._engine.close()


def _queries() -> Mapping[str, tuple[Condition, Order | Facet]]:
    """Conditions with the order of the hits, or what they are counted by."""
    first, second = (Words("text", (Term(Family(word)),)) for word in COMMON)
    both = Words("text", tuple(Term(Family(word)) for word in COMMON))
    left, right = (Term(Exact(word)) for word in COMMON)
    phrase = Phrase(tuple(enumerate(map(Exact, COMMON))), 2)
    common_phrase = Phrase(tuple(enumerate(map(Exact, COMMONEST))), 2)
    within = Within(tuple(map(Exact, (*COMMON, COMMONEST[0]))), 3)
    either = Either((common_phrase, left))
    near = Near(left, right, 3, ordered=False)
    of_a_pattern = Phrase(((0, Exact(COMMONEST[0])), (1, Wildcard(COMMON[0][:3] + "*"))), 2)
    years = Dated(DateField.DATE, Period(dt.date(2012, 1, 1), dt.date(2014, 12, 31)))
    texts: dict[str, Condition] = {
        "rare word": Words("text", (Term(Family(RARE)),)),
        "common word": first,
        "two words": both,
        "one word without another": And((first, Not(second))),
        "phrase": In("text", phrase),
        "phrase of the commonest words": In("text", common_phrase),
        "NEAR/5": In("text", Near(left, right, 5, ordered=False)),
        "phrase NEAR/5 a word": In("text", Near(common_phrase, left, 5, ordered=False)),
        "three words within 3": In("text", within),
        "phrase or word NEAR/3 a word": In("text", Near(either, right, 3, ordered=False)),
        "NEAR/3 NEAR/5 a word": In("text", Near(near, Term(Exact(COMMONEST[0])), 5, ordered=False)),
        "phrase with a prefix": In("text", of_a_pattern),
        "common word of the title": In("title", Term(Exact(COMMONEST[0]))),
        "prefix": In("text", Term(Wildcard(COMMON[0][:3] + "*"))),
        "ending": In("text", Term(Wildcard("*ing"))),
        "wildcard": In("text", Term(Wildcard("sw?mming"))),
        "fuzzy word": In("text", Term(Fuzzy("goverment", 1))),
        "regular expression": In("text", Term(Regex("swim(s|mers?|ming)"))),
        "word and dates": And((first, years)),
    }
    return {
        **{name: (condition, Order.RELEVANCE) for name, condition in texts.items()},
        "common word by date": (first, Order.DATE_DESCENDING),
        "newest of all": (Everything(), Order.DATE_DESCENDING),
        "months of a common word": (first, Facet.MONTH),
    }


def remove_from_cluster(folder: Path) -> None:
    """Take the library that `folder` tells of off its cluster."""
    from readouts_cli.engines.opensearch.mapping import ORIGINS
    from readouts_cli.engines.opensearch.place import load
    from readouts_cli.engines.opensearch.server import Server

    location = load(folder).location
    server = Server(location)
    for index in (location.name, location.name + ORIGINS):
        server.ask("DELETE", f"/{index}")
    server.close()
