"""The header forms H1 to H16: title, subtitle, published date, source, reporters, and where the prose begins."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Fact, Readout

BODY = (
    "On the morning of August 25, the party group of the municipal government held a meeting to study flood control. "
    "Lin Wenhao, mayor, presided over the meeting."
)
BODY_ZH = "8月25日上午，市政府党组召开会议，研究防汛工作，安排近期重点任务。市长林文浩主持会议。"
TITLE = "The municipal government party group held a meeting to study flood control"
TITLE_ZH = "市政府党组召开会议研究防汛工作"


@dataclass(frozen=True)
class Form:
    """`prose` is how the body begins; the other fields are the values expected."""

    name: str
    text: str
    published: str | None = None
    rule: str | None = None
    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    reporters: tuple[str, ...] = ()
    prose: str = BODY[:20]


FORMS = [
    Form("H1", f" date 2022-08-26 {BODY}", "2022-08-26", "H1 date prefix"),
    Form("H2", f" date 2022-08-26 {TITLE}\n\n{BODY}", "2022-08-26", "H1 date prefix", TITLE),
    Form(
        "H2 deck",
        f" date 2022-08-26 {TITLE}\n\nLin Wenhao hosted and delivered a speech\n\n{BODY}",
        "2022-08-26",
        None,
        TITLE,
        "Lin Wenhao hosted and delivered a speech",
    ),
    Form("H2 cut short", f" date 2022-08-26 {TITLE} in the\n\n{BODY}", "2022-08-26", None, f"{TITLE} in the"),
    Form(
        "H3",
        f" date 2022-08-26 Date: 2022-08-26\n\nSource: Qingling News Network\n\n{BODY}",
        "2022-08-26",
        "H1 date prefix",
        source="Qingling News Network",
    ),
    Form("H4", f"{TITLE}\n\n{BODY}", title=TITLE),
    Form("H4 single newline", f"{TITLE}\n{BODY}", title=TITLE),
    Form(
        "H5",
        f"Date: 2022-08-26\nSource: Qingling Daily\nEditor in charge: Gao Yu\n\n{BODY}",
        "2022-08-26",
        "H5 Date line",
        source="Qingling Daily",
    ),
    Form(
        "H5 after the title",
        f"{TITLE}\n\nDate: 2022-08-26\nSource: Qingling Daily\nEditor in charge: Gao Yu\n\n{BODY}",
        "2022-08-26",
        "H5 Date line",
        TITLE,
        source="Qingling Daily",
    ),
    Form(
        "H5 on one line",
        f"{TITLE}\n\nDate: 2022-08-26 Source: Qingling Daily Views: 12 Font: [ Big Small ]\n\n{BODY}",
        "2022-08-26",
        "H5 Date line",
        TITLE,
        source="Qingling Daily",
    ),
    Form(
        "H6",
        f" date 2022-08-26 Title: {TITLE}\nSubtitle: Lin Wenhao presides\nDate: August 26, 2022\n\n{BODY}",
        "2022-08-26",
        "H1 date prefix",
        TITLE,
        "Lin Wenhao presides",
    ),
    Form(
        "H7",
        f"{TITLE}\n\ntime:2022-08-26 15:22:10\n\nsource:Qingling Daily\n\nreporter:Gao Yu\n\n{BODY}",
        "2022-08-26",
        "H7 time line",
        TITLE,
        source="Qingling Daily",
        reporters=("Gao Yu",),
    ),
    Form(
        "H7 labels first",
        f"time:2022-08-26 15:22:10\n\nsource:Qingling Daily\n\nreporter:Gao Yu and Luo Min\n\n{TITLE}\n\n{BODY}",
        "2022-08-26",
        "H7 time line",
        TITLE,
        source="Qingling Daily",
        reporters=("Gao Yu", "Luo Min"),
    ),
    Form(
        "H8",
        f"{TITLE}\nSource: Qingling Daily\nRelease time: 2022-08-26 10:22\n\n{BODY}",
        "2022-08-26",
        "H8 Release time line",
        TITLE,
        source="Qingling Daily",
    ),
    Form(
        "H8 with bars",
        f"{TITLE}\n\nPublished: 2022-08-26  |  source:  |  Views:\n\n{BODY}",
        "2022-08-26",
        "H8 Published line",
        TITLE,
    ),
    Form("H9", f" date 2022-08 {TITLE}\n\n{BODY}", "2022-08", "H9 date prefix, month only", TITLE),
    Form(
        "H10",
        f" date 2022-08-26 Qingling Daily, August 25th (Reporter Gao Yu and Luo Min) {BODY}",
        "2022-08-26",
        None,
        source="Qingling Daily",
        reporters=("Gao Yu", "Luo Min"),
    ),
    Form(
        "H10 our newspaper",
        f"{TITLE}\n\nNews from our newspaper on the 25th (reporter Gao Yu and Luo Min) {BODY}",
        title=TITLE,
        reporters=("Gao Yu", "Luo Min"),
    ),
    Form(
        "H10 no space after it",
        f"{TITLE}\n\nAll Media News from Qingling Daily (Reporter Gao Yu, photo by Luo Min){BODY}",
        title=TITLE,
        source="Qingling Daily",
        reporters=("Gao Yu",),
    ),
    Form("H10 without brackets", f"Qingling Daily, August 25th {BODY}", source="Qingling Daily"),
    Form("H10 agency", f"{TITLE}\n\nQINGLING, Aug. 25 (Xinhua) -- {BODY}", title=TITLE, source="Xinhua"),
    Form(
        "H10 agency, translated",
        f"{TITLE}\n\nXinhua News Agency, Qingling, August 25th. {BODY}",
        title=TITLE,
        source="Xinhua News Agency",
    ),
    Form(
        "H11",
        f"{TITLE} in ChinaFly into the homes of ordinary people\n\n{BODY} China is large.",
        title=f"{TITLE} in China",
    ),
    Form("H12", f"Home » {TITLE}\n\n{TITLE}\n\nby admin\n\n{BODY}", title=TITLE),
    Form(
        "H12 navigation glued before the title",
        f" date 2022-08-26 Home News {TITLE}\nNews\n\n{TITLE}\n\nby admin\n\n{BODY}",
        "2022-08-26",
        title=TITLE,
    ),
    Form(
        "H12 the site's name above it",
        f"Qingling Government Portal\n\nCurrent Position: Home > News\n\n{TITLE}\n\n{BODY}",
        title=TITLE,
    ),
    Form("H12 byline", f"Home > News > Local\n\n{TITLE}\n\nby Gao Yu\n\n{BODY}", title=TITLE, reporters=("Gao Yu",)),
    Form(
        "H13",
        f"{TITLE}\n\nFlood control first, safety first\n\nLin Wenhao hosted Gao Yu and Luo Min attended\n\n{BODY}",
        title=TITLE,
        subtitle="Flood control first, safety first",
    ),
    Form(
        "H14",
        f"{TITLE_ZH}\n\n发布日期:2022-08-26 来源:青岭日报 浏览次数:12\n\n{BODY_ZH}",
        "2022-08-26",
        "H14 发布日期 line",
        TITLE_ZH,
        source="青岭日报",
        prose=BODY_ZH[:8],
    ),
    Form(
        "H14 dateline",
        f"{TITLE_ZH}\n　　本报讯（记者 高宇）{BODY_ZH}",
        title=TITLE_ZH,
        reporters=("高宇",),
        prose=BODY_ZH[:8],
    ),
    Form(
        "H14 two reporters",
        f"本报讯（记者高宇、罗敏 通讯员江海）{BODY_ZH}",
        reporters=("高宇", "罗敏", "江海"),
        prose=BODY_ZH[:8],
    ),
    Form(
        "H14 agency",
        f"新华社青岭8月25日电（记者高宇）{BODY_ZH}",
        source="新华社",
        reporters=("高宇",),
        prose=BODY_ZH[:8],
    ),
    Form("H14 web", f"青岭新闻网讯 {BODY_ZH}", source="青岭新闻网", prose=BODY_ZH[:8]),
    Form("H14 traditional", f"本報訊（記者高宇）{BODY_ZH}", reporters=("高宇",), prose=BODY_ZH[:8]),
    Form(
        "H14 bare line",
        f"{TITLE_ZH}\n\n2022-08-26 16:01   青岭日报  \n\n{BODY_ZH}",
        "2022-08-26",
        "H7 date line",
        TITLE_ZH,
        source="青岭日报",
        prose=BODY_ZH[:8],
    ),
    Form(
        "H14 empty labels",
        f"{TITLE_ZH}\n作者:     日期: 2022-08-26    浏览量: 166\n\n{BODY_ZH}",
        "2022-08-26",
        "H14 日期 line",
        TITLE_ZH,
        prose=BODY_ZH[:8],
    ),
    Form(
        "H14 page's own date first",
        f"2023年03月29日 星期三\n\n{TITLE_ZH}\n\n发布日期:2022-08-26\n\n{BODY_ZH}",
        "2022-08-26",
        "H14 发布日期 line",
        TITLE_ZH,
        prose=BODY_ZH[:8],
    ),
    Form("H15", f"Original title: {TITLE}\n\n{BODY}", title=TITLE),
    Form(
        "H15 below a title",
        f"Flood control in Qingling\n\nOriginal title: {TITLE}\n\n{BODY}",
        title="Flood control in Qingling",
    ),
    Form("H15 zh", f"原标题：{TITLE_ZH}\n\n{BODY_ZH}", title=TITLE_ZH, prose=BODY_ZH[:8]),
    Form(
        "H16",
        f"{TITLE}\n\n{BODY}\n\nThe meeting also studied other matters. (Reporter Gao Yu)",
        title=TITLE,
        reporters=("Gao Yu",),
    ),
    Form(
        "H16 names only",
        f"{TITLE}\n\n{BODY} It also studied other matters. (Gao Yu and Luo Min)",
        title=TITLE,
        reporters=("Gao Yu", "Luo Min"),
    ),
    Form("H16 zh", f"{TITLE_ZH}\n\n{BODY_ZH}（记者 高宇）", title=TITLE_ZH, reporters=("高宇",), prose=BODY_ZH[:8]),
    Form("Markdown", f"# {TITLE}\n\n{BODY}", title=TITLE),
    Form(
        "Windows newlines", f"{TITLE}\r\n\r\nSource: Qingling Daily\r\n\r\n{BODY}", title=TITLE, source="Qingling Daily"
    ),
    Form("byte-order mark", f"\ufeff{TITLE}\n\n{BODY}", title=TITLE),
    Form("an image's name", f"{TITLE_ZH}\n\n{TITLE_ZH}2.jpg\n\n{BODY_ZH}", title=TITLE_ZH, prose=BODY_ZH[:8]),
]


def read(text: str, **given: str) -> Readout:
    return read_facts(RawReadout(path="x.txt", text=text, **given), "x")  # type: ignore[arg-type]


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_header_form(form: Form) -> None:
    readout = read(form.text)
    assert (readout.published.date if readout.published else None) == form.published
    assert value(readout.title) == form.title
    assert value(readout.subtitle) == form.subtitle
    assert value(readout.source) == form.source
    assert tuple(fact.value for fact in readout.reporters) == form.reporters
    assert form.text[readout.body_start :].startswith(form.prose)
    if form.rule:
        assert readout.published is not None
        assert readout.published.rule == form.rule


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_every_header_form_leads_to_the_same_meeting(form: Form) -> None:
    readout = read(form.text)
    assert readout.met is not None
    assert readout.met.edtf == ("2022-08-25~" if form.published else "XXXX-08-25")
    assert [person.name for person in readout.presided] in (["Lin Wenhao"], ["林文浩"])


NO_TITLES = {
    "a sentence": f"Flood control was studied.\n\n{BODY}",
    "an opening": f"On August 25, the municipal government held a meeting\n\n{BODY}",
    "a line that leads on": f"The municipal government met:\n\n{BODY}",
    "one line": "The municipal government held a meeting",
    "wrapped prose": "The municipal government held a meeting to study flood control in\nthe city. It ended early.",
    "a line cut short": f"The municipal government has approved the\n{BODY}",
    "a sentence in Chinese": f"市政府召开会议。\n\n{BODY_ZH}",
}


@pytest.mark.parametrize("text", NO_TITLES.values(), ids=NO_TITLES.keys())
def test_what_is_no_title(text: str) -> None:
    assert read(text).title is None


NO_SUBTITLES = {
    "place and date": f"{TITLE}\n\nQingling, August 25, 2022\n\n{BODY}",
    "a list": f"{TITLE}\n\nFlood control work\n\nHarvest of the year\n\nRoads are built\n\nOther matters too\n\n{BODY}",
    "a list item": f"{TITLE}\n\n- Flood control work\n\n{BODY}",
    "a participants' line": f"{TITLE}\n\nPresent: Lin Wenhao, Gao Yu and Luo Min\n\n{BODY}",
    "a line cut short": f"{TITLE}\n\nThe municipal government has approved the\n\n{BODY}",
    "a word": f"{TITLE}\n\nSubject\n\n{BODY}",
}


@pytest.mark.parametrize("text", NO_SUBTITLES.values(), ids=NO_SUBTITLES.keys())
def test_what_is_no_subtitle(text: str) -> None:
    readout = read(text)
    assert value(readout.title) == TITLE
    assert readout.subtitle is None


def test_a_title_given_by_the_file_is_found_where_the_text_begins_with_it() -> None:
    readout = read(f"{TITLE}\n\n{BODY}", title=TITLE)
    assert readout.title == Fact(TITLE, readout.title.span if readout.title else None, "file title")
    assert readout.title.span == (0, len(TITLE))
    assert readout.text[readout.body_start :] == BODY


def test_a_title_given_by_the_file_may_end_like_a_sentence() -> None:
    readout = read(f"Flood control was studied.\n\n{BODY}", title="Flood control was studied.")
    assert value(readout.title) == "Flood control was studied."
    assert readout.text[readout.body_start :] == BODY


def test_a_title_given_apart_has_no_span() -> None:
    assert read(BODY, title="Another title").title == Fact("Another title", None, "file title")


def test_a_title_given_apart_is_not_mistaken_for_the_beginning_of_the_text() -> None:
    title = f"{BODY[:10]} and something else"
    assert read(BODY, title=title).title == Fact(title, None, "file title")


def test_a_header_may_follow_the_title_given() -> None:
    readout = read(f"{TITLE}\n\n date 2022-08-26 Date: 2022-08-26\n\nSource: Qingling Daily\n\n{BODY}", title=TITLE)
    assert (value(readout.title), value(readout.source)) == (TITLE, "Qingling Daily")
    assert readout.published is not None
    assert readout.published.date == "2022-08-26"


def test_the_source_given_by_the_file_counts_where_the_text_names_none() -> None:
    assert read(BODY, source="Qingling Daily").source == Fact("Qingling Daily", None, "file source")
    assert value(read(f"Source: Luohe News\n\n{BODY}", source="Qingling Daily").source) == "Luohe News"


DATE_FORMS = {
    "2022-08-26": "2022-08-26",
    "2022-8-6": "2022-08-06",
    "2022/08/26": "2022-08-26",
    "2022.08.26": "2022-08-26",
    "20220826": "2022-08-26",
    "D:20220826101500+08'00'": "2022-08-26",
    "2022-08-26T23:30:00Z": "2022-08-26",
    "2022-08-26 10:22": "2022-08-26",
    "August 26, 2022": "2022-08-26",
    "Aug 26, 2022": "2022-08-26",
    "august 26th, 2022": "2022-08-26",
    "26 August 2022": "2022-08-26",
    "26th of August 2022": "2022-08-26",
    "Fri, 26 Aug 2022 10:00:00 +0800": "2022-08-26",
    "2022年8月26日": "2022-08-26",
    "2022 年 8 月 26 日": "2022-08-26",
    "二〇二二年八月二十六日": "2022-08-26",
    "26/08/2022": "2022-08-26",
    "08/26/2022": "2022-08-26",
    "2022-08": "2022-08",
    "2022年8月": "2022-08",
    "August 2022": "2022-08",
}


@pytest.mark.parametrize(("given", "date"), DATE_FORMS.items())
def test_published_date_given_by_the_file(given: str, date: str) -> None:
    readout = read(BODY, date=given)
    assert readout.published is not None
    assert (readout.published.date, readout.published.span, readout.published.rule) == (date, None, "file date")
    assert readout.warnings == ()


@pytest.mark.parametrize("given", ["2022-13-45", "2022-02-30", "8/9/2022", "last week", "2022", "26 August"])
def test_a_published_date_that_cannot_be_read_is_warned_about(given: str) -> None:
    readout = read(BODY, date=given)
    assert readout.published is None
    assert readout.warnings == (f"published date {given!r} is not one calendar date; write it as YYYY-MM-DD",)


def test_a_prefix_that_is_no_day_is_warned_about() -> None:
    readout = read(f" date 2022-13-45 {BODY}")
    assert readout.published is None
    assert len(readout.warnings) == 1


@pytest.mark.parametrize("given", ["", "  ", None])
def test_no_published_date_is_no_mistake(given: str | None) -> None:
    readout = read_facts(RawReadout(path="x.txt", text=BODY, date=given), "x")
    assert (readout.published, readout.warnings) == (None, ())


DISAGREEING = [
    (f" date 2022-08-26 Date: 2022-08-27\n\n{BODY}", None, "2022-08-26", 1),
    (f" date 2022-08-26 {BODY}", "2022-08-27", "2022-08-26", 1),
    (f"Date: 2022-08-26\n\n{BODY}", "2022-08-27", "2022-08-26", 1),
    (f"2022-08-26\n\n{BODY}", "2022-08-27", "2022-08-27", 1),
    (f" date 2022-08-26 Date: August 26, 2022\n\n{BODY}", "2022-08-26", "2022-08-26", 0),
    (f" date 2022-08 {BODY}", "2022-08-27", "2022-08-27", 0),
    (f" date 2022-08-26 {BODY}", "2022-08", "2022-08-26", 0),
]


@pytest.mark.parametrize(("text", "given", "kept", "warnings"), DISAGREEING)
def test_of_two_published_dates_the_first_is_kept(text: str, given: str | None, kept: str, warnings: int) -> None:
    readout = read_facts(RawReadout(path="x.txt", text=text, date=given, warnings=("earlier",)), "x")
    assert readout.published is not None
    assert readout.published.date == kept
    assert readout.warnings[0] == "earlier"
    assert len(readout.warnings) == 1 + warnings


NO_SOURCES = ["The source: of the river lies in the hills.", "News from our newspaper (reporter Gao Yu) It rained."]


@pytest.mark.parametrize("text", NO_SOURCES)
def test_what_is_no_source(text: str) -> None:
    assert read(text).source is None


NO_DATELINES = [
    "On August 25, our city held a meeting (reporter Gao Yu) to study flood control.",
    "8月25日市委召开社会治理会议（记者高宇摄），研究防汛工作，安排近期重点任务。",
]


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_is_no_dateline(text: str) -> None:
    readout = read(text)
    assert readout.body_start == 0
    assert readout.met is not None


NO_REPORTERS = [
    f"{BODY} It mentioned special groups. (Key Personnel)",
    f"{BODY} It ended at noon (Beijing time)",
    f"{BODY_ZH}（编辑：高宇）",
    f"reporter:Gao Yu Luomin\n\n{BODY}",
    f"by admin\n\n{BODY}",
]


@pytest.mark.parametrize("text", NO_REPORTERS)
def test_who_is_no_reporter(text: str) -> None:
    assert read(text).reporters == ()


LANGUAGES = {
    BODY: "en",
    BODY_ZH: "zh",
    "": "en",
    f"{BODY} The slogan is 双碳.": "en",
    f"{BODY_ZH} (GDP, CPI, PPI) 2022": "zh",
    "… … … “—”": "en",
}


@pytest.mark.parametrize(("text", "language"), LANGUAGES.items())
def test_language(text: str, language: str) -> None:
    assert read(text).language == language


def test_metadata_and_place_in_the_file_are_kept() -> None:
    raw = RawReadout(path="a/b.jsonl", text=BODY, record=3, metadata={"topic": "floods"})
    readout = read_facts(raw, "b-3")
    assert (readout.id, readout.path, readout.record, readout.metadata) == ("b-3", "a/b.jsonl", 3, {"topic": "floods"})
