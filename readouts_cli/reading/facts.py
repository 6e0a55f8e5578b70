"""From a raw readout to a readout: every fact that the text tells, with the words and the rule it was read by."""

from __future__ import annotations

from readouts_cli.reading.credits import trailing_reporters
from readouts_cli.reading.header import Header, read_header
from readouts_cli.reading.language import language_of
from readouts_cli.reading.meeting import read_met
from readouts_cli.reading.met_rules import Horizon
from readouts_cli.reading.organ import read_body
from readouts_cli.reading.paragraphs import with_line_feeds
from readouts_cli.reading.people import read_people
from readouts_cli.reading.place import read_place
from readouts_cli.reading.published import read_date
from readouts_cli.reading.quotes import read_quotes
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Fact, Published, Readout


def read_facts(raw: RawReadout, id: str) -> Readout:
    """The readout `id` with the facts of its text; never raises, and leaves out what the text does not tell."""
    text = with_line_feeds(raw.text)
    language = language_of(text)
    header = read_header(text, raw.title, language)
    published, warnings = _published(raw, header)
    dateline = header.dateline
    met = read_met(
        text,
        header.body_start,
        language,
        Horizon.of(published.date) if published else None,
        dateline.filed if dateline else None,
    )
    people = read_people(text, header.body_start, header.headlines, language)
    body = read_body(text, header.body_start, header.title, language)
    source = header.source or (dateline.source if dateline else None) or _given_source(raw)
    quotes, damaged = read_quotes(text)
    return Readout(
        id=id,
        path=raw.path,
        text=raw.text,
        record=raw.record,
        language=language,
        body_start=header.body_start,
        title=header.title,
        subtitle=header.subtitle,
        published=published,
        met=met,
        body=body,
        place=read_place(text, body, people.presided, source, language),
        presided=people.presided,
        attended=people.attended,
        source=source,
        reporters=header.reporters or (dateline.reporters if dateline else ()) or trailing_reporters(text),
        quotes=quotes,
        damaged_quotes=damaged,
        metadata=dict(raw.metadata),
        warnings=(*raw.warnings, *warnings),
    )


def _published(raw: RawReadout, header: Header) -> tuple[Published | None, list[str]]:
    """The published date, and a warning for each date that disagrees with it or cannot be read."""
    warnings = [_unreadable(value) for value in header.unreadable]
    dates = list(header.published)
    if raw.date and raw.date.strip():
        given = read_date(raw.date.strip())
        if given is None or given.date is None:
            warnings.append(_unreadable(raw.date.strip()))
        else:
            dates.append(Published(given.date, None, "file date"))
    dates += header.bare_dates
    if not dates:
        return None, warnings
    kept = dates[0]
    for date in dates[1:]:
        if len(kept.date) < len(date.date) and date.date.startswith(kept.date):
            kept = date
        elif not kept.date.startswith(date.date):
            warnings.append(f"two published dates: kept {kept.date} ({kept.rule}), not {date.date} ({date.rule})")
    return kept, warnings


def _unreadable(value: str) -> str:
    return f"published date {value[:40]!r} is not one calendar date; write it as YYYY-MM-DD"


def _given_source(raw: RawReadout) -> Fact | None:
    source = (raw.source or "").strip()
    return Fact(source, None, "file source") if source else None
