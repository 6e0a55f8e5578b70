import datetime as dt
import subprocess
import sys
from functools import singledispatch
from pathlib import Path
from typing import Any

import pytest

import readouts_cli
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Either, Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact, Family, Fuzzy, HanCharacter, Regex, Wildcard
from readouts_cli.query.syntax import Options, Query, parse
from readouts_cli.query.tree import And, Dated, Everything, In, Not, Or, Undated, Words
from readouts_cli.readout import Certainty, Fact, Met, Readout, Span

TODAY = dt.date(2022, 9, 10)


def read(text: str, **options: Any) -> Query:
    return parse(text, Options(today=TODAY, **options))


# A tree in a few characters.  Leaves: family, =exact, @character, pattern*, /expression/, fuzzy~1.


@singledispatch
def sketch(node: object) -> str:
    raise TypeError(node)


sketch.register(Family, lambda leaf: leaf.term)
sketch.register(Exact, lambda leaf: f"={leaf.term}")
sketch.register(HanCharacter, lambda leaf: f"@{leaf.character}")
sketch.register(Wildcard, lambda leaf: leaf.pattern)
sketch.register(Regex, lambda leaf: f"/{leaf.expression}/")
sketch.register(Fuzzy, lambda leaf: f"{leaf.term}~{leaf.edits}")
sketch.register(Term, lambda node: sketch(node.leaf))
sketch.register(Within, lambda node: "{" + " ".join(map(sketch, node.leaves)) + "}~" + str(node.slack))
sketch.register(Either, lambda node: "<" + " | ".join(map(sketch, node.options)) + ">")
sketch.register(Everything, lambda _: "all")
sketch.register(And, lambda node: "and(" + ", ".join(map(sketch, node.children)) + ")")
sketch.register(Or, lambda node: "or(" + ", ".join(map(sketch, node.children)) + ")")
sketch.register(Not, lambda node: "not " + sketch(node.child))
sketch.register(Undated, lambda node: f"{node.which.value}:none" + "?" * node.doubtful)
sketch.register(Dated, lambda node: f"{node.which.value}:{node.period}" + "?" * node.doubtful)
sketch.register(In, lambda node: named(node.field) + sketch(node.expression))


@sketch.register
def _(node: Phrase) -> str:
    parts = " ".join(
        f"{sketch(leaf)}@{offset}" if offset != n else sketch(leaf) for n, (offset, leaf) in enumerate(node.parts)
    )
    return f"[{parts}]" + (f"/{node.length}" if node.length != len(node.parts) else "")


@sketch.register
def _(node: Near) -> str:
    operator = "ADJ" if node.ordered else "NEAR"
    return f"({sketch(node.left)} {operator}/{node.distance} {sketch(node.right)})"


@sketch.register
def _(node: Words) -> str:
    return named(node.field) + ("any(" if node.any else "words(") + " ".join(map(sketch, node.words)) + ")"


def named(field: str) -> str:
    return "" if field == TEXT else f"{field}:"


WORDS = [
    ("dual", "dual"),
    ("DUAL", "dual"),
    ("dual carbon", "words(dual carbon)"),
    ("dual\u3000carbon\tgoal\n", "words(dual carbon goal)"),
    ("and or not near adj", "words(and or not near adj)"),
    ("dual-carbon", "[=dual =carbon]"),
    ("3/4 3.4", "words([=3 =4] 3.4)"),
    ("carbon, dual;", "words(carbon dual)"),
    ("Jinping’s people's", "words(jinping people)"),
    ("12:30", "[=12 =30]"),
    ("http://example.org", "[=http =example =org]"),
    ("强调：要", "[=强调 @要@2]/3"),
    ("双", "@双"),
    ("双碳", "[=双碳]/2"),
    ("雙碳", "[=双碳]/2"),
    ("两个确立", "[=两个 =个确 =确立]/4"),
    ("推进GDP", "[=推进 =gdp@2]/3"),
    ("GDP增", "[=gdp @增]"),
    ("新，时代", "[@新 =时代]/3"),
    ("双碳 x", "words([=双碳]/2 x)"),
    ("什么？ ＊x", "words([=什么]/2 x)"),
    ("~5 #tag @me", "words(5 tag me)"),
]

PATTERNS = [
    ("revital*", "revital*"),
    ("REVITAL*", "revital*"),
    ("wom?n", "wom?n"),
    ("*ing", "*ing"),
    ("a**b", "a*b"),
    ("dual-carb*", "[=dual carb*]"),
    ("推进GD*", "[=推进 gd*@2]/3"),
    ("o'*", "o'*"),
    ("people's*", "people*"),
    ("3.* *.5", "words(3.* *.5)"),
    ("carbn~1", "carbn~1"),
    ("carbn~2", "carbn~2"),
    ("Carbn~", "carbn~1"),
    ("revital* carbn~ x", "words(revital* carbn~1 x)"),
    ("/Two/", "/two/"),
    (r"/two (safe|main)\w+/", r"[/two/ /(safe|main)\w+/]"),
    (r"/[A-Z]\W\D/", r"/[a-z]\W\D/"),
    ("/a/ /b/ c", "and(/a/, /b/, c)"),
]

QUOTED = [
    ('"dual"', "=dual"),
    ('"dual carbon"', "[=dual =carbon]"),
    ("“dual carbon”", "[=dual =carbon]"),
    ("”dual carbon”", "[=dual =carbon]"),
    ("„dual carbon“", "[=dual =carbon]"),
    ("«dual carbon»", "[=dual =carbon]"),
    ("「双碳」『双碳』", "and([=双碳]/2, [=双碳]/2)"),
    ("＂dual carbon＂", "[=dual =carbon]"),
    ('“the "dual" carbon”', "[=the =dual =carbon]"),
    ('"AND -x title:y (z"', "[=and =x =title =y =z]"),
    ('"dual carbon?"', "[=dual carbon?]"),
    ('"revital* of the"', "[revital* =of =the]"),
    ('"双碳 目标"', "[=双碳 =目标@2]/4"),
    ('"green development"~3', "{=green =development}~3"),
    ('"green dev*"~0', "{=green dev*}~0"),
    ('"双碳目标"~1000', "{=双碳 =碳目 =目标}~1000"),
    ('a "b c" d e', "and(a, [=b =c], words(d e))"),
    ('foo"bar"baz', "and(foo, =bar, baz)"),
    ("坚持“两个确立”的", "and([=坚持]/2, [=两个 =个确 =确立]/4, @的)"),
]

OPERATORS = [
    ("a AND b", "and(a, b)"),
    ("a b AND c d", "and(words(a b), words(c d))"),
    ("a OR b", "or(a, b)"),
    ("a OR b c", "or(a, words(b c))"),
    ("a b OR c", "or(words(a b), c)"),
    ("a AND b OR c", "or(and(a, b), c)"),
    ("a OR b AND c", "or(a, and(b, c))"),
    ("a OR b OR c", "or(a, b, c)"),
    ("a NOT b", "and(a, not b)"),
    ("a AND NOT b", "and(a, not b)"),
    ("a -b", "and(a, not b)"),
    ("-b a", "and(not b, a)"),
    ("a -b c", "and(a, not b, c)"),
    ("NOT a b", "and(not a, b)"),
    ("NOT a OR b", "or(and(all, not a), b)"),
    ("a OR NOT b AND c", "or(a, and(not b, c))"),
    ("a OR -b", "or(a, and(all, not b))"),
    ("-a", "and(all, not a)"),
    ("-a -b", "and(all, not a, not b)"),
    ("(-a) (-b)", "and(all, not a, not b)"),
    ("NOT NOT a", "a"),
    ("NOT NOT NOT a", "and(all, not a)"),
    ("NOT -a", "a"),
    ("NOT (NOT a)", "a"),
    ("a -(-b c)", "and(a, not and(not b, c))"),
    ('-"a b" c', "and(not [=a =b], c)"),
    ("-(a OR b) c", "and(not or(a, b), c)"),
    ("-/a/ b", "and(not /a/, b)"),
    ("(a)", "a"),
    ("((a b))", "words(a b)"),
    ("（a OR b） c", "and(or(a, b), c)"),
    ("(a b) c", "and(words(a b), c)"),
    ("(a AND b) c", "and(a, b, c)"),
    ("a AND(b OR c)", "and(a, or(b, c))"),
    ("foo(bar)", "and(foo, bar)"),
    ("a OR(b)c", "or(a, and(b, c))"),
]

NEAR = [
    ("a NEAR/5 b", "(=a NEAR/5 =b)"),
    ("a ADJ/1 b", "(=a ADJ/1 =b)"),
    ("a NEAR/1000 b", "(=a NEAR/1000 =b)"),
    ("a NEAR b", "(=a NEAR/5 =b)"),
    ("a ADJ b", "(=a ADJ/5 =b)"),
    ("a NEAR/2 b ADJ/3 c", "((=a NEAR/2 =b) ADJ/3 =c)"),
    ("a NEAR/2 (b ADJ/3 c)", "(=a NEAR/2 (=b ADJ/3 =c))"),
    ('"a b" NEAR/2 c*', "([=a =b] NEAR/2 c*)"),
    ("dual-carbon NEAR/2 双碳", "([=dual =carbon] NEAR/2 [=双碳]/2)"),
    ('(a OR "b c") NEAR/2 d', "(<=a | [=b =c]> NEAR/2 =d)"),
    ("((a OR b) OR c) NEAR/2 d", "(<<=a | =b> | =c> NEAR/2 =d)"),
    ("(a NEAR/2 b OR c) ADJ d", "(<(=a NEAR/2 =b) | =c> ADJ/5 =d)"),
    ("(a) NEAR/2 (b)", "(=a NEAR/2 =b)"),
    ("x a NEAR/2 b y", "and(x, (=a NEAR/2 =b), y)"),
    ("NOT a NEAR/2 b", "and(all, not (=a NEAR/2 =b))"),
    ("-(a NEAR/2 b) c", "and(not (=a NEAR/2 =b), c)"),
    ("a NEAR/2 b OR c", "or((=a NEAR/2 =b), c)"),
    ("a NEAR/2 carbn~1", "(=a NEAR/2 carbn~1)"),
    ('"a b"~2 NEAR/2 /c/', "({=a =b}~2 NEAR/2 /c/)"),
]

FIELDS = [
    ("title:dual", "title:dual"),
    ("Title:dual", "title:dual"),
    ("title：dual", "title:dual"),
    ("title:dual carbon", "and(title:dual, carbon)"),
    ('title:"dual carbon"', "title:[=dual =carbon]"),
    ('title:"a b"~2', "title:{=a =b}~2"),
    ("title:(a b)", "title:words(a b)"),
    ("title:(a OR -b)", "or(title:a, and(all, not title:b))"),
    ("title:(a NEAR/2 b)", "title:(=a NEAR/2 =b)"),
    ("title:/a/", "title:/a/"),
    ("title:AND", "title:and"),
    ("-title:a b", "and(not title:a, b)"),
    ("NOT title:a b", "and(not title:a, b)"),
    ("body:双碳", "body:[=双碳]/2"),
    ("text:a place:b person:c", "and(a, place:b, person:c)"),
    ("id:001_2a source:x attended:y", "and(id:[=001 =2a], source:x, attended:y)"),
    ('presided:"An Deming"', "presided:[=an =deming]"),
    ("path:/data/2022/a.txt", "path:[=data =2022 =a =txt]"),
    ("path:/data", "path:data"),
    ("path:/da.*/", "path:/da.*/"),
    ("title:c*", "title:c*"),
    ("title:carbn~1", "title:carbn~1"),
]

DATES = [
    ("date:2022-08", "date:2022-08-01..2022-08-31"),
    ("DATE：2022-08", "date:2022-08-01..2022-08-31"),
    ("met:2022-08-20", "met:2022-08-20"),
    ("pub:>2022-08", "pub:2022-09-01.."),
    ("date:..2022-08", "date:..2022-08-31"),
    ('date:"aug 2022"', "date:2022-08-01..2022-08-31"),
    ("date:“last quarter”", "date:2022-04-01..2022-06-30"),
    ("after:2022-08", "date:2022-09-01.."),
    ("before:2022-08", "date:..2022-07-31"),
    ("since:2022-08", "date:2022-08-01.."),
    ('until:"aug 2022"', "date:..2022-08-31"),
    ("since:3m", "date:2022-06-10.."),
    ("date:none", "date:none"),
    ("met:NONE pub:none", "and(met:none, pub:none)"),
    ("carbon date:2022", "and(carbon, date:2022-01-01..2022-12-31)"),
    ("-date:2022", "and(all, not date:2022-01-01..2022-12-31)"),
    ("since:2022-08 until:2022-09", "date:2022-08-01..2022-09-30"),
    ("date:2022 a date:2022-08 b", "and(date:2022-08-01..2022-08-31, a, b)"),
    ("date:2022 (a AND date:..2022-08)", "and(date:2022-01-01..2022-08-31, a)"),
    ("date:2022 met:2022-08", "and(date:2022-01-01..2022-12-31, met:2022-08-01..2022-08-31)"),
    ("date:2021 OR date:2022", "or(date:2021-01-01..2021-12-31, date:2022-01-01..2022-12-31)"),
    ("date:2022 -date:2022-08", "and(date:2022-01-01..2022-12-31, not date:2022-08-01..2022-08-31)"),
    ("met:none date:2022", "and(met:none, date:2022-01-01..2022-12-31)"),
]


@pytest.mark.parametrize(("text", "tree"), WORDS + PATTERNS + QUOTED + OPERATORS + NEAR + FIELDS + DATES)
def test_tree(text: str, tree: str) -> None:
    assert sketch(read(text).condition) == tree


ANY = [
    ("a", "a"),
    ("a b", "any(a b)"),
    ('a "b c" -d date:2022', "and(any(a [=b =c]), not d, date:2022-01-01..2022-12-31)"),
    ("a -x b", "and(any(a b), not x)"),
    ("a /b/ c NEAR d", "any(a /b/ (=c NEAR/5 =d))"),
    ("a AND b", "and(a, b)"),
    ("a b AND c d", "and(any(a b), any(c d))"),
    ("a b OR c d", "or(any(a b), any(c d))"),
    ("a (b c) d", "and(any(a d), any(b c))"),
    ("a title:b c", "and(any(a c), title:b)"),
    ("title:(a b)", "title:any(a b)"),
    ("-a", "and(all, not a)"),
    ("dual-carbon x", "any([=dual =carbon] x)"),
    ("双碳目标", "any([=双碳]/2 [=碳目]/2 [=目标]/2)"),
    ("推进GDP的 x", "any([=推进]/2 gdp @的 x)"),
    ('"双碳目标" x', "any([=双碳 =碳目 =目标]/4 x)"),
    ("x -双碳目标", "and(x, not [=双碳 =碳目 =目标]/4)"),
    ("x title:双碳目标", "and(x, title:[=双碳 =碳目 =目标]/4)"),
    ("双碳目标 NEAR/2 x", "([=双碳 =碳目 =目标]/4 NEAR/2 =x)"),
]


@pytest.mark.parametrize(("text", "tree"), ANY)
def test_any(text: str, tree: str) -> None:
    assert sketch(read(text, any=True).condition) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("establish", "=establish"),
        ("two establish*", "words(=two establish*)"),
        ("title:carbon 双", "and(title:=carbon, @双)"),
    ],
)
def test_exact(text: str, tree: str) -> None:
    assert sketch(read(text, exact=True).condition) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("carbon", "=carbon"),
        ("two AND (safe* -x", "[=two =and =safe =x]"),
        ("the “dual carbon” goal?", "[=the =dual =carbon =goal]"),
        ("date:2022", "[=date =2022]"),
        ("两个确立 x", "[=两个 =个确 =确立 =x@4]/5"),
    ],
)
def test_phrase(text: str, tree: str) -> None:
    assert sketch(read(text, phrase=True).condition) == tree


@pytest.mark.parametrize(
    ("met", "query", "expected"),
    [
        ("2022-08-05/2022-08-10", "since:2022-08-09 until:2022-08-09", True),
        ("2022-08-05/2022-08-10", "date:2022-07..2022-08-06 date:2022-08-06..", True),
        ("2022-08-05/2022-08-10", "date:2022-07..2022-08-06 date:2022-08-01..2022-08-04", False),
        ("XXXX-11-15", "date:2021-11..2023-02 date:2022-01..2023-12", True),
        ("XXXX-11-15", "date:2021-11..2022-03 date:2022-01..2023-12", False),
    ],
)
def test_several_periods_on_a_date_bound_one_day_of_it(met: str, query: str, expected: bool) -> None:
    start, end = (None, None) if met.startswith("X") else map(dt.date.fromisoformat, met.split("/"))
    certainty = Certainty.STATED if start else Certainty.PARTIAL
    readout = Readout(id="a", path="/a", text="", met=Met(start, end, met, certainty, "R6", Span(0, 0)))
    assert read(query, doubtful=True).condition.accepts(document(readout)) is expected


def test_doubtful_dates_reach_every_date_filter() -> None:
    tree = sketch(read("date:2022 since:2022-08 met:none -pub:2021", doubtful=True).condition)
    assert tree == "and(date:2022-08-01..2022-12-31?, met:none?, not pub:2021-01-01..2021-12-31?)"


def test_query_keeps_its_text() -> None:
    assert read(" Dual ") == Query(" Dual ", In(TEXT, Term(Family("dual"))))


# Meaning, against documents


def accepts(query: str, text: str, title: str = "", **options: Any) -> bool:
    readout = Readout("1", "p", text, title=Fact(title, None, "test") if title else None)
    return read(query, **options).condition.accepts(document(readout))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("revitalization northeast", "the Northeast and its revitalization", True),
        ('"revitalization northeast"', "revitalization of the Northeast", False),
        ('"revitalization of the northeast"', "revitalization of the “Northeast”", True),
        ("establish", "two establishments", True),
        ('"establish"', "two establishments", False),
        ("two NEAR/2 establish", "two establishments", False),
        ("马克", "马克思主义", True),
        ("决定性意义", "具有决定性意义", True),
        ("决定意义", "具有决定性意义", False),
        ("國", "中国", True),
        ("a OR b c", "a", True),
        ("(a OR b) c", "a", False),
        ("a NOT b OR c", "a b c", True),
        ("a NOT (b OR c)", "a c", False),
        ("-a", "", True),
        ("-a", "A", False),
        ("NOT -a", "a", True),
        ('"a b c"~1', "c x b a", True),
        ('"a b c"~0', "c x b a", False),
        ("a ADJ/2 b", "b x a", False),
        ("a NEAR/2 b", "b x a", True),
        ("/two (safe|main)\\w+/", "Two Safeguards", True),
        ("/safeg/", "safeguards", False),
        ("carbn~1", "karbon", False),
        ("wom?n", "womn", False),
        ("title:a", "a", False),
    ],
)
def test_meaning(query: str, text: str, expected: bool) -> None:
    assert accepts(query, text) is expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("a b", "b", True),
        ("a -b", "a b", False),
        ("双碳目标", "目标", True),
        ("a AND b", "b", False),
        ("a title:x", "a", False),
    ],
)
def test_meaning_of_any(query: str, text: str, expected: bool) -> None:
    assert accepts(query, text, any=True) is expected


def test_field_is_searched_apart_from_the_text() -> None:
    assert accepts("title:(dual OR low) carbon", "carbon", title="Low")
    assert not accepts("title:(dual OR low) -carbon", "carbon", title="Low")


def test_reading_a_plain_query_imports_nothing_heavy() -> None:
    code = (
        "import sys, datetime as dt\n"
        "from readouts_cli.query.syntax import Options, parse\n"
        "parse('dual \"carbon\" title:x -y* date:2022', Options(today=dt.date(2022, 9, 10)))\n"
        "print(*sys.modules)"
    )
    root = Path(readouts_cli.__file__).parents[1]
    run = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=root)
    heavy = {"regex", "difflib", "opencc", "Stemmer", "rapidfuzz", "whoosh", "rich", "click", "pathlib"}
    assert heavy & set(run.stdout.split()) == set()
