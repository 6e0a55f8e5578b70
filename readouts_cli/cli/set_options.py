"""The options that say which readouts a question is about, where a command's arguments are no query."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli.cli.command import option
from readouts_cli.cli.completion import complete_query
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.query_options import QueryRequest
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query

#: The options that hold a period.
_PERIODS = ("since", "until", "after", "before", "on", "date", "met", "pub")


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
        return cls(within, **{name: getattr(request, name) for name in (*_PERIODS, "doubtful")})

    def only(self, query: str) -> SetRequest:
        """The readouts that a query finds, dates as here left aside."""
        return SetRequest(query, doubtful=self.doubtful)

    def read(self, session: Session) -> Query:
        """The readouts that are meant, as a query.  Raises QueryError."""
        words = () if self.within is None else (self.within,)
        dates = {name: getattr(self, name) for name in (*_PERIODS, "doubtful")}
        request = QueryRequest(words, phrase=False, any=False, exact=False, synonyms=None, **dates)
        return read_set(request, session)


def without_periods(request: QueryRequest) -> QueryRequest:
    """The query alone, where its periods say which readouts it is asked of."""
    return request._replace(since=None, until=None, after=None, before=None, on=None, date=None, met=None, pub=None)


def read_set(request: QueryRequest, session: Session) -> Query:
    """The readouts that a query finds; where it asks for nothing, every readout.  Raises QueryError."""
    if request.words or any(getattr(request, name) for name in _PERIODS):
        return request.read(session)
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Everything

    return Query("", Everything())


_set = partial(option, section="Which readouts")

within_option = _set(
    "--in", "within", metavar="QUERY", shell_complete=complete_query, help="Only among readouts that QUERY finds."
)

_OPTIONS = (
    within_option,
    _set("--since", metavar="PERIOD", help="From the first day of PERIOD: 2022, 2022-08, 2022-08-20, 3m."),
    _set("--until", metavar="PERIOD", help="To the last day of PERIOD."),
    _set("--after", metavar="PERIOD", help="Only after the last day of PERIOD."),
    _set("--before", metavar="PERIOD", help="Only before the first day of PERIOD."),
    _set("--on", metavar="PERIOD", help="Within PERIOD: a day, 2022-08, 2022-Q3, 2022-08..2022-10."),
    _set("--date", metavar="PERIOD", help="The same as --on: the meeting day, else the day of publication."),
    _set("--met", metavar="PERIOD", help="The same, of the meeting day alone."),
    _set("--pub", metavar="PERIOD", help="The same, of the day of publication alone."),
    _set("--doubtful", is_flag=True, help="Count doubtful and partial dates as lying in a period."),
)

#: Adds the options; the command gets them as one `SetRequest`, `among`.
set_options = gathered(SetRequest, "among", _OPTIONS)
