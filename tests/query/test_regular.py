import datetime as dt
from itertools import product
from pathlib import Path
from time import sleep

import pytest
import regex
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from readouts_cli.errors import QueryError
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.query import leaves
from readouts_cli.query.document import Document
from readouts_cli.query.expressions import Phrase, Term
from readouts_cli.query.leaves import REGEX_SECONDS_IN_ALL, Patience, Regex
from readouts_cli.query.regular import regular
from readouts_cli.query.syntax import Options, parse
from readouts_cli.query.tokens import tokenize
from readouts_cli.query.tree import In


def expressions(text: str) -> list[str]:
    whole = regular(text, Patience()).whole
    leaves = (
        [leaf for _, leaf in whole.parts]
        if isinstance(whole, Phrase)
        else [whole.leaf]
        if isinstance(whole, Term)
        else []
    )
    return [leaf.expression for leaf in leaves if isinstance(leaf, Regex)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("two", ["two"]),
        ("Two", ["two"]),
        ("two safe", ["two", "safe"]),
        ("two\u3000safe", ["two", "safe"]),
        (r"two (safe|main)\w+", ["two", r"(safe|main)\w+"]),
        (r"[A-Z][^B]*[]C]", [r"[a-z][^b]*[]c]"]),
        (r"[^]A]", [r"[^]a]"]),
        (r"\D\W\S\B", [r"\D\W\S\B"]),
        (r"\p{L}+[\p{Lu}]\P{L}", [r"\p{L}+[\p{Lu}]\P{L}"]),
        (r"(?:A)(?=B)(?!C)(?<=D)(?<!E)(?>F)", ["(?:a)(?=b)(?!c)(?<=d)(?<!e)(?>f)"]),
        (r"(?P<n>A)(?<m>B)", ["(?P<n>a)(?<m>b)"]),
        (r"a{2,3}b?", ["a{2,3}b?"]),
        (r"a{02}b{,3}c{4,}", ["a{02}b{,3}c{4,}"]),
        ("[{AB}]", ["[{ab}]"]),
        (r"3\.[0-9]+", [r"3\.[0-9]+"]),
        ("o’Brien", ["o'brien"]),
        ("É", ["é"]),
        ("E\u0301", ["é"]),
        ("Straße", ["stra(?:ss)e"]),
        ("gro(ß|SS)E", ["gro((?:ss)|ss)e"]),
        ("ＡＢ", ["ab"]),
        ("２０²[０-９]", ["202[0-9]"]),
        ("⑴", [r"(?:\(1\))"]),
        ("[-/,]x", ["[-/,]x"]),
        ("[]-]x", ["[]-]x"]),
        ("[^]-]x", ["[^]-]x"]),
    ],
)
def test_folded_and_cut(written: str, read: list[str]) -> None:
    assert expressions(written) == read


# What is written, the place at fault, what the message says.
ERRORS = [
    ("", 0, "expected an expression here"),
    (" a", 0, "expected an expression here"),
    ("a ", 2, "expected an expression here"),
    ("a  b", 2, "expected an expression here"),
    ("(a b)", 2, "a space parts two tokens"),
    ("[a b]", 2, "a space parts two tokens"),
    ("a b|c", 3, "put alternatives of single tokens in brackets"),
    (r"a\sb", 1, "tokens hold no blanks"),
    (r"a\ b", 1, "tokens hold no blanks"),
    (r"[\n]", 1, "tokens hold no blanks"),
    ("dual-carbon", 4, "no token holds -"),
    ("a_b", 1, "no token holds _"),
    (r"a\/b", 1, "no token holds /"),
    (r"a\(b", 1, "no token holds ("),
    ("a“b", 1, "no token holds “"),
    ("a\\", 1, "no token holds \\"),
    ("a 双碳", 2, "write 两个确立 OR 两个维护"),
    ("[双]", 1, "Chinese text"),
    ("(?i)a", 0, "expected (?: (?="),
    ("a(?R)", 1, "expected (?: (?="),
    ("(?#x)", 0, "expected (?: (?="),
    ("(*PRUNE)", 0, "expected (?: (?="),
    ("(" * 21 + ")" * 21, 20, "more than 20 deep"),
    ("a *", 2, "this is no regular expression: nothing to repeat"),
    ("ab[c", 3, "this is no regular expression"),
    ("a)", 1, "this is no regular expression"),
    ("a{x}", 1, "no token holds {"),
    ("a{e<=1}", 1, "no token holds {"),
    ("a}", 1, "no token holds }"),
    ("a{}", 1, "expected {2}, {2,} or {2,5}"),
    ("a{,}", 1, "expected {2}, {2,} or {2,5}"),
    ("a{1002}", 1, "repeats 1000 characters at most"),
    ("a{1,99999999999999}", 1, "repeats 1000 characters at most"),
    ("a{" + "9" * 5000 + "}", 1, "repeats 1000 characters at most"),
    ("((a{10}){10}){10}", 13, "repeats 1000 characters at most"),
    ("([ab]x){502}", 7, "repeats 1000 characters at most"),
    ("a{600} b{600}", 8, "repeats 1000 characters at most"),
    ("gro[ß]e", 4, "tokens have ss for ß"),
    ("[a-ﬁ]", 3, "tokens have fi for ﬁ"),
    (r"\1", 1, "this is no regular expression"),
    ("(?P<N>A)", 0, "expected (?: (?="),
]


@pytest.mark.parametrize(("text", "at", "message"), ERRORS)
def test_error(text: str, at: int, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        regular(text, Patience())
    assert message in str(raised.value)
    assert raised.value.start == at


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        ("two (safe|main).*", "The “Two Safeguards”", True),
        ("two (safe|main).*", "two unsafe", False),
        ("TWO", "two", True),
        ("saf", "safe", False),
        (r"[0-9]+(st|nd|rd|th) congress", "the 20th Congress", True),
        (r"3\.\d", "3.5", True),
        ("gro(s|ß)e", "große", True),
        ("gro(s|ß)e", "grose", True),
        ("⑴½", "⑴½", True),
    ],
)
def test_meaning(expression: str, text: str, expected: bool) -> None:
    condition = In("text", regular(expression, Patience()).whole)
    assert condition.accepts(Document({"text": tokenize(text)}, frozenset({"text"}), None, None)) is expected


def test_numbers_may_repeat_a_thousand_characters() -> None:
    for text in ("a{1001}", "[^a]{1001}", r"\w{1001}", r"\p{L}{1001}", ".{1001}", "(ab){334}", "x" * 5000 + "a{1001}"):
        regular(text, Patience())


#: The expression tries the terms' letters in all ways: each takes some milliseconds, far less than one term may.
SLOW = "(a|aa)+b"
SLOW_WITH = [f"{'a' * 22}{number}" for number in range(200)]


@pytest.mark.parametrize("expression", [SLOW, "(a|aa)" * 20 + "b", "(?:a|aa){1,22}b"])
def test_an_expression_that_is_slow_with_many_terms_is_refused(
    expression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "REGEX_SECONDS_IN_ALL", 0.1)
    leaf = Regex(expression)
    for _ in range(2):
        with pytest.raises(QueryError, match="takes too long"):
            list(filter(leaf.matches, SLOW_WITH))


def test_the_expressions_of_a_query_share_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "REGEX_SECONDS_IN_ALL", 0.1)
    query = parse(" OR ".join(f"/{SLOW}|{term}/" for term in SLOW_WITH), Options(today=dt.date(2022, 9, 10)))
    document = Document({"text": tokenize(SLOW_WITH[0])}, frozenset({"text"}), None, None)
    with pytest.raises(QueryError, match="takes too long"):
        query.condition.spans(document)


def test_waiting_takes_nothing_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "REGEX_SECONDS_IN_ALL", 0.1)
    compiled = regex.compile("(a|b)+")

    class Waiting:
        """The expression on a machine that is busy with others."""

        def fullmatch(self, term: str, timeout: float) -> object:
            sleep(0.2)
            return compiled.fullmatch(term, timeout=timeout)

    monkeypatch.setattr(leaves, "_compile_regex", lambda _: Waiting())
    assert Regex("(a|b)+").matches("aaa")


@pytest.mark.parametrize(
    ("expression", "prefix"),
    [
        ("carbon", "carbon"),
        ("carbon(s|ate)?", "carbon"),
        ("carbon(s|(a|e)te)", "carbon"),
        ("carbon[s|t]", "carbon"),
        ("carbon[]|]", "carbon"),
        ("carbon[^]|]", "carbon"),
        (r"carbon[\]|]", "carbon"),
        ("carbon.", "carbon"),
        ("carbon+", "carbon"),
        ("carbons?", "carbon"),
        ("carbons*", "carbon"),
        ("carbons{0,2}", "carbon"),
        ("(carbon|dual)", ""),
        ("carbon|dual", ""),
        ("carbon(s)|dual", ""),
        ("carbon[s]|dual", ""),
        (r"carbon\[|dual", ""),
        (r"carbon\(|dual", ""),
        ("carbon[(]|dual", ""),
        ("carbon[[:alpha:](]|dual", ""),
        ("carbon(?#a comment)*", ""),
        ("", ""),
    ],
)
def test_prefix(expression: str, prefix: str) -> None:
    assert Regex(expression).prefix == prefix


#: Every term of up to four of these letters.
SHORT = ["".join(letters) for length in range(1, 5) for letters in product("ab(", repeat=length)]

letters = st.sampled_from(["a", "b", "ab", "."])
alternatives = st.sampled_from(["|", "|", "(a|b)", "(|b", "(", ")", "[a|(]", "[^]|a]", "[[:alpha:](]", "\\(", "\\["])
times = st.sampled_from(["", "", "*", "?", "+", "{0}", "{1,2}"])
expressions_made = st.lists(st.tuples(letters, alternatives | letters, times).map("".join), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(expressions_made.map("".join))
def test_every_term_that_an_expression_matches_begins_with_its_prefix(text: str) -> None:
    try:
        regex.compile(text)
    except regex.error:
        reject()
    leaf = Regex(text)
    assert all(term.startswith(leaf.prefix) for term in SHORT if leaf.matches(term))


def test_quick_terms_take_nothing_of_the_time() -> None:
    patience = Patience()
    for _ in range(100_000):
        patience.spend(40e-6)
    assert patience.left == REGEX_SECONDS_IN_ALL


def test_a_search_for_a_slow_expression_ends_with_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "REGEX_SECONDS_IN_ALL", 0.1)
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(" ".join(SLOW_WITH))
    update(tmp_path / "library", [str(source)], UpdateOptions(cores=1))
    with Library(tmp_path / "library") as library, pytest.raises(QueryError, match="takes too long"):
        library.search(parse(f"/{SLOW}/", Options(today=dt.date(2022, 9, 10))))
