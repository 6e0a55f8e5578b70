import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from readouts_cli.errors import QueryError, UsageError
from readouts_cli.query.explain import describe
from readouts_cli.query.fields import document
from readouts_cli.query.synonyms import Synonyms, parse_synonyms, read_synonyms
from readouts_cli.query.syntax import Options, Query, parse
from readouts_cli.readout import Readout

SEEDS = Path(__file__).parents[2] / "seeds"

CENTRE = """\
# formulations of the Centre
双碳 = dual carbon   # 2020
两个维护 = two safeguards = two maintenances = two upholds = two maintenance
两个确立 = two establishments = two establishes

党的二十大 = 20th National Congress = 20th Party Congress = 20th CPC National Congress
碳 = carbon
"""


def read(text: str, synonyms: str = CENTRE, **options: Any) -> Query:
    groups = parse_synonyms(synonyms, "synonyms.txt")
    return parse(text, Options(today=dt.date(2022, 9, 10), synonyms=groups, **options))


def accepts(query: Query, text: str) -> bool:
    return query.condition.accepts(document(Readout("1", "p", text)))


@pytest.mark.parametrize(
    ("query", "ids", "occurrences"),
    [
        ("双碳", "001 003", 2),
        ('"two upholds"', "001 002", 2),
        ("两个维护", "001 002", 2),
        ("两个确立", "001 002", 2),
        ("党的二十大", "001 002 003 004", 19),
        ('"20th Party Congress"', "001 002 003 004", 19),
    ],
)
def test_truth_of_the_seeds(query: str, ids: str, occurrences: int) -> None:
    documents = {path.name[:3]: document(Readout("1", "p", path.read_text("utf-8"))) for path in SEEDS.glob("*.txt")}
    assert len(documents) == 5
    spans = {id: read(query).condition.spans(each) for id, each in documents.items()}
    assert sorted(id for id, found in spans.items() if found) == ids.split()
    assert sum(map(len, spans.values())) == occurrences


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("双碳", "the “Dual Carbon” goals"),
        ("雙碳", "dual carbon"),
        ('"dual carbon"', "双碳目标"),
        ("dual-carbon", "双碳目标"),
        ("dual carbon", "双碳目标"),
        ("dual carbon", "carbon and dual"),
        ("goal dual carbon", "双碳 goals"),
        ("-x 双碳 y", "y dual carbon"),
        ("双碳 NEAR/2 goal", "dual carbon goal"),
        ("(双碳 OR x) ADJ goal", "dual carbon goal"),
        ("text:双碳", "dual carbon"),
        ("text:(dual carbon)", "双碳"),
        ("carbon", "carbons"),
        ("carbon", "碳"),
        ("dual carbon", "dual 碳"),
    ],
)
def test_every_form_of_a_group_is_found(query: str, text: str) -> None:
    assert accepts(read(query), text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("carbon dual", "双碳"),
        ("dual x carbon", "双碳 x"),
        ("dual AND carbon", "双碳"),
        ('"dual carbon goal"', "双碳 goal"),
        ("dual* carbon*", "双碳"),
        ('"dual carbon"~1', "双碳"),
        ("双碳", "dual"),
        ("-双碳", "dual carbon"),
    ],
)
def test_what_is_not_a_form_is_left_alone(query: str, text: str) -> None:
    assert not accepts(read(query), text)


def test_any_and_phrase_apply_synonyms() -> None:
    assert accepts(read("x dual carbon", any=True), "双碳")
    assert accepts(read("x 双碳", any=True), "dual carbon")
    assert not accepts(read("x 双碳", any=True), "dual")
    assert accepts(read("dual carbon", phrase=True), "双碳")


def test_applied_groups_are_reported_once_and_in_order() -> None:
    query = read("两个确立 双碳 (dual carbon)")
    assert query.synonyms == ("两个确立 = two establishments = two establishes", "双碳 = dual carbon", "碳 = carbon")
    assert read("dual energy").synonyms == ()
    assert read("双碳", synonyms="").synonyms == ()


def test_forms_that_overlap_apply_from_the_left_and_the_longest_first() -> None:
    synonyms = "a b = p\nb c = q\nd e = r\nd e f = s"
    assert read("a b c", synonyms).synonyms == ("a b = p",)
    assert read("c d e f", synonyms).synonyms == ("d e f = s",)
    assert read("a b d e", synonyms).synonyms == ("a b = p", "d e = r")


def test_without_the_option_nothing_is_applied() -> None:
    query = parse("双碳", Options(today=dt.date(2022, 9, 10)))
    assert query.synonyms == ()
    assert not accepts(query, "dual carbon")


def test_explanation_shows_the_forms() -> None:
    assert describe(read("双碳").condition).splitlines() == [
        "in the text: any of:",
        '  the phrase "双碳"',
        '  the phrase "dual carbon"',
    ]


def test_words_of_synonyms_count() -> None:
    group = " = ".join(f"form {n}" for n in range(200))
    read('"form 1"', synonyms=group)
    with pytest.raises(QueryError, match="500 words") as raised:
        read('x "form 1" "form 2"', synonyms=group)
    assert (raised.value.start, raised.value.end) == (11, 19)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("双碳", "s.txt, line 1: a group needs two forms, separated by ="),
        ("双碳 = 雙碳", "line 1: a group needs two forms"),
        ("a = b\n\n# x\nc =", "line 4: there is nothing to search for in an empty form"),
        ("a = … = b", "line 1: there is nothing to search for in …"),
        ("a = b\nc = B", "line 2: B is already in the group of line 1; put both groups on one line"),
        ("a = b\nc = #d", "line 2: there is nothing to search for in an empty form"),
        ("a = \x1b", r"line 1: there is nothing to search for in \x1b"),
    ],
)
def test_file_at_fault(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_synonyms(text, "s.txt")
    assert message in str(raised.value)


def test_quotes_and_repeated_forms_are_harmless() -> None:
    group = parse_synonyms('“dual carbon” = 双碳 = "Dual-Carbon"', "s.txt").group(["dual", "carbon"])
    assert str(group) == "“dual carbon” = 双碳"


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes("\ufeff双碳 = dual carbon\r\n\r\na = b\r\n".encode())
    synonyms = read_synonyms(path)
    assert str(synonyms.group(["dual", "carbon"])) == "双碳 = dual carbon"
    assert str(synonyms.group(["b"])) == "a = b"
    assert synonyms.longest == 2
    assert Synonyms([]).group(["b"]) is None


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the synonyms in .*: No such file"):
        read_synonyms(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="cannot read the synonyms in"):
        read_synonyms(tmp_path)
    path = tmp_path / "gbk.txt"
    path.write_bytes("中 = b".encode("gbk"))
    with pytest.raises(UsageError, match="are not UTF-8 at byte 0"):
        read_synonyms(path)
