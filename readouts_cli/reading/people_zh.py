"""Who presided and who attended, in Chinese readouts: …主持会议, 会议由…主持, …出席会议, …列席会议.

Chinese prints the office before the name, without a space, and shares an office among the names that follow it:
市委书记马富国主持会议；副市长李军、王芳出席。  A name is told by the office before it and by its surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readouts_cli.query.characters import HAN
from readouts_cli.reading.day_phrases_zh import chinese_phrase
from readouts_cli.reading.names import is_han_name
from readouts_cli.reading.roll import People
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Person, Span

_OFFICE_ENDS = (
    "[书書][记記]|[市省县縣区區州镇鎮乡鄉盟旗村部局厅廳处處科院校行社站所队隊馆館台组組会會挥揮][长長]|主任(?:[委][员員])?|主席|常委"
    "|[检檢]察[长長]|秘[书書][长長]|司令[员員]|政委|委[员員][长長]?|[领領][导導](?:同志)?|代表|董事[长長]|[总總](?:[经經]?理|裁)"
    "|[总總]指[挥揮]|[专專][员員]|巡[视視][员員]|[调調]研[员員]|[参參][谋謀][长長]|[负負][责責]人|成[员員]|同志"
)
_OFFICE = re.compile(rf"[{HAN}（）()“”]{{0,40}}(?:{_OFFICE_ENDS})")
_AFTER_OFFICE = re.compile(rf"^.*(?:{_OFFICE_ENDS})")
_OBJECT = "(?:本次|此次|今天的|[这這]次)?(?:[会會]|[学學][习習]|集[体體]|座[谈談]|全[会會体體]|大[会會])"
_END = r"[并並]|[。，；,;]|\s|\Z"
_PRESIDED = re.compile(f"(?P<verb>主持)(?=召[开開]|了?{_OBJECT}|{_END})")
_PRESIDED_BY = re.compile("由(?P<people>[^，。；由]{2,40}?)主持")
_ATTENDED = re.compile(f"(?P<verb>出席|列席|[参參]加)(?=了?{_OBJECT}|{_END})")
_TELLS = re.compile("主持|出席|列席|[参參]加")
_ADVERBS = re.compile(
    "(?:[亲親]自|共同|分[别別]|先[后後]|在?[会會]上|[应應]邀|(?:出席|[参參]加)(?:[会會][议議])?[并並]?|一同|[并並])\\Z"
)
_SEPARATOR = re.compile(r"[、,，\s]+")
_AND = re.compile("以及|[及和与與]")
_CLAUSE = re.compile("[，,；;：:。]")

#: Groups of people, and words that show a clause to tell something else.
_GROUP = re.compile("有[关關]|相[关關]|各|班子|其他|全[体體]|部[门門]|[单單]位|[党黨][员員]")
_NO_OFFICE = re.compile(
    "[传傳][达達]|[学學][习習]|[贯貫][彻徹]|落[实實]|[听聽]取|指出|[强強][调調]|精神|[讲講][话話]|[关關]于|在|受|委托|[会會][议議]|召[开開]"
    "|按照|根[据據]"
)
_ET_AL = re.compile("等.*")
_NARRATIVE = re.compile("[会會][议議](?:指出|[强強][调調]|要求|[认認][为為]|[传傳][达達]|[听聽]取|[审審][议議])")


#: A short part of a list that is no known name or office may be a rare name: it is left out, and the list goes on.
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Listed:
    """A person in a list, with the office that stands before the name or is shared with the name before."""

    name: Span
    office: Span | None


def chinese_people(text: str, windows: list[Span]) -> People:
    """Who presided and who attended, in the stretches of text given."""
    presided: list[Person] = []
    attended: list[Person] = []
    for sentence in _telling_sentences(text, windows):
        presided += _presiders(text, sentence)
        for match in _ATTENDED.finditer(text, *sentence):
            attended += _people(text, _clauses_before(text, sentence.start, match.start()), match["verb"])
    return People(tuple(presided), tuple(attended))


def _presiders(text: str, sentence: Span) -> list[Person]:
    found: list[Person] = []
    passive = set()
    for match in _PRESIDED_BY.finditer(text, *sentence):
        passive.add(match.end())
        found += _people(text, _listed(text, Span(*match.span("people"))), "由…主持")
    for match in _PRESIDED.finditer(text, *sentence):
        if match.end("verb") not in passive:
            clause = _trimmed(text, _clause_before(text, sentence.start, match.start()))
            found += _people(text, _listed(text, clause), "主持")
    return found


def _telling_sentences(text: str, windows: list[Span]) -> Iterator[Span]:
    """The sentences that may tell who presided or attended; not those that tell what the meeting said."""
    for window in windows:
        if _TELLS.search(text, *window):
            for sentence in sentences(text, window):
                if not _NARRATIVE.match(text, *sentence):
                    yield sentence


def _clauses_before(text: str, start: int, end: int) -> list[_Listed]:
    """The people of the clauses before a verb, back to the first clause that is no list of people."""
    found: list[_Listed] = []
    while start < end:
        clause = _clause_before(text, start, end)
        people = _listed(text, _trimmed(text, clause))
        if people is None:
            break
        found = people + found
        end = clause.start - 1
    return found


def _clause_before(text: str, start: int, end: int) -> Span:
    begins = start
    for mark in _CLAUSE.finditer(text, start, end):
        begins = mark.end()
    return Span(begins, end)


def _trimmed(text: str, clause: Span) -> Span:
    """A clause without the day before the people and the adverbs after them."""
    start, end = clause
    phrase = chinese_phrase(text, start, end)
    if phrase is not None and phrase.span.end < end:
        start = phrase.span.end
    while match := _ADVERBS.search(text, start, end):
        end = match.start()
    return Span(start, end)


def _listed(text: str, span: Span) -> list[_Listed] | None:
    """The people of a list, in order; None where the words are no list of people."""
    found: list[_Listed] = []
    leading: Span | None = None
    shared: Span | None = None
    for piece in _pieces(text, span):
        printed = text[piece.start : piece.end]
        office = _OFFICE.match(text, *piece)
        name = Span(office.end() if office else piece.start, piece.end)
        if is_han_name(printed):
            found.append(_Listed(piece, leading or shared))
            leading = None
        elif _NO_OFFICE.search(printed):
            return None
        elif _GROUP.search(printed):
            leading = shared = None
        elif office is None:
            if not found or len(printed) > _LONGEST_NAME:
                return None
        elif name.start == name.end:
            leading = Span((leading or piece).start, piece.end)
        elif is_han_name(text[name.start : name.end]):
            shared = Span((leading or piece).start, name.start)
            found.append(_Listed(name, shared))
            leading = None
        else:
            return None
    return found


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The parts of a list between commas and spaces, and of those the two that "and" joins; without "and others"."""
    start = span.start
    for separator in [*_SEPARATOR.finditer(text, *span), None]:
        end = separator.start() if separator else span.end
        if et_al := _ET_AL.search(text, min(start + 2, end), end):
            end = et_al.start()
        for joined in _AND.finditer(text, min(start + 2, end), max(end - 2, start)):
            left = _AFTER_OFFICE.sub("", text[start : joined.start()])
            if is_han_name(left):
                yield Span(start, joined.start())
                start = joined.end()
                break
        if start < end:
            yield Span(start, end)
        start = separator.end() if separator else end


def _people(text: str, listed: list[_Listed] | None, rule: str) -> list[Person]:
    return [
        Person(text[name.start : name.end], text[office.start : office.end] if office else None, name, office, rule)
        for name, office in ((person.name, person.office) for person in listed or ())
    ]
