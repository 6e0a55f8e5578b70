"""Made-up readouts and query trees for property tests: a small vocabulary, so that things match."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Family, Fuzzy, HanCharacter, Leaf, Regex, Wildcard
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tokens import pairs
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Or, Undated, Words
from readouts_cli.readout import Certainty, Fact, Met, Person, Published, Readout, Span

ENGLISH = [
    "dual",
    "carbon",
    "Carbon’s",
    "carbons",
    "establish",
    "established",
    "Establishment",
    "the",
    "of",
    "20th",
    "3.5",
]
HAN = "双碳確确立党碳双"
WORDS = [
    *ENGLISH,
    "dual-carbon",
    "“dual",
    "carbon”",
    "two/three",
    "双碳",
    "两个确立",
    "党",
    "推进GDP",
    "碳双碳",
    "ｄｕａｌ",
    "🎉",
]
TERMS = ["dual", "carbon", "carbons", "establish", "establishment", "the", "of", "20th", "3.5", "two", "gdp", "zebra"]
HAN_RUNS = ["双碳", "碳双", "两个", "个确立", "两个确立", "推进"]
DAYS = [dt.date(2022, 8, day) for day in (1, 19, 20, 31)] + [dt.date(2023, 1, 1), dt.date(2024, 2, 29)]

texts = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from([" ", " ", ", ", "\n\n"]).map(lambda gap: gap.join(words))
)


def met_of(day: dt.date, certainty: Certainty) -> Met:
    if certainty is Certainty.PARTIAL:
        return Met(None, None, f"XXXX-{day:%m-%d}", certainty, "R7", Span(0, 0))
    return Met(day, min(day + dt.timedelta(days=2), dt.date.max), day.isoformat(), certainty, "R6", Span(0, 0))


mets = st.none() | st.builds(met_of, st.sampled_from(DAYS), st.sampled_from(Certainty))
publisheds = st.none() | st.builds(
    lambda day, month_only: Published(day.isoformat()[:7] if month_only else day.isoformat(), None, "made"),
    st.sampled_from(DAYS),
    st.booleans(),
)


@st.composite
def readouts(draw: st.DrawFn, id: str) -> Readout:
    """A readout with the given id; its title, if any, is the beginning of its text."""
    text = draw(texts)
    title_end = text.find(" ") if draw(st.booleans()) else -1
    title = Fact(text[:title_end], Span(0, title_end), "made") if title_end > 0 else None
    people = draw(st.lists(st.sampled_from(["Dual Carbon", "Zhao Establish"]), max_size=2))
    presided = tuple(Person(name, None, Span(0, 0), None, "made") for name in people)
    return Readout(
        id=id,
        path=f"/made/{id}.txt",
        text=text,
        title=title,
        met=draw(mets),
        published=draw(publisheds),
        presided=presided,
        source=draw(st.none() | st.just(Fact("carbon news", None, "made"))),
        language=draw(st.sampled_from(["en", "zh"])),
    )


libraries = st.integers(min_value=1, max_value=6).flatmap(
    lambda n: st.tuples(*(readouts(f"{number:03}") for number in range(n)))
)

leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.sampled_from(TERMS).map(Exact),
    st.sampled_from(TERMS).map(Exact),
    st.sampled_from(TERMS).map(Family),
    st.sampled_from("双碳党").map(HanCharacter),
    st.sampled_from(["car*", "*on*", "est?blish", "*", "d*l", "双*"]).map(Wildcard),
    st.sampled_from(["car.*", "(dual|two)", "est.+", "[a-f].*"]).map(Regex),
    st.builds(Fuzzy, st.sampled_from(["carbn", "dul", "establsh"]), st.sampled_from([1, 2])),
)


def han_phrase(run: str) -> Phrase:
    return Phrase(tuple(enumerate(map(Exact, pairs(run)[:-1]))), len(run))


phrases = st.lists(leaves, min_size=2, max_size=3).map(lambda found: Phrase(tuple(enumerate(found)), len(found)))


def within_run(run: str, slack: int) -> Within:
    return Within(tuple(map(Exact, pairs(run)[:-1])), slack, shared=len(run) - 2)


withins = st.builds(
    Within,
    st.lists(leaves | st.sampled_from(["双碳", "碳双", "个确"]).map(Exact), min_size=1, max_size=3).map(tuple),
    st.integers(0, 4),
) | st.builds(within_run, st.sampled_from(["碳双碳", "个确立", "两个确立"]), st.integers(0, 4))

simple: st.SearchStrategy[Expression] = st.one_of(
    leaves.map(Term), leaves.map(Term), phrases, st.sampled_from(HAN_RUNS).map(han_phrase)
)

expressions: st.SearchStrategy[Expression] = st.one_of(
    simple,
    simple,
    withins,
    st.builds(Near, simple, simple, st.integers(1, 6), st.booleans()),
    st.lists(simple, min_size=1, max_size=3).map(lambda found: Either(tuple(found))),
    st.builds(
        Near, st.builds(Near, simple, simple, st.integers(1, 4), st.booleans()), simple, st.just(3), st.booleans()
    ),
)

fields = st.sampled_from(["text", "text", "text", "title", "presided", "person", "source", "id", "path"])
days = st.none() | st.sampled_from(DAYS)
periods = st.builds(lambda a, b: Period(*sorted((a, b))) if a and b else Period(a, b), days, days)
dates = st.sampled_from(DateField)

conditions: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        st.builds(In, fields, expressions),
        st.builds(In, fields, expressions),
        st.builds(Words, st.just("text"), st.lists(simple, min_size=2, max_size=3).map(tuple), st.booleans()),
        st.builds(Dated, dates, periods, st.booleans()),
        st.builds(Undated, dates, st.booleans()),
        st.just(Everything()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: Or(tuple(found))),
        inner.map(Not),
    ),
    max_leaves=5,
)
