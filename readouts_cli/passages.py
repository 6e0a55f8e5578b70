"""Passages: which stretches of a readout to show, chosen from its text and the spans that matched, nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from readouts_cli.query.tokens import fold, fold_han, has_han
from readouts_cli.reading.paragraphs import each_paragraph
from readouts_cli.readout import Readout, Span
from readouts_cli.results import CONTEXT

_SENTENCE_END = re.compile(r"(?:[.!?][\"”’)\]]*(?=\s)|[。！？；][”’」』）]*)\s*")
_CLAUSE_END = re.compile(r"[,;:](?=\s)\s*|[，、：]\s*|\s+[—–]\s+")
_WORD_BREAK = re.compile(r"\s+")


_START, _END = itemgetter(0), itemgetter(1)


class Passage(NamedTuple):
    """A stretch of a readout's text with the matches in it, wholly.

    `paragraph`, in which it begins, counts from 1; a match over several paragraphs takes the passage on to the last.
    `spans` are offsets into the readout's text, like `start` and `end`.  `cut_before` and `cut_after` tell whether the
    paragraph goes on there.
    """

    paragraph: int
    start: int
    end: int
    spans: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that are not blank, without the space around them."""
    return list(each_paragraph(text))


def choose(readout: Readout, spans: Sequence[Span], *, count: int, context: int = CONTEXT) -> list[Passage]:
    """The best `count` passages of about `context` characters, in the order of the text.

    Better is: more different matches, then more matches, then earlier.  Without matches, the opening of the prose.
    """
    lines = paragraphs(readout.text)
    if not lines or count < 1:
        return []
    if not spans:
        number = min(bisect_right([line.end for line in lines], readout.body_start), len(lines) - 1)
        return [_passage(readout.text, lines, number, (), context)]
    clusters = list(_clusters(readout.text, lines, spans, context))
    best = _without_overlap(sorted(clusters, key=lambda cluster: cluster.rank), count)
    best.sort(key=lambda cluster: cluster.first)
    return [
        _passage(readout.text, lines, cluster.paragraph, spans[cluster.first : cluster.last + 1], context)
        for cluster in best
    ]


def whole(readout: Readout, spans: Sequence[Span]) -> list[Passage]:
    """Every paragraph, with its matches; of one over several paragraphs each has its part."""
    return [
        Passage(number, *line, tuple(_parts(line, spans)), cut_before=False, cut_after=False)
        for number, line in enumerate(each_paragraph(readout.text), start=1)
    ]


def _parts(line: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """What of some spans, in order and none inside another, lies in a paragraph."""
    first = bisect_right(spans, line.start, key=_END)
    last = bisect_left(spans, line.end, key=_START)
    return (Span(max(start, line.start), min(end, line.end)) for start, end in spans[first:last])


class _Cluster(NamedTuple):
    """Matches `first` to `last`, which fit into one passage."""

    paragraph: int
    first: int
    last: int
    different: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return (-self.different, self.first - self.last, self.first)


def _clusters(text: str, lines: Sequence[Span], spans: Sequence[Span], context: int) -> Iterator[_Cluster]:
    """For each match, the longest run of matches from there that one passage of its paragraph can show."""
    line_ends = [line.end for line in lines]
    numbers = [min(bisect_right(line_ends, span.start), len(lines) - 1) for span in spans]
    forms = [_form(text[span.start : span.end]) for span in spans]
    last = 0
    for first, span in enumerate(spans):
        last = max(last, first)
        while (
            last + 1 < len(spans)
            and numbers[last + 1] == numbers[first]
            and spans[last + 1].end - span.start <= context * 3 // 4
        ):
            last += 1
        yield _Cluster(numbers[first], first, last, len(set(forms[first : last + 1])))


def _form(words: str) -> str:
    return fold_han(words) if has_han(words) else fold(words)


def _without_overlap(ranked: Sequence[_Cluster], count: int) -> list[_Cluster]:
    chosen: list[_Cluster] = []
    for cluster in ranked:
        if len(chosen) == count:
            break
        if all(cluster.last < other.first or other.last < cluster.first for other in chosen):
            chosen.append(cluster)
    return chosen


def _passage(text: str, lines: Sequence[Span], number: int, spans: Sequence[Span], context: int) -> Passage:
    line = lines[number]
    first = spans[0].start if spans else line.start
    last = spans[-1].end if spans else line.start
    last_line = lines[bisect_left(lines, last, lo=number, key=_END)]
    room = max(context - (last - first), 0)
    start = _begin(text, line, first, room // 2)
    end = _finish(text, last_line, last, max(room - (first - start), 0))
    return Passage(number + 1, start, end, tuple(spans), cut_before=start > line.start, cut_after=end < last_line.end)


def _begin(text: str, line: Span, first: int, room: int) -> int:
    """Where a passage begins: at a sentence within `room` before the first match, else at a clause, else at a word."""
    limit = max(line.start, first - room)
    if limit == line.start:
        return line.start
    for ends in (_SENTENCE_END, _CLAUSE_END, _WORD_BREAK):
        starts = [match.end() for match in ends.finditer(text, limit, first) if match.end() <= first]
        if starts:
            return starts[0]
    return limit if has_han(text[limit:first]) else first


def _finish(text: str, line: Span, last: int, room: int) -> int:
    """Where a passage ends: the last sentence, clause or word that is over within `room` behind the last match."""
    limit = min(line.end, last + room)
    if limit == line.end:
        return line.end
    for ends in (_SENTENCE_END, _CLAUSE_END, _WORD_BREAK):
        stops = [match.start() + len(match.group().rstrip()) for match in ends.finditer(text, last, limit + 1)]
        stops = [stop for stop in stops if last <= stop <= limit]
        if stops and (ends is _WORD_BREAK or stops[-1] - last >= room // 3):
            return stops[-1]
    return limit if has_han(text[last:limit]) else last


def merged(spans: Sequence[Span]) -> list[Span]:
    """Overlapping spans joined, for highlighting."""
    joined: list[Span] = list(spans[:1])
    for _, span in pairwise(spans):
        if span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
