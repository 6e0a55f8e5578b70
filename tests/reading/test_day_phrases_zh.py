"""Chinese day phrases by the characters that they begin with."""

from __future__ import annotations

import pytest

from readouts_cli.reading.day_phrases_zh import chinese_phrase

PHRASES = (
    *(
        "25日",
        "８月２５日",
        "二〇二二年八月二十五日",
        "十五日",
        "廿二日",
        "卅日",
        "今年8月5日",
        "去年8月5日",
        "本月5日",
    ),
    *(
        "上个月5日",
        "今天",
        "昨日",
        "前天",
        "周五上午",
        "週五上午",
        "星期五下午",
        "礼拜五下午",
        "禮拜五下午",
        "本周五上午",
    ),
    *(
        "这周五上午",
        "這週五上午",
        "上周五上午",
        "日前",
        "近日",
        "最近",
        "前不久",
        "不久前",
        "连日来",
        "連日來",
        "前几天",
    ),
)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_found_where_it_begins(phrase: str) -> None:
    found = chinese_phrase(f"在{phrase}，", 1, len(phrase) + 2)
    assert found is not None
    assert found.span == (1, len(phrase) + 1)


@pytest.mark.parametrize("at", [0, 3])
def test_no_phrase_begins_elsewhere_or_at_the_end(at: int) -> None:
    assert chinese_phrase("在今天", at, 3) is None
