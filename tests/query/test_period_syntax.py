import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.errors import QueryError, UsageError
from readouts_cli.query.period_syntax import parse_period, today

TODAY = dt.date(2022, 9, 10)  # a Saturday


def period(text: str, now: dt.date = TODAY) -> str:
    found = parse_period(text, now)
    return f"{found.first or ''}..{found.last or ''}"


# One row for every edge: what is written, the first day, the last day.
UNITS = [
    ("2022", "2022-01-01", "2022-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
    ("2022-01", "2022-01-01", "2022-01-31"),
    ("2022-04", "2022-04-01", "2022-04-30"),
    ("2022-12", "2022-12-01", "2022-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
    ("2022-02", "2022-02-01", "2022-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("202208", "2022-08-01", "2022-08-31"),
    ("2022-08-20", "2022-08-20", "2022-08-20"),
    ("2022-08-31", "2022-08-31", "2022-08-31"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("20220820", "2022-08-20", "2022-08-20"),
    ("0001-01-01", "0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("2022-Q1", "2022-01-01", "2022-03-31"),
    ("2022-q2", "2022-04-01", "2022-06-30"),
    ("2022-Q3", "2022-07-01", "2022-09-30"),
    ("2022-Q4", "2022-10-01", "2022-12-31"),
    ("2022-H1", "2022-01-01", "2022-06-30"),
    ("2022-h2", "2022-07-01", "2022-12-31"),
    ("2022-W01", "2022-01-03", "2022-01-09"),
    ("2022-W33", "2022-08-15", "2022-08-21"),
    ("2022-w52", "2022-12-26", "2023-01-01"),
    ("2020-W01", "2019-12-30", "2020-01-05"),
    ("2020-W53", "2020-12-28", "2021-01-03"),
    ("2026-W53", "2026-12-28", "2027-01-03"),
    ("0001-W01", "0001-01-01", "0001-01-07"),
    ("aug 2022", "2022-08-01", "2022-08-31"),
    ("AUG_2022", "2022-08-01", "2022-08-31"),
    ("August  2022", "2022-08-01", "2022-08-31"),
    ("sept_2022", "2022-09-01", "2022-09-30"),
    ("sep 2022", "2022-09-01", "2022-09-30"),
    ("may_2022", "2022-05-01", "2022-05-31"),
    ("february 2024", "2024-02-01", "2024-02-29"),
    ("  2022-08\t", "2022-08-01", "2022-08-31"),
]

RANGES = [
    ("2022-08..2022-09", "2022-08-01", "2022-09-30"),
    ("2022-08-20..2022-08-20", "2022-08-20", "2022-08-20"),
    ("2022-08..2022-08-15", "2022-08-01", "2022-08-15"),
    ("2022-08-15..2022-08", "2022-08-15", "2022-08-31"),
    ("2021-12..2022-01", "2021-12-01", "2022-01-31"),
    ("2022-Q4..2023-H1", "2022-10-01", "2023-06-30"),
    ("2020-W53..2021", "2020-12-28", "2021-12-31"),
    ("aug 2022 .. oct_2022", "2022-08-01", "2022-10-31"),
    ("2022-08..", "2022-08-01", ""),
    ("..2022-08", "", "2022-08-31"),
    ("2022-08..*", "2022-08-01", ""),
    ("*..2022-08", "", "2022-08-31"),
    (">2022-08", "2022-09-01", ""),
    (">=2022-08", "2022-08-01", ""),
    ("<2022-08", "", "2022-07-31"),
    ("<=2022-08", "", "2022-08-31"),
    (">2022", "2023-01-01", ""),
    ("<2022", "", "2021-12-31"),
    (">2024-02-28", "2024-02-29", ""),
    ("<2024-03", "", "2024-02-29"),
    (">2022-W52", "2023-01-02", ""),
    ("> 2022-08", "2022-09-01", ""),
    ("after:2022-08", "2022-09-01", ""),
    ("since:2022-08", "2022-08-01", ""),
    ("before:2022-08", "", "2022-07-31"),
    ("Until: aug 2022", "", "2022-08-31"),
    ("<=9999-12-31", "", "9999-12-31"),
    (">=0001", "0001-01-01", ""),
    (">9998", "9999-01-01", ""),
]

RELATIVE = [
    ("today", "2022-09-10", "2022-09-10"),
    ("Yesterday", "2022-09-09", "2022-09-09"),
    ("this_week", "2022-09-05", "2022-09-11"),
    ("last_week", "2022-08-29", "2022-09-04"),
    ("this_month", "2022-09-01", "2022-09-30"),
    ("last month", "2022-08-01", "2022-08-31"),
    ("this_quarter", "2022-07-01", "2022-09-30"),
    ("last quarter", "2022-04-01", "2022-06-30"),
    ("this_year", "2022-01-01", "2022-12-31"),
    ("last_year", "2021-01-01", "2021-12-31"),
    ("2022-08..today", "2022-08-01", "2022-09-10"),
    ("last_year..this_year", "2021-01-01", "2022-12-31"),
    (">today", "2022-09-11", ""),
    ("after:last_month", "2022-09-01", ""),
    ("3m..", "2022-06-10", ""),
    ("90d..", "2022-06-12", ""),
    ("..1y", "", "2021-09-10"),
    ("2w", "2022-08-27", "2022-09-10"),
    ("1D", "2022-09-09", "2022-09-10"),
    ("0d", "2022-09-10", "2022-09-10"),
    ("3m..1m", "2022-06-10", "2022-08-10"),
    ("3m..today", "2022-06-10", "2022-09-10"),
    ("since:2w", "2022-08-27", ""),
    ("<1m", "", "2022-08-09"),
    ("2022-08-20..1w", "2022-08-20", "2022-09-03"),
]

# What is written, today, the first day, the last day.
ROLLED = [
    ("1m..", "2022-03-31", "2022-02-28", ""),
    ("1m..", "2024-03-31", "2024-02-29", ""),
    ("1m..", "2022-07-31", "2022-06-30", ""),
    ("2m..", "2022-03-31", "2022-01-31", ""),
    ("1m..", "2022-01-31", "2021-12-31", ""),
    ("13m..", "2022-01-15", "2020-12-15", ""),
    ("1y..", "2024-02-29", "2023-02-28", ""),
    ("4y..", "2024-02-29", "2020-02-29", ""),
    ("100y..", "2000-02-29", "1900-02-28", ""),
    ("1d..", "2024-03-01", "2024-02-29", ""),
    ("1d..", "2022-01-01", "2021-12-31", ""),
    ("1w..", "2022-01-03", "2021-12-27", ""),
    ("yesterday", "2022-01-01", "2021-12-31", "2021-12-31"),
    ("this_week", "2022-01-01", "2021-12-27", "2022-01-02"),
    ("last_week", "2022-01-03", "2021-12-27", "2022-01-02"),
    ("this_week", "2022-01-03", "2022-01-03", "2022-01-09"),
    ("last_month", "2022-01-31", "2021-12-01", "2021-12-31"),
    ("last_month", "2024-03-31", "2024-02-01", "2024-02-29"),
    ("last_quarter", "2022-01-01", "2021-10-01", "2021-12-31"),
    ("last_quarter", "2022-06-30", "2022-01-01", "2022-03-31"),
    ("this_quarter", "2022-12-31", "2022-10-01", "2022-12-31"),
    ("this_month", "9999-12-31", "9999-12-01", "9999-12-31"),
    ("this_year", "0001-01-01", "0001-01-01", "0001-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), UNITS + RANGES + RELATIVE)
def test_period(text: str, first: str, last: str) -> None:
    assert period(text) == f"{first}..{last}"


@pytest.mark.parametrize(("text", "now", "first", "last"), ROLLED)
def test_period_seen_from_a_day(text: str, now: str, first: str, last: str) -> None:
    assert period(text, dt.date.fromisoformat(now)) == f"{first}..{last}"


# What is written, the part at fault, what the message says.
ERRORS = [
    ("2022-13", "13", "there is no month 13; did you mean 2022-12?"),
    ("2022-00", "00", "there is no month 00; did you mean 2022-01?"),
    ("202213", "13", "did you mean 2022-12?"),
    ("2022-02-30", "30", "February 2022 has 28 days; did you mean 2022-02-28?"),
    ("2024-02-30", "30", "February 2024 has 29 days; did you mean 2024-02-29?"),
    ("2022-08-00", "00", "August 2022 has 31 days; did you mean 2022-08-01?"),
    ("2022-04-31", "31", "did you mean 2022-04-30?"),
    ("20220431", "31", "did you mean 2022-04-30?"),
    ("2022-20-08", "20", "there is no month 20; did you mean 2022-08-20?"),
    ("2022-31-02", "31", "there is no month 31; did you mean 2022-12-02?"),
    ("2022-13-45", "13", "did you mean 2022-12-28?"),
    ("2022-Q5", "5", "did you mean 2022-Q4?"),
    ("2022-Q0", "0", "did you mean 2022-Q1?"),
    ("2022-H3", "3", "did you mean 2022-H2?"),
    ("2022-W53", "53", "2022 has 52 weeks; did you mean 2022-W52?"),
    ("2020-W54", "54", "2020 has 53 weeks; did you mean 2020-W53?"),
    ("2022-W00", "00", "did you mean 2022-W01?"),
    ("0000", "0000", "years run from 0001 to 9999"),
    ("0000-13-45", "0000", "years run from 0001 to 9999"),
    ("8/9/2022", "8/9/2022", "can mean 2022-08-09 or 2022-09-08; write the one you mean"),
    ("08.09.2022", "08.09.2022", "can mean 2022-08-09 or 2022-09-08"),
    ("8/8/2022", "8/8/2022", "did you mean 2022-08-08?"),
    ("20/8/2022", "20/8/2022", "did you mean 2022-08-20?"),
    ("8/20/2022", "8/20/2022", "did you mean 2022-08-20?"),
    ("8/2022", "8/2022", "did you mean 2022-08?"),
    ("2022/8", "2022/8", "did you mean 2022-08?"),
    ("2022/08/20", "2022/08/20", "did you mean 2022-08-20?"),
    ("2022.8.9", "2022.8.9", "did you mean 2022-08-09?"),
    ("2022-8", "2022-8", "did you mean 2022-08?"),
    ("2022年8月20日", "2022年8月20日", "did you mean 2022-08-20?"),
    ("August 20th, 2022", "August 20th, 2022", "did you mean 2022-08-20?"),
    ("20 aug 2022", "20 aug 2022", "did you mean 2022-08-20?"),
    ("2022 aug", "2022 aug", "did you mean 2022-08?"),
    ("Q3 2022", "Q3 2022", "did you mean 2022-Q3?"),
    ("2022W5", "2022W5", "did you mean 2022-W05?"),
    ("2022H2", "2022H2", "did you mean 2022-H2?"),
    ("aug", "aug", "of which year? write it like aug_2022"),
    ("last", "last", "write it like last_month"),
    ("yesteday", "yesteday", "did you mean yesterday?"),
    ("last_quater", "last_quater", "did you mean last_quarter?"),
    ("agust 2022", "agust 2022", "did you mean august?"),
    ("none", "none", "expected a date or a period"),
    ("2022-08-20T10:00", "2022-08-20T10:00", "expected a date or a period"),
    ("22-08", "22-08", "expected a date or a period"),
    ("２０２２", "２０２２", "expected a date or a period"),
    ("3x", "3x", "expected a date or a period"),
    ("32/32/2022", "32/32/2022", "expected a date or a period"),
    ("2022-09..2022-08", "2022-09..2022-08", "from 2022-09-01 to 2022-08-31; did you mean 2022-08..2022-09?"),
    ("1m..3m", "1m..3m", "did you mean 3m..1m?"),
    ("2022-08-21..2022-08-20", "2022-08-21..2022-08-20", "did you mean 2022-08-20..2022-08-21?"),
    ("..", "..", "a date on one side at least"),
    ("*..*", "*..*", "a date on one side at least"),
    ("2021..2022..2023", "2021..2022..2023", "two dots and two ends"),
    ("2021...2022", "2021...2022", "two dots and two ends"),
    ("2022..2022-13", "13", "did you mean 2022-12?"),
    ("İ..2022", "İ", "expected a date or a period"),
    ("2022-02-30..", "30", "did you mean 2022-02-28?"),
    (">2021..2022", "2021..2022", "a comparison takes one date"),
    (">>2022", ">2022", "a comparison takes one date"),
    ("after:=2022", "=2022", "expected a date or a period"),
    (">9999", ">9999", "beyond the years 1 to 9999"),
    ("<0001", "<0001", "beyond the years 1 to 9999"),
    ("9999-W52", "9999-W52", "beyond the years 1 to 9999"),
    ("2023y..", "2023y..", "beyond the years 1 to 9999"),
    ("999999m..", "999999m..", "beyond the years 1 to 9999"),
    ("999999w..", "999999w..", "beyond the years 1 to 9999"),
]


@pytest.mark.parametrize(("text", "part", "message"), ERRORS)
def test_error_names_the_part_and_the_correction(text: str, part: str, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_period(text, TODAY)
    error = raised.value
    assert message in str(error)
    assert error.source[error.start : error.end] == part


@pytest.mark.parametrize("text", ["", "  ", ">", "since:", ">= "])
def test_nothing_written_says_what_is_expected(text: str) -> None:
    with pytest.raises(QueryError, match=r"^expected a date or a period") as raised:
        parse_period(text, TODAY)
    assert raised.value.start == len(text.rstrip()) or not text.strip()


def test_message_shows_control_characters_escaped_and_on_one_line() -> None:
    with pytest.raises(QueryError) as raised:
        parse_period("2022\x1b[31m\n\u202e08", TODAY)
    assert str(raised.value).isprintable()


@given(st.dates(), st.dates())
def test_a_range_of_days_reads_as_its_ends(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    found = parse_period(f"{first}..{last}", TODAY)
    assert (found.first, found.last) == (first, last)
    assert parse_period(str(found), TODAY) == found


@given(st.dates())
def test_every_day_lies_in_its_units_and_only_those(day: dt.date) -> None:
    year, week, _ = day.isocalendar()
    units = [f"{day:%Y}".zfill(4), f"{day.year:04}-{day.month:02}", f"{day.year:04}-Q{(day.month + 2) // 3}"]
    units.append(f"{day.year:04}-H{1 if day.month < 7 else 2}")
    if 1 <= year <= 9998:
        units.append(f"{year:04}-W{week:02}")
    for unit in units:
        found = parse_period(unit, TODAY)
        assert found.overlaps(day, day)
        if found.first != dt.date.min and found.last != dt.date.max:
            before, after = parse_period(f"<{unit}", TODAY), parse_period(f">{unit}", TODAY)
            assert not before.overlaps(day, day)
            assert not after.overlaps(day, day)
            assert before.last == found.first - dt.timedelta(days=1)  # type: ignore[operator]
            assert after.first == found.last + dt.timedelta(days=1)  # type: ignore[operator]


@given(st.dates(), st.integers(0, 200), st.sampled_from("dwmy"))
def test_counting_back_is_monotonous(now: dt.date, number: int, unit: str) -> None:
    try:
        earlier, later = (parse_period(f"{n}{unit}..", now).first for n in (number + 1, number))
    except QueryError as error:
        assert "years 1 to 9999" in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert earlier is not None
        assert later is not None
        assert earlier < later <= now


def test_today_is_fixed_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUTS_TODAY", "2022-08-20")
    assert today() == dt.date(2022, 8, 20)


def test_today_is_the_local_day_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READOUTS_TODAY", raising=False)
    before = dt.date.today()  # noqa: DTZ011  # the local day is what is wanted
    assert before <= today() <= dt.date.today()  # noqa: DTZ011


@pytest.mark.parametrize("value", ["", "20220820", "2022-8-20", "2022-02-30", "today", "2022-08-20 ", "2022-W33-1"])
def test_today_must_be_an_iso_day(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("READOUTS_TODAY", value)
    with pytest.raises(UsageError, match="write it like 2022-08-20"):
        today()
