"""How a readout's record is stored: deflated with a dictionary of what readouts say again and again.

A readout by itself is so short that deflating it hardly gets to know its language; beginning with a dictionary makes
records a ninth smaller.  Whatever knows zlib's format inflates them, given the dictionary.
"""

from __future__ import annotations

import zlib

from readouts_cli.engines.whoosh.deflating import deflate_beginning_with
from readouts_cli.engines.whoosh.inflating import fast_zlib

#: The name that a record has among the stored values of a readout.
STORED = "record"

#: The commonest comes last.  A library is readable only with the dictionary that it was written with: another one is
#: another format (`manifest.FORMAT`).
DICTIONARY = (
    "生态环境保护 安全生产 疫情防控 乡村振兴 高质量发展 改革开放 科技创新 经济社会发展 全面从严治党 "
    "习近平新时代中国特色社会主义思想 习近平总书记重要讲话和重要指示批示精神 党的二十大精神 中央经济工作会议精神 "
    "党中央、国务院决策部署 省委、省政府 市委常委会 市政府常务会议 市人大常委会 市政协 党组理论学习中心组 "
    "各级各部门要 切实增强 进一步加强 深入学习贯彻 坚决落实 扎实推进 不断提高 加快建设 责任 工作 "
    "日上午，日下午，市委书记 市长 主持召开 主持会议并讲话。出席会议。会议传达学习了 会议听取了 会议审议通过了 "
    "会议要求，会议指出，会议强调，"
    " January February March April June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday ecological environment protection, safety production, epidemic prevention and"
    " control, rural revitalization, scientific and technological innovation, reform and opening up, economic and"
    " social development, high-quality development, supervision and inspection, construction of responsibility"
    " system, implementation plan, General Secretary Xi Jinping’s important speech and important instructions,"
    " Socialism with Chinese Characteristics for a New Era, the 20th National Congress of the Communist Party of"
    " China, the Central Economic Work Conference, the CPC Central Committee and the State Council, the Standing"
    " Committee of the Municipal Party Committee, the Provincial Party Committee and the Provincial Government, the"
    " Municipal People’s Congress, the Chinese People’s Political Consultative Conference, the Commission for"
    " Discipline Inspection, the Leading Group, Deputy Secretary, Mayor, Chairman, Minister, Director of the Office,"
    " relevant departments and units at all levels, all regions, comprehensively, conscientiously, resolutely,"
    " continuously, deeply, effectively, further, improve, strengthen, promote, ensure, accelerate, understand, in"
    " accordance with the requirements of the decisions and arrangements, study and implement the spirit of, focus"
    " on, problems, services, management, people, should be, has been, which, was held on the morning of the, On the"
    " afternoon of, presided over the meeting and delivered a speech. attended the meeting. At the same time, It is"
    " necessary to, We must, The meeting required that, The meeting stressed that, The meeting emphasized that, The"
    " meeting pointed out that, of the, and the, to the, in the, for the, on the, with the"
    '\\n\\n","record":1,"language":"zh"\\n\\n","language":"en","body_start":100,"subtitle":{"value":"'
    ',"rule":"H3 subtitle line"},"warnings":[],"metadata":{},"reporters":[{"value":"","span":[100,110],"rule":"'
    '"}],"source":{"value":"","span":[100,110],"rule":"H10 dateline"},"damaged_quotes":[],"quotes":[{"text":"'
    '","span":[1000,1010]}],"published":{"date":"2020-01-01"'
    ',"span":[1,11],"rule":"H1 date prefix"},"title":{"value":"","span":[10,100],"rule":"H2 title line"},"met":'
    '{"start":"2020-01-01","end":"2020-01-01","edtf":"2020-01-01~","certainty":"stated","certainty":"inferred"'
    ',"rule":"R1","rule":"R2","span":[100,120]},"place":{"value":"","body":{"value":"","span":[100,150]'
    ',"rule":"held a meeting"},"presided":[{"name":"","office":"","span":[100,110],"office_span":[100,110]'
    ',"rule":"presided over"}],"attended":[{"name":"","office":null,"span":[200,210],"office_span":null'
    ',"rule":"attended"},{"name":"'
).encode()


def deflate_record(record: bytes) -> bytes:
    """A record as it is stored."""
    return deflate_beginning_with(DICTIONARY, record)


def inflate_record(stored: bytes, *, one_of_many: bool) -> bytes:
    """The record that was stored."""
    module = fast_zlib() if one_of_many else zlib
    record: bytes = module.decompressobj(zdict=DICTIONARY).decompress(stored)
    return record
