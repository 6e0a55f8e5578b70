"""The meeting date: one row per rule and edge.  A row's text is a whole readout without a header, or with one where the
row is about it; the published date is the file's.  `None` for the EDTF date means that no day may be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Met


@dataclass(frozen=True)
class Case:
    published: str | None
    text: str
    edtf: str | None
    certainty: str = "inferred"
    rule: str = "R2"
    words: str = ""


def met_of(case: Case) -> Met | None:
    return read_facts(RawReadout(path="x.txt", text=case.text, date=case.published), "x").met


HELD = "the municipal government held a meeting to study flood control."
PUB = "2022-08-26"

R1 = [
    Case(PUB, f"On August 25, 2022, {HELD}", "2022-08-25", "stated", "R1", "On August 25, 2022"),
    Case(PUB, f"On August 25th, 2022, {HELD}", "2022-08-25", "stated", "R1", "On August 25th, 2022"),
    Case(PUB, f"On 25 August 2022, {HELD}", "2022-08-25", "stated", "R1", "On 25 August 2022"),
    Case(PUB, f"On the 25th of August 2022, {HELD}", "2022-08-25", "stated", "R1", "On the 25th of August 2022"),
    Case(PUB, f"On Aug. 25, 2022, {HELD}", "2022-08-25", "stated", "R1", "On Aug. 25, 2022"),
    Case(PUB, f"On 2022-08-25, {HELD}", "2022-08-25", "stated", "R1", "On 2022-08-25"),
    Case(PUB, f"On August 25,2022, {HELD}", "2022-08-25", "stated", "R1", "On August 25,2022"),
    Case(
        PUB,
        f"On the morning of August 25, 2022, {HELD}",
        "2022-08-25",
        "stated",
        "R1",
        "On the morning of August 25, 2022",
    ),
    Case(
        PUB, f"At 9:30 a.m. on August 25, 2022, {HELD}", "2022-08-25", "stated", "R1", "At 9:30 a.m. on August 25, 2022"
    ),
    Case(PUB, f"On Thursday, August 25, 2022, {HELD}", "2022-08-25", "stated", "R1", "On Thursday, August 25, 2022"),
    Case(None, f"On August 25, 2022, {HELD}", "2022-08-25", "stated", "R1", "On August 25, 2022"),
    Case(PUB, "2022年8月25日下午，市政府召开会议，研究防汛工作。", "2022-08-25", "stated", "R1", "2022年8月25日下午"),
    Case(
        None,
        "二〇二二年八月二十五日，市政府召开会议，研究防汛工作。",
        "2022-08-25",
        "stated",
        "R1",
        "二〇二二年八月二十五日",
    ),
    # After publication it is a misprint; years before, hardly this meeting.
    Case("2023-01-06", f"On January 15, 2023, {HELD}", "2023-01-15?", "doubtful", "R1", "On January 15, 2023"),
    Case("2023-01-06", f"On January 5, 2021, {HELD}", "2021-01-05?", "doubtful", "R1", "On January 5, 2021"),
    # The weekday contradicts the date.
    Case(PUB, f"On Monday, August 25, 2022, {HELD}", "2022-08-25?", "doubtful", "R1", "On Monday, August 25, 2022"),
    Case(PUB, f"On February 30, 2022, {HELD}", None),
]

R2 = [
    Case(PUB, f"On August 25, {HELD}", "2022-08-25~", words="On August 25"),
    Case(PUB, f"On the afternoon of August 25, {HELD}", "2022-08-25~", words="On the afternoon of August 25"),
    Case(PUB, f"On the afternoon of August 25th, {HELD}", "2022-08-25~", words="On the afternoon of August 25th"),
    Case(PUB, f"In the evening of August 25, {HELD}", "2022-08-25~", words="In the evening of August 25"),
    Case(PUB, f"On August 25 afternoon, {HELD}", "2022-08-25~", words="On August 25 afternoon"),
    Case(PUB, f"August 25, {HELD}", "2022-08-25~", words="August 25"),
    Case(PUB, f"On the 25th of August, {HELD}", "2022-08-25~", words="On the 25th of August"),
    Case(PUB, f"On Thursday (August 25), {HELD}", "2022-08-25~", "inferred", "R4", "On Thursday (August 25)"),
    Case(PUB, f"On August 25 (Thursday), {HELD}", "2022-08-25~", words="On August 25 (Thursday)"),
    Case(PUB, f"On August 25 this year, {HELD}", "2022-08-25~", words="On August 25 this year"),
    Case(PUB, "8月25日下午，市政府召开会议，研究防汛工作。", "2022-08-25~", words="8月25日下午"),
    Case(PUB, "８月２５日，市政府召开会议，研究防汛工作。", "2022-08-25~", words="８月２５日"),
    Case("2022-10-16", "十月十五日，市政府召开会议，研究防汛工作。", "2022-10-15~", words="十月十五日"),
    Case(PUB, "8月25号上午，市政府召開會議，研究防汛工作。", "2022-08-25~", words="8月25号上午"),
    Case(PUB, "今年8月25日，市政府召开会议，研究防汛工作。", "2022-08-25~", words="今年8月25日"),
    Case(PUB, "市政府常务会议8月25日召开，研究防汛工作。", "2022-08-25~", words="8月25日"),
    Case(PUB, "全市防汛工作会议于8月25日上午在青岭召开。", "2022-08-25~", words="8月25日上午"),
    # The year turns between the meeting and its report.
    Case("2023-01-02", f"On December 30, {HELD}", "2022-12-30~", words="On December 30"),
    Case("2023-01-02", "12月30日，市政府召开会议，研究防汛工作。", "2022-12-30~", words="12月30日"),
    # One day ahead of the page's own date is another time zone; two days are another year.
    Case("2022-08-24", f"On August 25, {HELD}", "2022-08-25~", words="On August 25"),
    Case("2022-12-31", f"On January 1, {HELD}", "2023-01-01~", words="On January 1"),
    Case("2022-08-23", f"On August 25, {HELD}", "2021-08-25?", "doubtful", words="On August 25"),
    # 45 days back are a late report, 46 a doubtful one.
    Case("2022-08-26", f"On July 12, {HELD}", "2022-07-12~", words="On July 12"),
    Case("2022-08-27", f"On July 12, {HELD}", "2022-07-12?", "doubtful", words="On July 12"),
    # 29 February.
    Case("2024-03-01", f"On February 29, {HELD}", "2024-02-29~", words="On February 29"),
    Case("2023-03-01", f"On February 29, {HELD}", "2020-02-29?", "doubtful", words="On February 29"),
    Case(PUB, f"On Wednesday, August 25, {HELD}", "2022-08-25?", "doubtful", words="On Wednesday, August 25"),
    Case(PUB, f"On February 30, {HELD}", None),
]

R3 = [
    Case("2022-08-23", f"On the 22nd, {HELD}", "2022-08-22~", rule="R3", words="On the 22nd"),
    Case("2022-08-23", f"On the 22nd the {HELD[4:]}", "2022-08-22~", rule="R3", words="On the 22nd"),
    Case(
        "2022-08-22",
        f"On the morning of the 22nd, {HELD}",
        "2022-08-22~",
        rule="R3",
        words="On the morning of the 22nd",
    ),
    Case("2022-08-23", f"On the morning of 22nd, {HELD}", "2022-08-22~", rule="R3", words="On the morning of 22nd"),
    Case("2022-08-23", f"On Monday, the 22nd, {HELD}", "2022-08-22~", rule="R3", words="On Monday, the 22nd"),
    Case("2022-08-23", "22日上午，市政府召开会议，研究防汛工作。", "2022-08-22~", rule="R3", words="22日上午"),
    Case("2022-08-23", "二十二日，市政府召开会议，研究防汛工作。", "2022-08-22~", rule="R3", words="二十二日"),
    # The month turns, the year turns, and months without the day are skipped.
    Case("2022-09-02", f"On the 31st, {HELD}", "2022-08-31~", rule="R3", words="On the 31st"),
    Case("2023-01-02", f"On the 30th, {HELD}", "2022-12-30~", rule="R3", words="On the 30th"),
    Case("2022-10-01", f"On the 31st, {HELD}", "2022-08-31?", "doubtful", "R3", "On the 31st"),
    Case("2022-03-01", f"On the 29th, {HELD}", "2022-01-29?", "doubtful", "R3", "On the 29th"),
    Case("2024-03-01", f"On the 29th, {HELD}", "2024-02-29~", rule="R3", words="On the 29th"),
    # 24 days back are a late report, 25 a doubtful one; the day after publication was a month ago.
    Case("2022-08-25", f"On the 1st, {HELD}", "2022-08-01~", rule="R3", words="On the 1st"),
    Case("2022-08-26", f"On the 1st, {HELD}", "2022-08-01?", "doubtful", "R3", "On the 1st"),
    Case("2022-08-22", f"On the 23rd, {HELD}", "2022-07-23?", "doubtful", "R3", "On the 23rd"),
    Case(
        "2022-09-02", f"On the 22nd of last month, {HELD}", "2022-08-22~", rule="R3", words="On the 22nd of last month"
    ),
    Case("2022-08-30", "本月22日，市政府召开会议，研究防汛工作。", "2022-08-22~", rule="R3", words="本月22日"),
    Case("2022-08-22", f"On the 32nd, {HELD}", None),
]

R4 = [
    Case(PUB, f"This afternoon, {HELD}", "2022-08-26~", rule="R4", words="This afternoon"),
    Case(PUB, f"Today, {HELD}", "2022-08-26~", rule="R4", words="Today"),
    Case(PUB, f"Today (25), {HELD}", "2022-08-25~", rule="R4", words="Today (25)"),
    Case(PUB, f"This morning (August 25), {HELD}", "2022-08-25~", rule="R4", words="This morning (August 25)"),
    Case(PUB, f"Yesterday afternoon, {HELD}", "2022-08-25~", rule="R4", words="Yesterday afternoon"),
    Case(PUB, f"Yesterday (the 24th), {HELD}", "2022-08-24~", rule="R4", words="Yesterday (the 24th)"),
    Case("2022-09-01", f"Yesterday, {HELD}", "2022-08-31~", rule="R4", words="Yesterday"),
    Case("2023-01-01", f"Yesterday, {HELD}", "2022-12-31~", rule="R4", words="Yesterday"),
    # 26 August 2022 is a Friday.
    Case(PUB, f"On Monday, {HELD}", "2022-08-22~", rule="R4", words="On Monday"),
    Case(PUB, f"On Friday morning, {HELD}", "2022-08-26~", rule="R4", words="On Friday morning"),
    Case(PUB, f"On Saturday, {HELD}", "2022-08-20~", rule="R4", words="On Saturday"),
    Case(
        PUB,
        "The municipal council held a meeting on Tuesday to discuss roads.",
        "2022-08-23~",
        rule="R4",
        words="on Tuesday",
    ),
    Case(PUB, "The municipal council met Tuesday to discuss roads.", "2022-08-23~", rule="R4", words="Tuesday"),
    Case(PUB, "The municipal council held a meeting this afternoon.", "2022-08-26~", rule="R4", words="this afternoon"),
    Case(PUB, "今天下午，市政府召开会议，研究防汛工作。", "2022-08-26~", rule="R4", words="今天下午"),
    Case(PUB, "昨天，市政府召开会议，研究防汛工作。", "2022-08-25~", rule="R4", words="昨天"),
    Case(PUB, "昨日（24日），市政府召开会议，研究防汛工作。", "2022-08-24~", rule="R4", words="昨日（24日）"),
    Case(PUB, "今天下午（8月25日），市政府召开会议。", "2022-08-25~", rule="R4", words="今天下午（8月25日）"),
    Case(PUB, "周一上午，市政府召开会议，研究防汛工作。", "2022-08-22~", rule="R4", words="周一上午"),
    Case("2022-08-29", "上周五，市政府召开会议，研究防汛工作。", "2022-08-26~", rule="R4", words="上周五"),
    # "Today" is the dateline's day where it was filed just before publication, and then only.
    Case(PUB, "Qingling Daily, August 25 (Reporter Lin Wen) Today, " + HELD, "2022-08-25~", rule="R4", words="Today"),
    Case(PUB, "Qingling Daily, March 5 (Reporter Lin Wen) Today, " + HELD, "2022-08-26~", rule="R4", words="Today"),
    Case(PUB, "本报8月25日讯（记者林文）今天，市政府召开会议。", "2022-08-25~", rule="R4", words="今天"),
    Case(None, f"Today, {HELD}", None),
    Case(None, f"On Monday, {HELD}", None),
    Case("2022-08", f"Today, {HELD}", None),
    Case(PUB, "Today's municipal council held a meeting last month.", None),
]

R5 = [
    Case(PUB, f"Recently, {HELD}", None),
    Case(PUB, f"A few days ago, {HELD}", None),
    Case(PUB, "The municipal government recently held a meeting.", None),
    Case(PUB, "日前，市政府召开会议，研究防汛工作。", None),
    Case(PUB, "近日，市政府召开会议，研究防汛工作。", None),
    # A day elsewhere in the opening is then another meeting's, unless it is said of "the meeting".
    Case(PUB, f"Recently, {HELD} On August 20, the county government held a meeting.", None),
    Case(
        PUB,
        "The municipal government recently held a meeting. The meeting, which was held on August 20, heard a report.",
        "2022-08-20~",
        words="on August 20",
    ),
]

R6 = [
    Case("2022-08-08", f"From August 5 to 7, {HELD}", "2022-08-05~/2022-08-07~", rule="R6", words="From August 5 to 7"),
    Case(
        "2022-08-08",
        f"From August 5th to 7th, {HELD}",
        "2022-08-05~/2022-08-07~",
        rule="R6",
        words="From August 5th to 7th",
    ),
    Case("2022-08-08", f"On August 5-7, {HELD}", "2022-08-05~/2022-08-07~", rule="R6", words="On August 5-7"),
    Case(
        "2022-08-08",
        f"From August 5 to 7, 2022, {HELD}",
        "2022-08-05/2022-08-07",
        "stated",
        "R6",
        "From August 5 to 7, 2022",
    ),
    Case(
        "2022-08-08",
        f"From 5 to 7 August 2022, {HELD}",
        "2022-08-05/2022-08-07",
        "stated",
        "R6",
        "From 5 to 7 August 2022",
    ),
    Case(
        "2022-08-08",
        f"From the 5th to the 7th, {HELD}",
        "2022-08-05~/2022-08-07~",
        rule="R6",
        words="From the 5th to the 7th",
    ),
    Case("2022-08-08", f"On the 6th and 7th, {HELD}", "2022-08-06~/2022-08-07~", rule="R6", words="On the 6th and 7th"),
    Case("2022-08-08", f"On August 6 and 7, {HELD}", "2022-08-06~/2022-08-07~", rule="R6", words="On August 6 and 7"),
    # It crosses a month and a year, stated or not.
    Case(
        "2022-10-03",
        f"From September 29 to October 2, {HELD}",
        "2022-09-29~/2022-10-02~",
        rule="R6",
        words="From September 29 to October 2",
    ),
    Case(
        "2022-10-03",
        f"From the 29th to the 2nd, {HELD}",
        "2022-09-29~/2022-10-02~",
        rule="R6",
        words="From the 29th to the 2nd",
    ),
    Case(
        "2023-01-04",
        f"From December 30 to January 3, {HELD}",
        "2022-12-30~/2023-01-03~",
        rule="R6",
        words="From December 30 to January 3",
    ),
    Case(
        "2023-01-04",
        f"From December 30 to January 3, 2023, {HELD}",
        "2022-12-30/2023-01-03",
        "stated",
        "R6",
        "From December 30 to January 3, 2023",
    ),
    Case(
        "2022-08-08", "8月5日至7日，全市防汛工作会议召开。", "2022-08-05~/2022-08-07~", rule="R6", words="8月5日至7日"
    ),
    Case("2022-08-08", "5日—7日，全市防汛工作会议召开。", "2022-08-05~/2022-08-07~", rule="R6", words="5日—7日"),
    Case(
        "2022-10-03",
        "9月29日至10月2日，全市防汛工作会议召开。",
        "2022-09-29~/2022-10-02~",
        rule="R6",
        words="9月29日至10月2日",
    ),
    Case(
        "2022-08-08",
        "The seminar was held in Qingling from the 5th to the 7th.",
        "2022-08-05~/2022-08-07~",
        rule="R6",
        words="from the 5th to the 7th",
    ),
    # It is reported before it ends; it ended long ago; it is no range.
    Case(
        "2022-08-05", f"From August 5 to 8, {HELD}", "2022-08-05?/2022-08-08?", "doubtful", "R6", "From August 5 to 8"
    ),
    Case(
        "2022-12-08", f"From August 5 to 7, {HELD}", "2022-08-05?/2022-08-07?", "doubtful", "R6", "From August 5 to 7"
    ),
    Case("2022-08-08", f"On August 2 and 7, {HELD}", None),
    Case("2022-08-08", f"From August 5, {HELD}", None),
    Case(None, f"From August 5 to 7, {HELD}", "XXXX-08-05/XXXX-08-07", "partial", "R7", "From August 5 to 7"),
]

#: Days in a list: a run where they adjoin, and none of them where they do not.
RUN, STATED_RUN = "2022-08-05~/2022-08-07~", "2022-08-05/2022-08-07"
ADJOINING = [
    "On August 5, 6 and 7",
    "On August 5, 6, and 7",
    "On August 5, 6 & 7",
    "On August 5, 6 to 7",
    "On August 5, the 6th and the 7th",
    "On 5, 6 and 7 August",
    "On the afternoon of August 5, 6 and 7",
    "On the 5th, 6th and 7th of August",
    "On the 5th, 6th and 7th",
]
APART = [
    "On August 5, 7 and 9",
    "On August 5, 12, and 19",
    "On August 5, 7",
    "On August 5/7",
    "On August 5 & 7",
    "On August 5 or 6",
    "On August 5, August 7",
    "On August 5, August 6 and August 7",
    "On 5 August, 7 August and 9 August",
    "On August 5 and the morning of August 7",
    "On August 30, 31 and September 1",
    "On August 5-7 and 9",
    "On August 5 to 7, 9 and 10",
    "On August 5 and 6, 9 and 10",
    "On Friday, August 5 and Monday, August 8",
    "On the 5th, 7th and 9th",
    "On Monday and Tuesday",
    "On Monday, Tuesday and Wednesday",
]
ZH_ADJOINING = ["8月5日、6日、7日", "8月5日、6日和7日", "8月5、6、7日", "8月5日、6日至7日", "8月5日上午、6日及7日"]
ZH_APART = [
    "8月5日、7日",
    "8月5日、7日、9日",
    "8月5、7、9日",
    "8月5日及7日",
    "8月5日/7日",
    "8月5日、9月6日",
    "8月5日至7日、9日",
]
LISTS = [
    *(Case(PUB, f"{words}, {HELD}", RUN, rule="R6", words=words) for words in ADJOINING),
    *(Case(PUB, f"{words}, {HELD}", None) for words in APART),
    *(Case(PUB, f"{words}，市政府召开会议。", RUN, rule="R6", words=words) for words in ZH_ADJOINING),
    *(Case(PUB, f"{words}，市政府召开会议。", None) for words in ZH_APART),
    Case(PUB, f"On August 5, 6 and 7, 2022, {HELD}", STATED_RUN, "stated", "R6", "On August 5, 6 and 7, 2022"),
    Case(PUB, "2022年8月5日、6日、7日，市政府召开会议。", STATED_RUN, "stated", "R6", "2022年8月5日、6日、7日"),
    Case(PUB, f"On August 5/6, {HELD}", "2022-08-05~/2022-08-06~", rule="R6", words="On August 5/6"),
    Case(
        PUB, "The meeting was held on August 5, 6 and 7 to study roads.", RUN, rule="R6", words="on August 5, 6 and 7"
    ),
    Case(PUB, "The meeting was held on August 5, 7.", None),
    # What follows is no list of days.
    Case(PUB, "On August 5, 30 people attended a meeting.", "2022-08-05~", words="On August 5"),
    Case(PUB, "On August 5, 6 and 7 members attended a meeting.", "2022-08-05~", words="On August 5"),
    Case(PUB, "On August 5, 12 members and 3 experts held a meeting.", "2022-08-05~", words="On August 5"),
    Case(PUB, "On August 5, 10,000 residents held a meeting.", "2022-08-05~", words="On August 5"),
    Case(PUB, f"On August 5, 9:30, {HELD}", "2022-08-05~", words="On August 5"),
    Case(PUB, f"On August 5, 9 a.m., {HELD}", "2022-08-05~", words="On August 5"),
    Case(PUB, "On August 5, 20th Congress delegates held a meeting.", "2022-08-05~", words="On August 5"),
    Case(PUB, f"Yesterday, Thursday, {HELD}", "2022-08-25~", rule="R4", words="Yesterday"),
    Case(PUB, "8月5日、12名代表在市政府召开会议。", "2022-08-05~", words="8月5日"),
]

R7 = [
    Case(None, f"On November 15th, {HELD}", "XXXX-11-15", "partial", "R7", "On November 15th"),
    Case(None, f"On the 22nd, {HELD}", "XXXX-XX-22", "partial", "R7", "On the 22nd"),
    Case(None, "11月15日，市政府召开会议，研究防汛工作。", "XXXX-11-15", "partial", "R7", "11月15日"),
    Case(None, "22日上午，市政府召开会议，研究防汛工作。", "XXXX-XX-22", "partial", "R7", "22日上午"),
    Case(None, "昨日（24日），市政府召开会议，研究防汛工作。", "XXXX-XX-24", "partial", "R7", "昨日（24日）"),
    Case(None, f"On February 29, {HELD}", "XXXX-02-29", "partial", "R7", "On February 29"),
    Case(None, f"On February 30, {HELD}", None),
]

#: Only the month of publication is known (H9).
MONTH_ONLY = [
    Case("2022-08", f"On August 5, {HELD}", "2022-08-05~", words="On August 5"),
    Case("2022-08", f"On July 20, {HELD}", "2022-07-20~", words="On July 20"),
    Case("2022-08", f"On the 22nd, {HELD}", "2022-08-22?", "doubtful", "R3", "On the 22nd"),
]

#: Where in the sentence and in the text the day stands.
PLACE = [
    Case(
        PUB, "The municipal government held a meeting on August 25 to study roads.", "2022-08-25~", words="on August 25"
    ),
    Case(
        PUB,
        "A symposium was held in Qingling on the morning of August 25.",
        "2022-08-25~",
        words="on the morning of August 25",
    ),
    Case(
        PUB,
        "The meeting was held on Thursday, August 25, 2022.",
        "2022-08-25",
        "stated",
        "R1",
        "on Thursday, August 25, 2022",
    ),
    Case(PUB, f"In order to prevent floods, on the 25th, {HELD}", "2022-08-25~", rule="R3", words="on the 25th"),
    Case(PUB, "为做好防汛工作，8月25日，市政府召开会议。", "2022-08-25~", words="8月25日"),
    # Background comes first, without a meeting.
    Case(
        PUB, f"On August 16, a delegation visited Qingling. On August 25, {HELD}", "2022-08-25~", words="On August 25"
    ),
    Case(PUB, "8月16日，考察组到青岭调研。8月25日，市政府召开会议。", "2022-08-25~", words="8月25日"),
    # Two meetings on two days in one paragraph: no guess.  The same day twice is one.
    Case(PUB, f"On August 22, the county committee held a meeting. On August 25, {HELD}", None),
    Case(PUB, "8月22日，县委召开会议。8月25日，市政府召开会议。", None),
    Case(
        PUB,
        f"On the morning of the 25th, {HELD} On the afternoon of August 25, {HELD}",
        "2022-08-25~",
        rule="R3",
        words="On the morning of the 25th",
    ),
    # Later paragraphs are background; so is what is only quoted.
    Case(
        PUB,
        f"On August 25, {HELD}\n\nOn August 3, the county committee held a meeting.",
        "2022-08-25~",
        words="On August 25",
    ),
    Case(
        PUB,
        "On the 25th, the committee held a meeting to study the spirit of the meeting held on August 16.",
        "2022-08-25~",
        rule="R3",
        words="On the 25th",
    ),
    Case(PUB, "The committee held a meeting to convey the spirit of the symposium held on August 16.", None),
    Case(PUB, "市委召开会议，传达学习8月16日召开的全省会议精神。", None),
    Case(PUB, "The Cabinet at its meeting held on August 16 granted approval.", None),
    Case(PUB, "The county committee held a meeting: on August 16, the river rose.", None),
    # Not this meeting: announced, decided, planned.
    Case(PUB, "On September 10, the municipal congress will hold a meeting.", None),
    Case(PUB, "On August 25, the municipal committee decided to hold a meeting on September 10.", None),
    Case(PUB, "The plenary session will be held on August 28.", None),
    Case(PUB, "On August 28, the plenary session will be held.", None),
    Case(PUB, "On August 25, the government announced that a meeting was held.", None),
    Case(PUB, "The Cabinet noted that a session was held on August 20.", None),
    Case(PUB, "The plenary session is scheduled to be held on August 28.", None),
    Case(PUB, "8月28日，市委将召开全体会议。", None),
    Case(PUB, "会议决定于8月28日召开市委全会。", None),
    Case(PUB, "As of August 25, the municipal government held 12 meetings.", None),
    Case(PUB, "Since August 25, the municipal government has held a meeting every day.", None),
    # Ordinals that are no days.
    Case(PUB, "On the 20th National Congress, the committee held a meeting.", None),
    Case(PUB, "On the 5th Plenary Session, the committee held a meeting.", None),
    Case(PUB, "On the 10th anniversary of the founding, the committee held a meeting.", None),
    Case(PUB, "On the 14th provincial committee, a meeting was held.", None),
    Case(PUB, "On the 2nd round of inspection, the committee held a meeting.", None),
    Case(PUB, "On the eve of the 20th National Congress, the committee held a meeting.", None),
    Case(PUB, "On the 3rd day of the inspection, the committee held a meeting.", None),
    Case(PUB, "25日内，市政府召开会议研究。", None),
    Case(PUB, "周一鸣主持召开市政府会议。", None),
    # No figures that are no days; no day without a meeting; no day beyond the opening.
    Case(PUB, f"25th, {HELD}", None),
    Case(PUB, "On November th, the municipal government held a meeting.", None),
    Case(PUB, "On August 2022, the municipal government held a meeting.", None),
    Case(PUB, "On March 10,000 residents held a meeting.", None),
    Case(PUB, "On August 25, the city opened a new bridge.", None),
    Case(PUB, "The water level rose. " * 30 + f"On August 25, {HELD}", None),
    Case(PUB, "", None),
]

#: The dateline's day is the day of filing: the sentence's own day counts, and without one there is none.
DATELINE = [
    Case(
        "2022-08-26",
        f"Qingling Daily, August 26th (Reporter Lin Wen and Gao Yu) On August 25th, {HELD}",
        "2022-08-25~",
        words="On August 25th",
    ),
    Case(
        "2022-08-26",
        f"News from our newspaper on the 26th (reporter Lin Wen) On the morning of the 25th, {HELD}",
        "2022-08-25~",
        rule="R3",
        words="On the morning of the 25th",
    ),
    Case("2022-08-26", "Qingling Daily, August 25 (Reporter Lin Wen) The municipal government held a meeting.", None),
    Case("2022-08-26", "本报8月25日讯（记者林文）市政府召开会议。", None),
    Case(
        "2022-08-26",
        "QINGLING, Aug. 26 (Xinhua) -- The council met on Tuesday.",
        "2022-08-23~",
        rule="R4",
        words="on Tuesday",
    ),
]

TABLE = [*R1, *R2, *R3, *R4, *R5, *R6, *LISTS, *R7, *MONTH_ONLY, *PLACE, *DATELINE]


@pytest.mark.parametrize("case", TABLE, ids=[f"{case.published} {case.text[:60]}" for case in TABLE])
def test_meeting_date(case: Case) -> None:
    met = met_of(case)
    if case.edtf is None:
        assert met is None
        return
    assert met is not None
    printed = case.text[met.span.start : met.span.end]
    assert (met.edtf, met.certainty.value, met.rule, printed) == (case.edtf, case.certainty, case.rule, case.words)


@pytest.mark.parametrize(
    "case", [case for case in TABLE if case.edtf], ids=lambda case: f"{case.published} {case.text[:60]}"
)
def test_days_agree_with_the_edtf_date(case: Case) -> None:
    met = met_of(case)
    assert met is not None
    if case.certainty == "partial":
        assert (met.start, met.end) == (None, None)
        return
    days = [dt.date.fromisoformat(day.rstrip("~?")) for day in met.edtf.split("/")]
    assert (met.start, met.end) == (days[0], days[-1])


def test_the_table_covers_every_rule() -> None:
    assert {case.rule for case in TABLE if case.edtf} == {"R1", "R2", "R3", "R4", "R6", "R7"}
    assert len(TABLE) >= 80
