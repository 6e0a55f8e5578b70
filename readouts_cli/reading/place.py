"""Where a readout comes from: a hint only, and only where the name of an organ, an office or the source carries it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readouts_cli.query.characters import HAN
from readouts_cli.readout import Fact, Person, Span

_ORGAN = re.compile(
    r"\b(?P<place>[A-Z][a-z]+(?:[’'][a-z]+)?)\s+(?:Municipal|Provincial|County|District|City|Prefectural|Autonomous|Township)\b"
)
_SOURCE = re.compile(
    r"(?P<place>[A-Z][a-z]+(?:[’'][a-z]+)?)(?:\s+Municipal|\s+City)?\s+(?:(?:Evening|Morning|Radio|Government)\s+)?"
    r"(?:Daily|News|Television|TV|Network|Media|Release|Portal)\b"
)
_NOWHERE = re.compile(
    r"\w*(?:First|Second|Third|[a-z]th)|The|Standing|Deputy|Vice|National|Central|People(?:[’']s)?|Political|Communist|Executive"
    r"|Former|Acting|Each|All|Guangming|Economic|Global|Legal|China|Chinese|Xinhua|Municipal|City|Our|Local|Party"
)
_ZH_ORGAN = re.compile(
    rf"(?:中共)?(?P<place>[{HAN}]{{2,4}}?)[市省县縣区區州](?:委|政府|人大|人民政府|政[协協]|[纪紀]委|[党黨])"
)
_ZH_SOURCE = re.compile(
    rf"(?P<place>[{HAN}]{{2,3}}?)(?:市|[县縣])?(?:日[报報]|[晚早][报報]|新[闻聞][网網]|融媒|[电電][视視][台臺]|[发發]布)"
)
_ZH_NOWHERE = re.compile(
    f"[{HAN}]*(?:[市省县縣区區州我本届第]|人民|光明|[经經][济濟]|中[国國]|新[华華]|法治|法制|全[国國]|[农農]民|工人)[{HAN}]*"
)


def read_place(
    text: str, body: Fact | None, presided: Sequence[Person], source: Fact | None, language: str
) -> Fact | None:
    """The place that the organ's name, a presider's office or the source's name gives away, in this order."""
    chinese = language == "zh"
    organ, medium, nowhere = (_ZH_ORGAN, _ZH_SOURCE, _ZH_NOWHERE) if chinese else (_ORGAN, _SOURCE, _NOWHERE)
    named = [(body.span, "hint: name of the body")] if body and body.span else []
    named += [(person.office_span, "hint: office of the presider") for person in presided if person.office_span]
    for span, rule in named:
        for match in organ.finditer(text, *span):
            if not nowhere.fullmatch(match["place"]):
                return Fact(match["place"], Span(*match.span("place")), rule)
    match_source = medium.match(source.value) if source else None
    if source is None or match_source is None or nowhere.fullmatch(match_source["place"]):
        return None
    start, end = match_source.span("place")
    span_in_text = Span(source.span.start + start, source.span.start + end) if source.span else None
    return Fact(match_source["place"], span_in_text, "hint: name of the source")
