"""The header of a readout: everything before its prose, in the forms H1 to H15 that such files have.

It is read line by line from the top: a crawler's ` date 2022-08-26 ` prefix, labelled lines, a breadcrumb, a byline, a
bare date, headlines; and then, where the prose begins, a dateline.  The first line that is none of these is prose.
What is doubtful is left to the prose: a missing title is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from readouts_cli.reading.credits import reporters_in
from readouts_cli.reading.dateline import Dateline, read_dateline
from readouts_cli.reading.headlines import is_headline, without_motto
from readouts_cli.reading.labels import Label, Labelled, labelled_values
from readouts_cli.reading.published import read_date
from readouts_cli.reading.stretches import end_of, stripped
from readouts_cli.readout import Fact, Published, Span


@dataclass(slots=True)
class Header:
    """What a header says.

    `published` lists the dates of the prefix and of labelled lines, `bare_dates` those of lines without a label, which
    may be the day the page was looked at; `unreadable` the values that should be dates and are none.
    `headlines` are the title and the lines under it; `body_start` is where the prose begins, after any dateline.
    """

    body_start: int = 0
    title: Fact | None = None
    subtitle: Fact | None = None
    headlines: list[Span] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    bare_dates: list[Published] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    source: Fact | None = None
    reporters: tuple[Fact, ...] = ()
    dateline: Dateline | None = None


#: A header has no more lines than this, and a labelled line is no longer.
_MOST_LINES = 20
_LONGEST_LABELLED = 600
_LONGEST_SOURCE = 80

#: A title printed again is the better one where navigation was glued before the first; a shorter end of it is no title.
_LONG_TITLE = 20

#: More lines than this under a title are a list, not headlines.
_MOST_DECKS = 3

_BLANK = re.compile(r"[\s\ufeff]*")
_MARKDOWN = re.compile(r"#{1,6}[ \t]+")
_PREFIX = re.compile(r"date[ \t]+(?P<date>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)(?![0-9-])[ \t]*")
_BREADCRUMB = re.compile(
    r"(?:[>»]\s*\w|home(?:page)?\b|(?:your\s+)?(?:current\s+)?(?:location|position)\s*[:：]|(?:您)?(?:的)?当前(?:的)?位置\s*[:：]|首页)"
    r"[^\n]{0,300}?(?:[»>›→/＞]|\s[-–]\s)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by[ ]+(?P<names>[A-Za-z][\w .,’'-]{1,60})", re.IGNORECASE)
_NAVIGATION = re.compile(r"(?:Home|News|Politics|Local|Headlines)(?:\s+News)?|首页|新闻|要闻", re.IGNORECASE)
_IMAGE = re.compile(r"[^\n]{0,200}\.(?:jpe?g|png|gif)", re.IGNORECASE)
_AFTER_BARE_DATE = re.compile(
    r"(?:[T\s]*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?\s*(?:[ap]\.?m\.?)?\s*(?:星期[一二三四五六日天]|[A-Z][a-z]+day)?\s*"
)
_MEDIUM = re.compile(
    r"[^\s，。,.:：]{2,20}(?:[报報网網台]|新闻|新聞|中心)|[A-Z][\w ]{2,40}(?:Daily|News|Network|Times|Center)"
)
_DATE_AFTER = re.compile(r"\s+(?=[12][0-9]{3}[-/.年][0-9])")


def read_header(text: str, given_title: str | None, language: str) -> Header:
    """The header of a text; `given_title` is the title that the file format carries, which may begin the text."""
    return _Reader(text, given_title, language).read()


class _Reader:
    """Reads one header, moving `at` forward line by line."""

    def __init__(self, text: str, given_title: str | None, language: str) -> None:
        self.text = text
        self.language = language
        self.given_title = (given_title or "").strip()
        self.header = Header()
        self.original_title: Fact | None = None
        self.decks: list[Span] = []
        self.at = 0

    def read(self) -> Header:
        header = self.header
        self._skip(_BLANK)
        self._read_given_title()
        self._read_prefix()
        for _ in range(_MOST_LINES):
            self._skip(_BLANK)
            line = self._line()
            if line.start == line.end or not self._read_line(line):
                break
        if len(self.decks) > _MOST_DECKS:
            self.at = self.decks[0].start
            self.decks.clear()
        self._skip(_BLANK)
        header.title = header.title or self.original_title
        header.headlines += self.decks
        if self.decks and header.subtitle is None:
            header.subtitle = self._fact(self.decks[0], "H13 line under the title")
        header.dateline = read_dateline(self.text, self.at, self.language)
        header.body_start = header.dateline.end if header.dateline else self.at
        return header

    def _read_given_title(self) -> None:
        """The file's own title, where the text begins with it (a Markdown heading's marks apart)."""
        if not self.given_title:
            return
        heading = _MARKDOWN.match(self.text, self.at)
        start = heading.end() if heading else self.at
        end = start + len(self.given_title)
        if not self.text.startswith(self.given_title, start):
            self.header.title = Fact(self.given_title, None, "file title")
            return
        span = Span(start, end)
        self.header.title = self._fact(span, "file title")
        if end == len(self.text) or self.text[end].isspace():
            line_end = self._line_end(end)
            if not self.text[end:line_end].strip():
                self.header.headlines.append(span)
                self.at = line_end
                self._skip(_BLANK)

    def _read_prefix(self) -> None:
        if match := _PREFIX.match(self.text, self.at):
            rule = "H9 date prefix, month only" if len(match["date"]) == len("2022-08") else "H1 date prefix"
            self._add_date(Span(*match.span("date")), rule, self.header.published)
            self.at = match.end()

    def _read_line(self, line: Span) -> bool:
        """Take one line into the header; False where the prose begins."""
        short = line.end - line.start <= _LONGEST_LABELLED
        if short and (labelled := list(labelled_values(self.text, line))):
            for value in labelled:
                self._read_labelled(value)
        elif short and _BREADCRUMB.match(self.text, *line):
            self._forget_headlines()
        elif short and (_IMAGE.fullmatch(self.text, *line) or _NAVIGATION.fullmatch(self.text, *line)):
            pass
        elif short and (byline := _BYLINE.fullmatch(self.text, *line)):
            self._add_reporters(Span(*byline.span("names")), "H12 byline")
        elif not (short and self._read_bare_date(line)) and not self._read_headline(line):
            return False
        self.at = max(self.at, line.end)
        return True

    def _read_labelled(self, value: Labelled) -> None:
        header, rule = self.header, f"{value.form} {value.printed} line"
        if value.span.start == value.span.end:
            return
        if value.label is Label.PUBLISHED:
            self._add_date(value.span, rule, header.published)
        elif value.label is Label.SOURCE:
            self._add_source(value.span, rule)
        elif value.label is Label.REPORTER:
            self._add_reporters(value.span, rule)
        elif value.label is Label.TITLE and header.title is None:
            header.title = self._fact(value.span, rule)
            header.headlines.append(value.span)
        elif value.label is Label.ORIGINAL_TITLE and self.original_title is None:
            self.original_title = self._fact(value.span, rule)
        elif value.label is Label.SUBTITLE and header.subtitle is None:
            header.subtitle = self._fact(value.span, rule)
            header.headlines.append(value.span)

    def _read_bare_date(self, line: Span) -> bool:
        """A line that is a date, with perhaps a time and the name of the source."""
        date = read_date(self.text[line.start : min(line.end, line.start + 80)])
        if date is None or date.date is None:
            return False
        after = end_of(_AFTER_BARE_DATE, self.text, line.start + date.length, line.end)
        rest = Span(after, line.end)
        labelled = list(labelled_values(self.text, rest))
        medium = None if labelled else _MEDIUM.fullmatch(self.text, *rest)
        if rest.start < rest.end and not labelled and not medium:
            return False
        self._add_date(Span(line.start, line.start + date.length), "H7 date line", self.header.bare_dates)
        for value in labelled:
            self._read_labelled(value)
        if medium:
            self._add_source(rest, "H7 source beside the date")
        return True

    def _read_headline(self, line: Span) -> bool:
        """A title, the lines under it, and a title that is printed twice."""
        if _MARKDOWN.match(self.text, *line):
            line = Span(end_of(_MARKDOWN, self.text, line.start, line.end), line.end)
        title = self.header.title
        printed = self.text[line.start : line.end]
        if title is not None and title.value.endswith(printed) and len(printed) >= min(len(title.value), _LONG_TITLE):
            if printed != title.value and not self.given_title:
                self.header.title = self._fact(line, title.rule)
                self.header.headlines[:] = [line]
            return True
        if not is_headline(self.text, line, self.language, under_title=title is not None):
            return False
        if title is None:
            span = without_motto(self.text, line)
            rule = "H2 title line" if span == line else "H11 title before a glued motto"
            self.header.title = self._fact(span, rule)
            self.header.headlines.append(span)
        else:
            self.decks.append(line)
        return len(self.decks) <= _MOST_DECKS

    def _forget_headlines(self) -> None:
        """What stands above a breadcrumb is the site's, not the readout's."""
        if self.header.title is not None and self.header.title.span is not None and not self.given_title:
            self.header.title = None
            self.header.headlines.clear()
            self.decks.clear()

    def _add_date(self, span: Span, rule: str, dates: list[Published]) -> None:
        printed = read_date(self.text[span.start : span.end])
        if printed is None:
            return
        if printed.date is None:
            self.header.unreadable.append(self.text[span.start : span.start + printed.length])
            return
        dates.append(Published(printed.date, Span(span.start, span.start + printed.length), rule))

    def _add_source(self, span: Span, rule: str) -> None:
        if date := _DATE_AFTER.search(self.text, *span):
            self._add_date(Span(date.end(), span.end), "H7 date line", self.header.bare_dates)
            span = Span(span.start, date.start())
        if self.header.source is None and 0 < span.end - span.start <= _LONGEST_SOURCE:
            self.header.source = self._fact(span, rule)

    def _add_reporters(self, span: Span, rule: str) -> None:
        self.header.reporters = self.header.reporters or reporters_in(self.text, span, rule)

    def _fact(self, span: Span, rule: str) -> Fact:
        return Fact(self.text[span.start : span.end], span, rule)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self.at = end_of(pattern, self.text, self.at, len(self.text))

    def _line(self) -> Span:
        """The line that begins at `at`, without the space at its end."""
        return stripped(self.text, self.at, self._line_end(self.at))

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found
