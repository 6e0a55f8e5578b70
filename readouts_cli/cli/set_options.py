"""The options that say which readouts a question is about, where a command's arguments are no query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from readouts_cli.cli.command import option
from readouts_cli.cli.completion import complete_query
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.query_options import PERIODS, QueryRequest, date_options
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query


class SetRequest(NamedTuple):
    """What the command line says about which readouts to look at."""

    within: str | None
    since: str | None = None
    until: str | None = None
    after: str | None = None
    before: str | None = None
    on: str | None = None
    date: str | None = None
    met: str | None = None
    pub: str | None = None
    doubtful: bool = False

    @classmethod
    def around(cls, request: QueryRequest, within: str | None) -> SetRequest:
        """The set in which a query is asked: the readouts that `within` finds, in the query's periods."""
        return cls(within, **{name: getattr(request, name) for name in (*PERIODS, "doubtful")})

    def only(self, query: str) -> SetRequest:
        """The readouts that a query finds, dates as here left aside."""
        return SetRequest(query, doubtful=self.doubtful)

    def read(self, session: Session) -> Query:
        """The readouts that are meant, as a query.  Raises QueryError."""
        words = () if self.within is None else (self.within,)
        dates = {name: getattr(self, name) for name in (*PERIODS, "doubtful")}
        request = QueryRequest(words, phrase=False, any=False, exact=False, synonyms=None, **dates)
        return read_set(request, session)


def without_periods(request: QueryRequest) -> QueryRequest:
    """The query alone, where its periods say which readouts it is asked of."""
    none: dict[str, Any] = dict.fromkeys(PERIODS)
    return request._replace(**none)


def read_set(request: QueryRequest, session: Session) -> Query:
    """The readouts that a query finds; where it asks for nothing, every readout.  Raises QueryError."""
    if request.words or any(getattr(request, name) is not None for name in PERIODS):
        return request.read(session)
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Everything

    request.refuse_idle()
    return Query("", Everything())


_SECTION = "Which readouts"

within_option = option(
    "--in",
    "within",
    section=_SECTION,
    metavar="QUERY",
    shell_complete=complete_query,
    help="Only among readouts that QUERY finds.",
)

#: Adds the options; the command gets them as one `SetRequest`, `among`.
set_options = gathered(SetRequest, "among", (within_option, *date_options(_SECTION)))
