"""The port: what the rest of the program asks of an engine, and what an engine promises.

Promises of every engine: a search returns exactly the readouts that the query tree accepts, each once; what one opened
engine answers comes from one commit; a commit becomes visible as a whole or not at all; a writer that dies leaves the
last commit; one writer at a time, any number of readers, none of which waits for another.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar, runtime_checkable

from readouts_cli.query.expressions import Expression
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.period import DateField
from readouts_cli.query.tree import Condition

if TYPE_CHECKING:
    from readouts_cli.readout import Readout


#: The time of change in the stamp of a readout that others of its file came after.
UNFINISHED = 0

#: How many terms one pattern may stand for.
MOST_TERMS = 20_000


class FileStamp(NamedTuple):
    """What a source file looked like when it was read: enough to tell whether it has changed since."""

    path: str
    size: int
    mtime_ns: int
    digest: str

    def fits(self, status: os.stat_result) -> bool:
        """Whether a file that looks so is the one that was read, as far as can be told without reading it."""
        return status.st_size == self.size and self.mtime_ns in {UNFINISHED, status.st_mtime_ns}


class Entry(NamedTuple):
    """A readout on its way into an engine, with the stamp of the file that it came from."""

    readout: Readout
    stamp: FileStamp


class Order(Enum):
    """Ways to sort hits.  Ties, and readouts without the date in question, follow in the order of their ids."""

    RELEVANCE = "relevance"
    DATE = "date"
    DATE_DESCENDING = "-date"
    MET = "met"
    PUBLISHED = "pub"
    ID = "id"


class Facet(Enum):
    """What hits can be counted by.  A readout with several presiders counts once for each."""

    YEAR = "year"
    MONTH = "month"
    BODY = "body"
    PRESIDER = "presider"
    SOURCE = "source"
    LANGUAGE = "language"


class Ranking(NamedTuple):
    """BM25's parameters (Robertson & Zaragoza 2009): term-frequency saturation and length normalisation."""

    k1: float = 0.9
    b: float = 0.4


class Hit(NamedTuple):
    """A readout that matched.  `score` is 0.0 where the order does not need it."""

    id: str
    score: float


class Found(NamedTuple):
    """The answer to a search: how many readouts matched in all, and the hits that were asked for, best first."""

    total: int
    hits: Sequence[Hit]


class Volume(NamedTuple):
    """How much there is of some readouts: how many they are, and the tokens of their texts."""

    readouts: int
    tokens: int


class Occurrences(NamedTuple):
    """The use of something in some readouts: in how many it occurs, and how many times in all."""

    readouts: int
    times: int


class TermCounts(NamedTuple):
    """The terms of the texts of several sets of readouts, counted when asked for: for each term its count in each set.

    `parts` give all terms, each those that no other gives, and `of` some; what is not in the sets is not told.
    `volumes` says how much of each set is counted, and `left_out` which readouts of it are not and must be read: those
    with Han text, as posting lists do not tell a character at the end of its run, which the pair before it holds
    already, from one that is a word.
    """

    volumes: Sequence[Volume]
    left_out: Sequence[Sequence[str]]
    parts: Sequence[Callable[[], dict[str, tuple[int, ...]]]]
    of: Callable[[Iterable[str]], dict[str, tuple[int, ...]]]


class TermCount(NamedTuple):
    """A term of the lexicon and the number of readouts that hold it."""

    term: str
    readouts: int


Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Batch(Generic[Outcome]):
    """What came of reading one task: entries for the engine, and whatever the caller wants to know of it."""

    entries: Sequence[Entry]
    outcome: Outcome


class ScorePart(NamedTuple):
    """What one word or phrase of a query adds to a readout's score; `neighbours` tells of words that stand together."""

    field: str
    expression: Expression
    neighbours: bool
    score: float


class Engine(Protocol):
    """A store of postings, opened for reading at its last commit."""

    name: str

    def search(self, query: Condition, order: Order, *, limit: int | None, offset: int, ranking: Ranking) -> Found:
        """The readouts that `query` accepts; `limit` None means all."""

    def score_parts(self, query: Condition, id: str, ranking: Ranking) -> list[ScorePart]:
        """What the score of a readout that `query` accepts is made of."""

    def count(self, query: Condition) -> int:
        """How many readouts `query` accepts."""

    def facet(self, query: Condition, facet: Facet) -> dict[str, int]:
        """How many of the readouts that `query` accepts fall under each value; "" counts those without one."""

    def volumes(self, query: Condition, which: DateField, *, doubtful: bool) -> dict[dt.date | None, Volume]:
        """How much there is on each day of the readouts that `query` accepts, exactly, without reading one.

        A readout's day is the first one of the date `which`.  None stands for those without a day: with no such date or
        one of which the year is unknown, and, unless `doubtful` ones count, with a doubtful one.
        """

    def occurrences(
        self, query: Condition, among: Condition, which: DateField, *, doubtful: bool
    ) -> dict[dt.date | None, Occurrences] | None:
        """How often `query` matches on each day in the readouts that it and `among` accept, without reading them all.

        Days are those of `volumes`, and matches those that `query.spans` shows in the text of a readout.  None where
        the engine cannot tell exactly: the readouts must then be read.
        """

    def holding(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """How many readouts hold each of some terms in a field, exactly, deleted ones left out."""

    def readout(self, id: str) -> Readout:
        """The stored readout.  Raises NotFoundError."""

    def readouts(self, ids: Iterable[str]) -> Iterator[Readout]:
        """The stored readouts with these ids, in their order."""

    def has(self, id: str) -> bool:
        """Whether a readout has exactly this id."""

    def ids(self) -> list[str]:
        """Every id, sorted."""

    def stamp(self, id: str) -> FileStamp | None:
        """The stamp of the file that a stored readout came from; None where that is another machine's."""

    def stamps(self) -> Iterator[tuple[str, FileStamp]]:
        """The id of every readout that came from a file of this machine, with the stamp of that."""

    def expand(self, field: str, leaf: Leaf, limit: int) -> list[TermCount]:
        """The terms of a field that `leaf` accepts, sorted.  Raises QueryError where there are more than `limit`."""

    def __len__(self) -> int:
        """How many readouts there are."""

    def verify(self) -> Iterator[str]:
        """Whatever is wrong with the store itself, a line each; reads all of it."""

    def close(self) -> None:
        """Let go of files and memory."""


@runtime_checkable
class Distributed(Protocol):
    """What an engine tells besides whose store is spread over machines, and changed by several."""

    @property
    def incomplete(self) -> str | None:
        """Why answers so far may lack readouts, where a part of the store has not answered."""

    def stamps_of_all(self) -> Iterator[tuple[str, FileStamp]]:
        """The id of every readout with the stamp of its file, whichever machine has that."""


@runtime_checkable
class Measuring(Protocol):
    """What an engine tells besides that has posting lists and the length of every text at hand."""

    def tokens(self, id: str) -> int:
        """How many tokens the text of a stored readout has."""

    def term_counts(self, sets: Sequence[Condition], *, tokens: bool) -> TermCounts | None:
        """The terms of the texts of some sets of readouts, counted without reading these: exactly what reading counts.

        Counted are the readouts that hold a term, or its `tokens`.  None where reading would be quicker.
        """


class Writer(Protocol):
    """A change in progress, begun at the last commit.

    Nothing is visible before `commit`; leaving the `with` block discards what was not committed.
    """

    @property
    def base(self) -> Engine:
        """The store as the change found it."""

    def add(self, entry: Entry) -> None:
        """Add a readout whose id the store does not hold, or no longer will after this commit."""

    def add_all(self, tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]]) -> Iterator[Outcome]:
        """Read each task and add what comes of it, on several cores if the engine can; outcomes come in any order.

        `tasks`, `read` and what it returns must then be picklable.
        """

    def delete(self, ids: Iterable[str]) -> None:
        """Remove readouts that `base` holds."""

    @property
    def pending(self) -> bool:
        """Whether enough is waiting for a commit to be worth one.

        During `add_all` this turns true only between two outcomes, when all that was added belongs to outcomes given
        before; a commit must then come before the next outcome is acted upon.
        """

    def commit(self, *, last: bool = True) -> None:
        """Make the change visible and durable.  The `last` commit also tidies up the store, and closes `base`."""

    def optimize(self) -> None:
        """Lay the store out anew for the fastest searches, and commit for the last time."""

    def __enter__(self) -> Writer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
