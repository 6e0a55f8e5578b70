"""The options that say what is sought: shared by every command that takes a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from readouts_cli.cli.command import option
from readouts_cli.cli.completion import complete_query
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.session import Session
from readouts_cli.errors import QueryError, UsageError

if TYPE_CHECKING:
    import datetime as dt

    from readouts_cli.query.period import Period
    from readouts_cli.query.synonyms import Synonyms
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Condition

#: The value of `--synonyms` without a file.
_OWN_FILE = ""

#: Date options and the date each looks at; the first four compare, the others hold the whole period.
PERIODS = {
    "since": "date", "until": "date", "after": "date", "before": "date",
    "on": "date", "date": "date", "met": "met", "pub": "pub",
}  # fmt: skip


class QueryRequest(NamedTuple):
    """What the command line says about what is sought."""

    words: tuple[str, ...]
    phrase: bool
    any: bool
    exact: bool
    synonyms: str | None
    since: str | None
    until: str | None
    after: str | None
    before: str | None
    on: str | None
    date: str | None
    met: str | None
    pub: str | None
    doubtful: bool

    @property
    def text(self) -> str:
        """The query as typed."""
        return " ".join(self.words)

    def read(self, session: Session) -> Query:
        """The query that is meant; periods alone ask for every readout in them.

        Raises QueryError, and UsageError where nothing is asked.
        """
        from readouts_cli.query.period_syntax import today
        from readouts_cli.query.syntax import Options, Query, parse
        from readouts_cli.query.tree import Everything

        now = today()
        periods = list(self._periods(now))
        if not self.words and not periods:
            raise UsageError("nothing is sought; name words, or a period such as --since 2022-08")
        if not self.words:
            self.refuse_idle()
            return Query("", _within(Everything(), "", periods))
        options = Options(
            today=now,
            any=self.any,
            phrase=self.phrase,
            exact=self.exact,
            doubtful=self.doubtful,
            synonyms=self._synonyms(session),
        )
        query = parse(self.text, options)
        if not periods:
            return query
        return Query(query.text, _within(query.condition, query.text, periods), query.synonyms)

    def refuse_idle(self) -> None:
        """Raise UsageError where options say how words match, and there are none."""
        options = {
            "--phrase": self.phrase,
            "--any": self.any,
            "--exact": self.exact,
            "--synonyms": self.synonyms is not None,
        }
        idle = [name for name, given in options.items() if given]
        if idle and not self.words:
            raise UsageError(f"{' and '.join(idle)} would change nothing: no words are sought")

    def _periods(self, today: dt.date) -> Iterator[tuple[str, Condition]]:
        """The periods of the date options, each with the option as it was written."""
        from readouts_cli.query.period import DateField
        from readouts_cli.query.tree import Dated

        for name, field in PERIODS.items():
            value: str | None = getattr(self, name)
            if value is not None:
                yield f"--{name} {value}", Dated(DateField(field), period_of(name, value, today), self.doubtful)

    def _synonyms(self, session: Session) -> Synonyms | None:
        if self.synonyms is None:
            return None
        from readouts_cli.config import config_folder
        from readouts_cli.location import expand
        from readouts_cli.query.synonyms import read_synonyms

        if self.synonyms:
            path = Path(self.synonyms)
            if not path.exists():
                meant = f"to apply your own file put --synonyms last, to name another write --synonyms={path}"
                raise UsageError(f"there is no file of synonyms {str(path)!r}; {meant}")
            return read_synonyms(path)
        configured = session.config.text("synonyms")
        own = expand(configured) if configured else config_folder(session.environment.variables) / "synonyms"
        if not own.exists():
            raise UsageError(f"you have no synonyms yet; write them to {own}, one group a line: 双碳 = dual carbon")
        return read_synonyms(own)


def period_of(option: str, value: str, today: dt.date) -> Period:
    """The period of a date option.  Raises QueryError with the place in the option."""
    from readouts_cli.query.period_syntax import COMPARISONS, parse_period

    prefix = f"{option}:" if option in COMPARISONS else ""
    try:
        return parse_period(prefix + value, today)
    except QueryError as error:
        shift = len(f"--{option} ") - len(prefix)
        raise QueryError(str(error), f"--{option} {value}", error.start + shift, error.end + shift) from None


def _within(condition: Condition, text: str, periods: list[tuple[str, Condition]]) -> Condition:
    """The condition in all the periods.  Raises QueryError where they share no day."""
    from readouts_cli.query.joining import Placed, joined

    placed = [Placed(condition, 0, len(text))] if text else []
    for written, dated in periods:
        start = len(text) + 1 if text else 0
        text = f"{text} {written}".lstrip()
        placed.append(Placed(dated, start, len(text)))
    return joined(placed, text)


_word = partial(option, section="Words")


def date_options(section: str) -> tuple[Callable[[Any], Any], ...]:
    """The options that hold periods, and the one that says what a doubtful date is worth."""
    period, plain = partial(option, section=section, metavar="PERIOD"), partial(option, section=section)
    return (
        period("--since", help="From the first day of PERIOD: 2022, 2022-08, 2022-08-20, 3m."),
        period("--until", help="To the last day of PERIOD."),
        period("--after", help="Only after the last day of PERIOD."),
        period("--before", help="Only before the first day of PERIOD."),
        period("--on", help="Within PERIOD: a day, 2022-08, 2022-Q3, 2022-08..2022-10."),
        period("--date", help="The same as --on: the meeting day, else the day of publication."),
        period("--met", help="The same, of the meeting day alone."),
        period("--pub", help="The same, of the day of publication alone."),
        plain("--doubtful", is_flag=True, help="Count doubtful and partial dates as lying in a period."),
    )


_OPTIONS = (
    _word("-p", "--phrase", is_flag=True, help="Take the whole query as one phrase."),
    _word("--any", is_flag=True, help="Find readouts with any of the words."),
    _word("--exact", is_flag=True, help="Match words only as they are written, not their families."),
    _word(
        "--synonyms",
        is_flag=False,
        flag_value=_OWN_FILE,
        metavar="[FILE]",
        help="Apply synonyms: your own, or those in FILE.",
    ),
    *date_options("Dates"),
)


def _asking(metavar: str) -> Callable[[Any], Any]:
    words = click.argument("words", nargs=-1, metavar=metavar, shell_complete=complete_query)
    return gathered(QueryRequest, "request", (words, *_OPTIONS))


#: Adds the options; the command gets them as one `QueryRequest`, `request`.
query_options = _asking("QUERY…")

#: The same for a command that asks about every readout where it gets no query.
optional_query_options = _asking("[QUERY…]")
