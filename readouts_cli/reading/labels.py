"""Labelled header lines: `Date: …`, `Source: …`, `Release time: …`, 发布日期：… 来源：… 浏览次数：…, one or several on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from readouts_cli.readout import Span


class Label(Enum):
    """What a labelled value is."""

    PUBLISHED = "published"
    SOURCE = "source"
    REPORTER = "reporter"
    TITLE = "title"
    ORIGINAL_TITLE = "original title"
    SUBTITLE = "subtitle"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled value; `printed` is the label as it stands, `form` the header form it belongs to (H3 to H15)."""

    label: Label
    printed: str
    form: str
    span: Span


_NAMES = (
    (
        Label.PUBLISHED,
        "H8",
        r"release[ ]?(?:time|date)|released|publish(?:ed|ing)?(?:[ ](?:time|date|on))?|publication[ ](?:date|time)"
        r"|date[ ]of[ ]publication|posted(?:[ ]on)?|post(?:ing)?[ ](?:time|date)",
    ),
    (Label.PUBLISHED, "H7", r"time"),
    (Label.PUBLISHED, "H5", r"date"),
    (
        Label.PUBLISHED,
        "H14",
        r"发布日期|发布时间|发表时间|发表日期|发稿时间|信息时间|成文日期|日\s*期|时\s*间|發[布佈]日期|發[布佈]時間|發表時間|時間",
    ),
    (Label.SOURCE, "H3", r"(?:information[ ]|article[ ])?source"),
    (Label.SOURCE, "H14", r"(?:信息|文章|稿件|新闻|图片)?来\s*源|稿源|(?:信息|文章|稿件|新聞)?來\s*源"),
    (Label.REPORTER, "H7", r"reporters?|authors?|correspondents?|written[ ]by|writer"),
    (Label.REPORTER, "H14", r"(?:本报)?记\s*者|作\s*者|通讯员|記\s*者"),
    (Label.ORIGINAL_TITLE, "H15", r"original[ ](?:title|headline)|原标题|原標題"),
    (Label.SUBTITLE, "H6", r"sub-?title|subheading|副标题|副標題"),
    (Label.TITLE, "H6", r"title|headline|标\s*题|標題"),
    (
        Label.OTHER,
        "H5",
        r"(?:responsible[ ]|chief[ ]|copy[ ]|executive[ ])?editors?(?:[- ]in[- ](?:charge|chief))?|edited[ ]by|reviewe[dr][ ]by"
        r"|reviewer|proofread(?:er|ing)|(?:page[ ])?views?|brows(?:e|ing)[ ](?:times|volume)|number[ ]of[ ](?:views|visits)"
        r"|hits|clicks?|reads?|readings|font(?:[ ]size)?|background[ ]colou?r|share(?:[ ]to)?|updated?(?:[ ](?:time|date|on))?"
        r"|(?:责任|值班|本期)?编\s*辑|责\s*编|审\s*核|校\s*对|[浏瀏][览覽](?:次数|量|次數)|[阅閱][读讀](?:次数|量|次數)?|点击(?:数|量|次数|率)?"
        r"|點擊|访问量|字体(?:大小)?|字号|字體|分享(?:到)?|更新(?:时间|日期)|初审|复审|终审|一审|二审|三审|关键词|索引号",
    ),
)
_ANY = "|".join(f"(?P<n{i}>{pattern})" for i, (_, _, pattern) in enumerate(_NAMES))
_LABEL = re.compile(rf"(?:{_ANY})(?:\*\*)?\s?[:：](?:\*\*)?", re.IGNORECASE)
_FURTHER = re.compile(rf"(?<=[\s|｜/／;；【\[(（*]){_LABEL.pattern}", re.IGNORECASE)
_BEFORE = " \t\u3000*【[(（|｜-•·"
_AFTER = " \t\u3000|｜/／;；*】])）"


def labelled_values(text: str, line: Span) -> Iterator[Labelled]:
    """The labelled values of a line that begins with a label; none from any other line."""
    start = line.start
    while start < line.end and text[start] in _BEFORE:
        start += 1
    if (first := _LABEL.match(text, start, line.end)) is None:
        return
    found = [first, *_FURTHER.finditer(text, first.end(), line.end)]
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else line.end
        label, form, _ = _NAMES[int((match.lastgroup or "n0")[1:])]
        printed = match.group().strip(" *:：")
        yield Labelled(label, printed, form, _trimmed(text, match.end(), end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _AFTER:
        start += 1
    while end > start and text[end - 1] in _AFTER:
        if text[end - 1] in ")）" and ("(" in text[start:end] or "（" in text[start:end]):
            break
        end -= 1
    return Span(start, end)
