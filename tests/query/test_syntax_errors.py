import datetime as dt
from typing import Any

import pytest

from readouts_cli.errors import QueryError
from readouts_cli.query.syntax import Options, Query, parse


def read(text: str, **options: Any) -> Query:
    return parse(text, Options(today=dt.date(2022, 9, 10), **options))


# What is written, with the part at fault between ▸ and ◂; what the message says.
ERRORS = [
    ("▸◂", "the query is empty"),
    ("▸◂ \n", "the query is empty"),
    ("a ▸…◂ b", "nothing to search for in …"),
    ("a ▸🙂◂", "nothing to search for in 🙂"),
    ("▸-◂ a", "write -word without a space to exclude it"),
    ("a ▸-◂", "write -word without a space"),
    ("a ▸&&◂ b", "write AND"),
    ("a ▸||◂ b", "write a OR b"),
    ("a▸|b◂", "write a OR b"),
    ("a date:2022-08 ▸..◂ 2022-09", "write a range without spaces"),
    ("▸--◂any a", "options such as --any stand outside the query"),
    ("▸–◂a", "write -word to exclude a word"),
    ("a ▸!◂b", "write -word to exclude a word"),
    ('"a"▸-◂b', "put a space before -"),
    ("(a)▸-◂b", "put a space before -"),
    ('a▸-◂"b"', "put a space before -"),
    # Operators
    ("a AND▸◂", "expected a word, a phrase or a field after AND, not the end of the query"),
    ("▸AND◂ a", "expected a word, a phrase or a field, not AND"),
    ("a OR ▸AND◂ b", "after OR, not AND"),
    ("a AND ▸OR◂ b", "after AND, not OR"),
    ("NOT▸◂", "after NOT, not the end"),
    ("NOT ▸AND◂ a", "after NOT, not AND"),
    ("▸NEAR/3◂ a", "not NEAR"),
    ("a NEAR/3▸◂", "after NEAR, not the end"),
    ("a NEAR/3 ▸NEAR◂ b", "after NEAR, not NEAR"),
    ("a ▸NEAR/0◂ b", "expected a distance from 1 to 1000"),
    ("a ▸NEAR/1001◂ b", "expected a distance from 1 to 1000"),
    ("a ▸ADJ/◂ b", "expected a distance from 1 to 1000, such as ADJ/5"),
    ("a ▸ADJ/x◂ b", "expected a distance from 1 to 1000"),
    ("a ▸NEAR/²◂ b", "expected a distance from 1 to 1000"),
    ("a ▸near/5◂ b", "operators are upper case"),
    ("a NEAR/3 ▸NOT◂ b", "NEAR joins words and phrases, alone or joined by OR in brackets; NOT stands outside"),
    ("a NEAR/3 ▸-◂b", "- stands outside"),
    ("-a ▸NEAR/3◂ b", "put what - excludes in brackets: -(a NEAR b)"),
    ("▸(a b)◂ NEAR/3 c", "AND stands outside"),
    ("a NEAR ▸(b OR (c AND d))◂", "AND stands outside"),
    ("a NEAR ▸(b OR -c)◂", "- stands outside"),
    ("a NEAR ▸title:b◂", "title: stands outside"),
    ("▸date:2022◂ ADJ b", "ADJ joins words and phrases, alone or joined by OR in brackets; date: stands outside"),
    # Brackets and quotes
    ("▸(◂a b", "this bracket is not closed: expected )"),
    ("(a ▸(◂b", "this bracket is not closed"),
    ("a▸)◂ b", "this bracket closes nothing"),
    ("(▸)◂", "after (, not )"),
    ("a (b OR ▸)◂", "after OR, not )"),
    ('a ▸"◂b c', 'this quotation is not closed: expected "'),
    ('▸“◂b c"', "expected ”"),
    ("▸「◂b c", "expected 」"),
    ("a▸」◂", "」 closes a quotation that was not opened"),
    ('a "▸◂"', "nothing to search for in an empty phrase"),
    ('"▸…!◂"', "nothing to search for in …!"),
    ('"a b"▸~◂', "expected a number from 0 to 1000 after ~"),
    ('"a b"▸~1001◂', "expected a number from 0 to 1000 after ~"),
    ('"a b"▸~3◂x', "expected a number from 0 to 1000 after ~"),
    ('"▸a◂"~3', "two words or more"),
    ('"▸a b c d e f g h i◂"~3', "8 words at most, not 9"),
    # Fields
    ("▸titel◂:a", "there is no field titel; did you mean title:?"),
    ("▸PRESIDER◂:a", "did you mean presided:?"),
    ("a ▸xyzzy◂:b", "there are after, attended, before, body, date, id,"),
    ("▸emphasized◂: a", "Or put it in quotes to search for the text"),
    ("▸标题◂:a", "there is no field 标题"),
    ("▸foo◂：a", "there is no field foo"),
    ("▸title:◂", "needs a value right after the colon"),
    ("▸title:◂ a", "needs a value right after the colon"),
    ("(▸title:◂)", "needs a value right after the colon"),
    ("title:▸-◂a", "write -title:… to exclude"),
    ("title:▸/◂a", "this expression is not closed"),
    ("title:▸…◂", "nothing to search for in …"),
    ('title:"▸◂"', "an empty phrase"),
    ("title:(a ▸body:◂b)", "body: cannot stand inside the brackets of title:"),
    ("title:(a ▸date:◂2022)", "date: cannot stand inside the brackets of title:"),
    # Dates
    ("a date:2022-▸13◂ b", "did you mean 2022-12?"),
    ("date:2022-02-▸30◂", "did you mean 2022-02-28?"),
    ('date:"2022-02-▸30◂.."', "did you mean 2022-02-28?"),
    ("since:2022-▸13◂", "did you mean 2022-12?"),
    ("date:▸8/9/2022◂", "2022-08-09 or 2022-09-08"),
    ("date:▸2022-09..2022-08◂", "did you mean 2022-08..2022-09?"),
    ("date:▸last◂ month", "write it like last_month"),
    ("date:▸(◂2021 OR 2022)", "write date:A OR date:B"),
    ('date:"2022"▸~◂3', "expected a space after the period"),
    ("after:▸2021..2022◂", "a comparison takes one date"),
    ("after:▸=2022◂", "expected a date or a period"),
    ("since:▸none◂", "none is no date"),
    ("date:>▸◂", "expected a date or a period"),
    # Patterns
    ("a ▸*◂", "needs a letter or digit beside its wildcards"),
    ("▸?*?◂", "needs a letter or digit"),
    ("title:▸*◂", "needs a letter or digit"),
    ('"a ▸*◂ b"', "needs a letter or digit"),
    ("双▸*◂", "Chinese characters need no wildcard"),
    ("什么▸?◂", "Chinese characters need no wildcard"),
    ("▸a*b*c*d*◂", "3 * at most"),
    ("carbn~▸3◂", "expected 1 or 2 after ~"),
    ("carbn~▸0◂", "expected 1 or 2 after ~"),
    ("carbn~▸1x◂", "expected 1 or 2 after ~"),
    ("10~▸20◂", "quotes around the text"),
    ("▸ab~1◂", "3 letters or more"),
    ("▸双碳~◂", "Chinese characters are not spelt"),
    ("▸low-carbn~◂", "~ takes one word"),
    ("foo~▸bar◂", "expected 1 or 2 after ~"),
    ("▸…~◂", "~ takes one word"),
    ("▸carb*~◂", "a pattern cannot be misspelt"),
    # Expressions
    ("a ▸/◂b", "this expression is not closed"),
    ("a ▸/b/◂c", "quotes around a path"),
    ("/▸◂/", "expected an expression here"),
    ("a /b(▸c◂/", "this is no regular expression"),
    # Nothing can match
    ("a ▸-a◂", "excludes what the query requires"),
    ("dual carbon ▸NOT carbon◂", "excludes what the query requires"),
    ("a (b AND c) ▸-b◂", "excludes what the query requires"),
    ("b OR (a ▸-a◂)", "excludes what the query requires"),
    ("date:2021 ▸date:2022◂", "no day lies in both 2021-01-01..2021-12-31 and 2022-01-01..2022-12-31"),
    ("since:2022-09 a ▸until:2022-08◂", "no day lies in both"),
    ("▸date:none◂ date:2022", "is not undated"),
]


@pytest.mark.parametrize(("marked", "message"), ERRORS)
def test_error_names_the_place_and_what_was_expected(marked: str, message: str) -> None:
    text = marked.replace("▸", "").replace("◂", "")
    start, end = marked.index("▸"), marked.index("◂") - 1
    with pytest.raises(QueryError) as raised:
        read(text)
    error = raised.value
    assert message in str(error)
    assert error.source == text
    assert (error.start, min(error.end, max(len(text), start + 1))) == (start, max(end, start + 1))


def test_error_of_a_phrase_option() -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        read("?!", phrase=True)


@pytest.mark.parametrize("option", ["any", "exact", "phrase"])
def test_empty_query_is_an_error_with_every_option(option: str) -> None:
    with pytest.raises(QueryError, match="the query is empty"):
        read("  ", **{option: True})


@pytest.mark.parametrize(
    "text", ["\u202e\x1b[…", "foo:\x1b", "date:\x07\u202ex", "/[\x1b", "/a\x1b/", "a \ud800", "\x00"]
)
def test_messages_are_one_printable_line(text: str) -> None:
    with pytest.raises(QueryError) as raised:
        read(text)
    assert str(raised.value).isprintable()


# Limits: the last that is allowed, the first that is not.


@pytest.mark.parametrize(
    ("allowed", "refused", "message"),
    [
        ("x" * 10_000, "x" * 10_001, "10,001 characters"),
        ("(" * 50 + "a" + ")" * 50, "(" * 51 + "a" + ")" * 51, "50 deep"),
        ("a " * 500, "a " * 501, "500 words"),
        ("国" * 501, "国" * 502, "500 words"),
        (" OR ".join(["a"] * 500), " OR ".join(["a"] * 501), "500 words"),
        ('"' + "a " * 500 + '"', '"' + "a " * 501 + '"', "500 words"),
        (" NEAR ".join(["a"] * 51), " NEAR ".join(["a"] * 52), "50 NEAR and ADJ"),
        ('"a b c d e f g h"~1', '"a b c d e f g h i"~1', "8 words"),
        ("x" * 159 + "*", "x" * 160 + "*", "160 characters"),
        ("a*b*c*d", "a*b*c*d*", "3 *"),
        ("abc~1", "ab~1", "3 letters"),
        ("a NEAR/1000 b", "a NEAR/1001 b", "1 to 1000"),
    ],
)
def test_limit(allowed: str, refused: str, message: str) -> None:
    read(allowed)
    with pytest.raises(QueryError) as raised:
        read(refused)
    assert message in str(raised.value)


@pytest.mark.parametrize("text", ["(" * 9_999, "(" * 4_999 + "a" + ")" * 4_999, "-(" * 5_000, "title:(" * 1_400])
def test_deep_nesting_is_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        read(text)


def test_long_chains_are_read_without_recursion() -> None:
    assert read("NOT " * 2_400 + "a").condition == read("a").condition
    assert read("date:2022 " * 900).condition == read("date:2022").condition
