"""Labelled header lines, one label on a line or several (`Date: …`, `Release time: …`, 发布日期：… 来源：…)."""

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


#: The labels, with what their values are and the header form they belong to; the alternatives are regular expressions.
_LABELS: tuple[tuple[Label, str, tuple[str, ...]], ...] = (
    (
        Label.PUBLISHED,
        "H8",
        (
            r"release\s?(?:time|date)|released",
            r"publish(?:ed|ing)?(?:\s(?:time|date|on))?|publication\s(?:date|time)|date\sof\spublication",
            r"posted(?:\son)?|post(?:ing)?\s(?:time|date)",
        ),
    ),
    (Label.PUBLISHED, "H7", ("time",)),
    (Label.PUBLISHED, "H5", ("date",)),
    (
        Label.PUBLISHED,
        "H14",
        (
            r"发布日期|发布时间|发表时间|发表日期|发稿时间|信息时间|成文日期|日\s*期|时\s*间",
            "發[布佈]日期|發[布佈]時間|發表時間|時間",
        ),
    ),
    (Label.SOURCE, "H3", (r"(?:information\s|article\s)?source",)),
    (Label.SOURCE, "H14", (r"(?:信息|文章|稿件|新闻|新聞|图片)?[来來]\s*源|稿源",)),
    (Label.REPORTER, "H7", (r"reporters?|authors?|correspondents?|written\sby|writer",)),
    (Label.REPORTER, "H14", (r"(?:本报)?[记記]\s*者|作\s*者|通[讯訊][员員]",)),
    (Label.ORIGINAL_TITLE, "H15", (r"original\s(?:title|headline)", "原标题|原標題")),
    (Label.SUBTITLE, "H6", ("sub-?title|subheading", "副标题|副標題")),
    (Label.TITLE, "H6", ("title|headline", r"标\s*题|標題")),
    (
        Label.OTHER,
        "H5",
        (
            r"(?:responsible\s|chief\s|copy\s|executive\s)?editors?(?:[-\s]in[-\s](?:charge|chief))?|edited\sby",
            r"reviewe[dr]\sby|reviewer|proofread(?:er|ing)|updated?(?:\s(?:time|date|on))?",
            r"(?:page\s)?views?|brows(?:e|ing)\s(?:times|volume)|number\sof\s(?:views|visits)|hits|clicks?|reads?|readings",
            r"font(?:\ssize)?|background\scolou?r|share(?:\sto)?",
            r"(?:责任|值班|本期)?编\s*辑|责\s*编|审\s*核|校\s*对|初审|复审|终审|一审|二审|三审",
            "[浏瀏][览覽](?:次数|量|次數)|[阅閱][读讀](?:次数|量|次數)?|点击(?:数|量|次数|率)?|點擊|访问量",
            "字体(?:大小)?|字号|字體|分享(?:到)?|更新(?:时间|日期)|关键词|索引号",
        ),
    ),
)
_ANY = "|".join(f"(?P<n{i}>{'|'.join(alternatives)})" for i, (_, _, alternatives) in enumerate(_LABELS))
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
        label, form, _ = _LABELS[int((match.lastgroup or "n0")[1:])]
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
