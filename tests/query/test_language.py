import datetime as dt
from typing import Any

import pytest

from readouts_cli.query.document import Document
from readouts_cli.query.explain import describe
from readouts_cli.query.fields import document
from readouts_cli.query.language import LANGUAGE, Form, Sample
from readouts_cli.query.lexer import DATE_FIELDS
from readouts_cli.query.syntax import Options, Query, parse
from readouts_cli.readout import Certainty, Fact, Met, Person, Published, Readout, Span

FORMS = [pytest.param(form, id=f"{form.option} {form.example}") for section in LANGUAGE for form in section.forms]


def read(form: Form) -> Query:
    option: dict[str, Any] = {form.option: True} if form.option else {}
    return parse(form.example, Options(today=dt.date(2022, 9, 10), **option))


def sample(given: Sample) -> Document:
    met = None
    if given.met:
        day = dt.date.fromisoformat(given.met.rstrip("?"))
        certainty = Certainty.DOUBTFUL if given.met.endswith("?") else Certainty.STATED
        met = Met(day, day, given.met, certainty, "R1", Span(0, 0))
    return document(
        Readout(
            "1",
            given.path,
            given.text,
            title=Fact(given.title, None, "test") if given.title else None,
            presided=(Person(given.presided, None, Span(0, 0), None, "test"),) if given.presided else (),
            met=met,
            published=Published(given.published, None, "test") if given.published else None,
        )
    )


@pytest.mark.parametrize("form", FORMS)
def test_example_finds_what_it_says(form: Form) -> None:
    assert read(form).condition.accepts(sample(form.matches))


@pytest.mark.parametrize("form", FORMS)
def test_example_misses_what_it_says(form: Form) -> None:
    assert not read(form).condition.accepts(sample(form.misses))


@pytest.mark.parametrize("form", FORMS)
def test_example_can_be_explained(form: Form) -> None:
    assert describe(read(form).condition)


@pytest.mark.parametrize("form", FORMS)
def test_rows_fit_a_terminal(form: Form) -> None:
    assert len(form.example) <= 36
    assert len(form.meaning) <= 110
    assert form.meaning[-1] not in ".;,"


def test_no_example_is_given_twice() -> None:
    examples = [(form.example, form.option) for section in LANGUAGE for form in section.forms]
    assert len(examples) == len(set(examples))


def test_every_operator_option_and_date_field_has_a_row() -> None:
    rows = [form for section in LANGUAGE for form in section.forms]
    shown = " ".join(f"{form.example} {form.meaning}" for form in rows)
    for written in (
        "AND",
        "OR",
        "NOT",
        "NEAR/",
        "ADJ/",
        "*",
        "?",
        "~",
        "/",
        "(",
        *(f"{field}:" for field in DATE_FIELDS),
    ):
        assert written in shown
    assert {form.option for form in rows} == {"", "any", "phrase", "exact", "doubtful"}
