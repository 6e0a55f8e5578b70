import datetime as dt
from typing import Any

import pytest

from readouts_cli.query.explain import describe
from readouts_cli.query.syntax import Options, parse

DESCRIBED: list[tuple[str, dict[str, bool], str]] = [
    ("carbon", {}, 'in the text: "carbon" in any form (stem "carbon")'),
    ("establishments", {}, 'in the text: "establishments" in any form (stem "establish")'),
    ('"Carbon"', {}, 'in the text: exactly "carbon"'),
    ("carbon", {"exact": True}, 'in the text: exactly "carbon"'),
    ("碳", {}, 'in the text: the character "碳"'),
    ("revital*", {}, 'in the text: words that begin with "revital"'),
    ("wom?n*", {}, "in the text: words like wom?n*"),
    ("carbn~1", {}, 'in the text: words within 1 edit of "carbn", the first letter kept'),
    ("carbn~2", {}, 'in the text: words within 2 edits of "carbn", the first letter kept'),
    ("/safe.*/", {}, "in the text: words that match /safe.*/"),
    ("/two safe.*/", {}, 'in the text: the phrase "/two/ /safe.*/"'),
    ('"dual carb* goal"', {}, 'in the text: the phrase "dual carb* goal"'),
    ('"坚持两个确立 GDP的 目标"', {}, 'in the text: the phrase "坚持两个确立 gdp 的 目标"'),
    ("title:carbon", {}, 'in the field title: "carbon" in any form (stem "carbon")'),
    ("date:2022-08", {}, "met (published, where the meeting day is unknown) from 2022-08-01 to 2022-08-31"),
    ("met:2022-08-20", {}, "met on 2022-08-20"),
    ("pub:2022..", {}, "published from 2022-01-01 on"),
    ("met:..2022", {"doubtful": True}, "met until 2022-12-31, doubtful dates included"),
    ("date:none", {}, "undated"),
    ("met:none", {"doubtful": True}, "without a meeting day, doubtful dates included"),
    ("-pub:none", {}, "all of:\n  every readout\n  not without a published day"),
    (
        'two carbon -"low" OR b',
        {},
        """\
any of:
  all of:
    in the text: all of these words, best side by side:
      "two" in any form (stem "two")
      "carbon" in any form (stem "carbon")
    not in the text: exactly "low"
  in the text: "b" in any form (stem "b")""",
    ),
    (
        "title:(a 双碳)",
        {"any": True},
        """\
in the field title: any of these words:
  "a" in any form (stem "a")
  the phrase "双碳\"""",
    ),
    (
        '(a OR "b c") ADJ/3 d*',
        {},
        """\
in the text: within 3 words, in this order:
  any of:
    exactly "a"
    the phrase "b c"
  words that begin with "d\"""",
    ),
    (
        '"a b"~3 NEAR/1 c',
        {},
        """\
in the text: side by side, in any order:
  these in any order, with 3 other words between them at most:
    exactly "a"
    exactly "b"
  exactly "c\"""",
    ),
    (
        "-(a b)",
        {},
        """\
all of:
  every readout
  not in the text: all of these words, best side by side:
    "a" in any form (stem "a")
    "b" in any form (stem "b")""",
    ),
]


@pytest.mark.parametrize(("query", "options", "expected"), DESCRIBED)
def test_describe(query: str, options: dict[str, Any], expected: str) -> None:
    assert describe(parse(query, Options(today=dt.date(2022, 9, 10), **options)).condition) == expected


def test_control_characters_of_an_expression_are_escaped() -> None:
    described = describe(parse("/[\x1b]a/", Options(today=dt.date(2022, 9, 10))).condition)
    assert described == r"in the text: words that match /[\x1b]a/"
