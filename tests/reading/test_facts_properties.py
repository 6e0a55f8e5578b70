"""What holds for any text: spans lie inside it and cover what is told, nothing raises, nothing grows out of hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts_cli.engines.columns import columns
from readouts_cli.reading import meeting, people
from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Fact, Person, Readout, Span

#: Words and marks that the rules look for, to be shuffled into texts no readout has.
ENGLISH = (
    " date 2022-08-26 ; date 2022-08 ; date 9999-12 ;Date: 2022-08-26;Source: Qingling Daily;time:;Title: A title;"
    "Original title: B;Home » C;by admin;On ;the ;afternoon of ;August 25;25th;22nd;, ;. ;to ;and ;from ;"
    "held a meeting;was held ;the meeting;Mayor ;vice mayors ;Lin Wenhao;Gao Yu;presided over ;attended ;hosted ;by ;"
    ", Secretary of the Party;municipal government;recently ;today;(27);Monday;(reporter ;);Committee of the ;"
    "meeting of the ;0;31;32;99"
)
CHINESE = (
    "（记者|）|8月25日|22日|至|今天|市委书记|林文浩|主持|会议|出席|、|，|。"
    "|召开|市政府|发布日期：|来源:|2022年|十月|二十日"
)
MARKS = (
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "“",
    "”",
    '"',
    "「",
    "」",
    "『",
    "』",
    "\u3000",
    "\ufeff",
    "\u200b",
    chr(0xD800),
    "é",
    "😀",
)
PIECES = (*ENGLISH.split(";"), *CHINESE.split("|"), *MARKS)
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=300))
DATES = st.one_of(
    st.none(),
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[: len("2022-08")]),
    st.sampled_from(["0001-01", "9999-12", "9999-12-31", *PIECES]),
    st.text(max_size=30),
)


def read(text: str, date: str | None = None, title: str | None = None) -> Readout:
    return read_facts(RawReadout(path="x.txt", text=text, date=date, title=title), "x")


def facts_of(readout: Readout) -> Iterator[Fact]:
    yield from filter(None, (readout.title, readout.subtitle, readout.body, readout.place, readout.source))
    yield from readout.reporters


def people_of(readout: Readout) -> Iterator[Person]:
    yield from readout.presided
    yield from readout.attended


def spans_of(readout: Readout) -> Iterator[Span | None]:
    yield from (fact.span for fact in facts_of(readout))
    for person in people_of(readout):
        yield from (person.span, person.office_span)
    yield readout.published.span if readout.published else None
    yield readout.met.span if readout.met else None
    yield from (quote.span for quote in readout.quotes)


@given(TEXTS, DATES, st.one_of(st.none(), TEXTS))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_every_span_covers_what_is_told(text: str, date: str | None, title: str | None) -> None:
    readout = read(text, date, title)
    assert readout.text == text
    assert 0 <= readout.body_start <= len(text)
    for span in filter(None, spans_of(readout)):
        assert 0 <= span.start < span.end <= len(text)
    for fact in facts_of(readout):
        if fact.span:
            assert fact.value in {
                text[slice(*fact.span)],
                text[slice(*fact.span)].removeprefix("the "),
                closed_up(text, fact.span),
            }
    for person in people_of(readout):
        assert text[slice(*person.span)] == person.name
        assert (person.office_span is None) == (person.office is None)
        assert person.office_span is None or text[slice(*person.office_span)] == person.office
    for quote in readout.quotes:
        assert text[quote.span.start + 1 : quote.span.end - 1] == quote.text
    for damaged in readout.damaged_quotes:
        assert text[damaged.at] in '“”「」『』"'
    columns(readout)


@given(TEXTS, DATES)
@settings(max_examples=200, deadline=None)
def test_lines_may_end_with_carriage_returns(text: str, date: str | None) -> None:
    returned = text.replace("\r\n", "\n").replace("\n", "\r")
    facts = read(returned.replace("\r", "\n"), date)
    assert read(returned, date) == replace(facts, text=returned)


def closed_up(text: str, span: Span) -> str:
    """A Chinese name set with a space in it is told without."""
    return re.sub(r"\s", "", text[slice(*span)])


@given(TEXTS, DATES)
@settings(max_examples=200, deadline=None)
def test_every_fact_names_its_rule(text: str, date: str | None) -> None:
    readout = read(text, date)
    assert all(fact.rule for fact in facts_of(readout))
    assert all(person.rule for person in people_of(readout))
    assert readout.published is None or readout.published.rule
    if readout.met:
        assert re.fullmatch("R[123467]", readout.met.rule)
        assert readout.met.span.end <= readout.body_start + 600


@given(TEXTS, DATES)
@settings(max_examples=200, deadline=None)
def test_every_quotation_mark_is_accounted_for(text: str, date: str | None) -> None:
    readout = read(text, date)
    for opening, closing in ("“”", "「」", "『』"):
        pairs = sum(text[quote.span.start] == opening for quote in readout.quotes)
        damaged = [text[mark.at] for mark in readout.damaged_quotes]
        assert pairs + damaged.count(opening) == text.count(opening)
        assert pairs + damaged.count(closing) == text.count(closing)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_prose_after_the_opening_changes_no_date(more: str) -> None:
    opening = "On August 25, the municipal government held a meeting to study flood control. " + "It rained. " * 60
    met, longer = read(opening, "2022-08-26").met, read(f"{opening}\n\n{more}", "2022-08-26").met
    assert met is not None
    assert longer is not None
    assert (met.edtf, met.span) == (longer.edtf, longer.span)


MEGABYTE = 1_000_000
HOSTILE = (
    "On the ",
    "On the 22nd, ",
    "held a meeting on ",
    "Lin Wen, ",
    "Lin Wen and ",
    "Mayor ",
    "the meeting was presided over by ",
    "attended ",
    "Committee of the ",
    "meeting of the ",
    " and ",
    ",",
    ".",
    ". ",
    "A. ",
    "(",
    "(reporter ",
    "Date: ",
    "Source: x ",
    " ",
    "\n",
    " \n",
    "1",
    "a",
    "市委书记",
    "主持会议，",
    "8月25日，",
    "会议由",
    "（记者",
    "、",
    "十",
    "Home » ",
    "A title here\n\n",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_one_piece_is_looked_at_as_far_as_the_limits_go(piece: str) -> None:
    """Everything but the quotes is told from the beginning and the end: what lies between makes no difference."""
    whole = piece * (MEGABYTE // len(piece))
    cut = piece * (20_000 // len(piece))
    readout, short = read(whole, "2022-08-26"), read(cut, "2022-08-26")
    assert (readout.met, readout.body, readout.title, readout.body_start) == (
        short.met,
        short.body,
        short.title,
        short.body_start,
    ) or (not piece.strip() and readout.body_start == len(whole))
    assert len(readout.presided) == len(short.presided)
    assert len(readout.attended) == len(short.attended)


@pytest.mark.parametrize("piece", ["“", "”", "“”", '"', "「『", "“a\n"])
def test_a_megabyte_of_quotes_is_told_in_as_many_characters(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    readout = read(text)
    assert sum(len(quote.text) for quote in readout.quotes) <= 8 * len(text)
    assert len(readout.quotes) + len(readout.damaged_quotes) <= len(text)


def test_the_stretches_that_people_are_looked_for_in_are_bounded() -> None:
    for text in ("x. " * MEGABYTE, "x.\n" * MEGABYTE, "\n" * MEGABYTE):
        opening, closing = people._windows(text, 0)
        assert sum(end - start for start, end in (*opening, *closing)) <= people._OPENING + people._CLOSING


def test_the_opening_is_bounded() -> None:
    late = "It rained. " * (meeting._OPENING // 11 + 1) + "On August 25, the municipal government held a meeting."
    assert read(late, "2022-08-26").met is None
