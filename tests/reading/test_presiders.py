"""Presiders, attendees, the body that met, and the place it hints at.  All names are invented."""

from __future__ import annotations

import pytest

from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Person, Readout

FIRST = "On August 25, the municipal government held a meeting to study flood control."

SECRETARY = "Secretary of the Municipal Party Committee"
DIRECTOR = "director of the Standing Committee of the Municipal People’s Congress"
DEPUTY = "Deputy Secretary of the Municipal Party Committee and Mayor"


def read(text: str) -> Readout:
    return read_facts(RawReadout(path="x.txt", text=text, date="2022-08-26"), "x")


def listed(people: tuple[Person, ...]) -> list[tuple[str, str | None]]:
    return [(person.name, person.office) for person in people]


PRESIDERS: dict[str, list[tuple[str, str | None]]] = {
    # The office after the name, before it, in several parts, or nowhere.
    f"Lin Wenhao, {SECRETARY}, presided over the meeting.": [("Lin Wenhao", SECRETARY)],
    f"Lin Wenhao, {DEPUTY} presided over the meeting and delivered a speech.": [("Lin Wenhao", DEPUTY)],
    f"Lin Wenhao, {SECRETARY}, Mayor and Secretary of the Party Group, presided over the meeting.": [
        ("Lin Wenhao", f"{SECRETARY}, Mayor and Secretary of the Party Group")
    ],
    "Municipal Party Secretary Lin Wenhao presided over and delivered a speech.": [
        ("Lin Wenhao", "Municipal Party Secretary")
    ],
    f"{SECRETARY} and Mayor Lin Wenhao presided over the meeting.": [("Lin Wenhao", f"{SECRETARY} and Mayor")],
    "Deputy Secretary of the Municipal Party Committee, Mayor Lin Wenhao presided over the meeting.": [
        ("Lin Wenhao", "Deputy Secretary of the Municipal Party Committee, Mayor")
    ],
    "The mayor Lin Wenhao presided over the meeting.": [("Lin Wenhao", "mayor")],
    "Lin Wenhao presided over the meeting.": [("Lin Wenhao", None)],
    "Comrade Lin Wenhao presided over the meeting.": [("Lin Wenhao", None)],
    # Other verbs and objects.
    "Mayor Lin Wenhao chaired the meeting.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao hosted the meeting and made a speech.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao presided.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao presided over a symposium on flood control.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao presided over the 25th executive meeting of the municipal government.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao presided over and held the twelfth executive meeting.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao attended and presided over the meeting.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao attended the meeting, delivered a speech and presided over the meeting.": [
        ("Lin Wenhao", "Mayor")
    ],
    "During the meeting, Mayor Lin Wenhao presided over the discussions.": [("Lin Wenhao", "Mayor")],
    "On the afternoon of August 25, Mayor Lin Wenhao presided over the meeting.": [("Lin Wenhao", "Mayor")],
    "Today Mayor Lin Wenhao presided over the meeting.": [("Lin Wenhao", "Mayor")],
    "After the inspection, Mayor Lin Wenhao presided over a symposium.": [("Lin Wenhao", "Mayor")],
    # The passive.
    f"The meeting was presided over by Lin Wenhao, {SECRETARY}.": [("Lin Wenhao", SECRETARY)],
    "The meeting was chaired by Mayor Lin Wenhao and attended by Gao Yu, vice mayor.": [("Lin Wenhao", "Mayor")],
    "The meeting, which was held in Qingling, was presided over by Municipal Party Secretary Lin Wenhao.": [
        ("Lin Wenhao", "Municipal Party Secretary")
    ],
    "The meeting was held under the chairmanship of Mayor Lin Wenhao, in the presence of Gao Yu.": [
        ("Lin Wenhao", "Mayor")
    ],
    "Presided over by Lin Wenhao, mayor, the meeting began with a report.": [("Lin Wenhao", "mayor")],
    "The meeting was held under the presidency of Mayor Lin Wenhao.": [("Lin Wenhao", "Mayor")],
    "The forum was moderated by Mayor Lin Wenhao.": [("Lin Wenhao", "Mayor")],
    # Other tenses and verbs.
    "Mayor Lin Wenhao presides over the meeting.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao chairs the meeting.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao hosts the symposium.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao moderated the forum.": [("Lin Wenhao", "Mayor")],
    # Several.
    "Mayor Lin Wenhao and Vice Mayor Gao Yu presided over the meeting.": [
        ("Lin Wenhao", "Mayor"),
        ("Gao Yu", "Vice Mayor"),
    ],
    "Lin Wenhao, mayor, and Gao Yu, vice mayor, presided over the meeting.": [
        ("Lin Wenhao", "mayor"),
        ("Gao Yu", "vice mayor"),
    ],
    "Gao Yu delivered a speech, and Mayor Lin Wenhao presided over the meeting.": [("Lin Wenhao", "Mayor")],
    "Gao Yu, the director, delivered a speech, while Lin Wenhao, the mayor, chaired the conference.": [
        ("Lin Wenhao", "mayor")
    ],
    "Mayor Lin Wenhao presided over the meeting and Gao Yu attended.": [("Lin Wenhao", "Mayor")],
    "Mayor Lin Wenhao presided over the first session. Gao Yu, vice mayor, presided over the second session.": [
        ("Lin Wenhao", "Mayor"),
        ("Gao Yu", "vice mayor"),
    ],
    f"Lin Wenhao, {SECRETARY}, and Commander-in-Chief of the Flood Prevention and Control Headquarters presided.": [
        ("Lin Wenhao", f"{SECRETARY}, and Commander-in-Chief of the Flood Prevention and Control Headquarters")
    ],
    # Names of more kinds.
    "Mayor Ouyang Xiuming presided over the meeting.": [("Ouyang Xiuming", "Mayor")],
    "Mayor He An presided over the meeting.": [("He An", "Mayor")],
    "Mayor Lin Wen Hao presided over the meeting.": [("Lin Wen Hao", "Mayor")],
    "Erkin Tursun, chairman of the regional government, presided over the meeting.": [
        ("Erkin Tursun", "chairman of the regional government")
    ],
    "Mayor Clara J. Whitfield chaired the meeting.": [("Clara J. Whitfield", "Mayor")],
    "Secretary of the Party Committee of Qingling Lin Wen presided over the meeting.": [
        ("Lin Wen", "Secretary of the Party Committee of Qingling")
    ],
}


@pytest.mark.parametrize(("sentence", "people"), PRESIDERS.items())
def test_presiders(sentence: str, people: list[tuple[str, str | None]]) -> None:
    assert listed(read(f"{FIRST} {sentence}").presided) == people


NO_PRESIDERS = [
    # Narrative: the subject is elsewhere, or what is presided over is not this meeting.
    "General Secretary Xi Jinping has high hopes. He has visited us six times, presided over two symposiums on floods.",
    "Lin Wenhao presided over the work of the government.",
    "The meeting pointed out that Lin Wenhao presided over the meeting of the province.",
    "It conveyed the spirit of the symposium where Lin Wenhao presided over the meeting.",
    "He said that in 2019, Mayor Lin Wenhao presided over the meeting.",
    "When Mayor Lin Wenhao presided over the meeting, it rained.",
    "The committee studied the spirit of the meeting presided over by Lin Wenhao.",
    "The government held a meeting to convey the speech at the symposium chaired by Lin Wenhao.",
    "A committee was appointed under the chairmanship of Lin Wenhao.",
    # Nobody in particular.
    "The secretary of the Municipal Party Committee presided over the meeting.",
    "He presided over the meeting.",
    "The Standing Committee presided over the meeting.",
    "Secretary Lin presided over the meeting.",
    # Not people, and not a meeting.
    "Qingling City hosted the meeting.",
    "China Mobile hosted the meeting.",
    "Lin Wenhao hosted a banquet for the delegation.",
    "Cao Wenhua, host Li Zhiming, Wang Taotao, Mana and others attended.",
]


@pytest.mark.parametrize("sentence", NO_PRESIDERS)
def test_who_did_not_preside(sentence: str) -> None:
    assert read(f"{FIRST} {sentence}").presided == ()


ATTENDEES: dict[str, list[tuple[str, str | None]]] = {
    f"Lin Wenhao, {DEPUTY}, and Gao Yu, {SECRETARY} attended the meeting.": [
        ("Lin Wenhao", DEPUTY),
        ("Gao Yu", SECRETARY),
    ],
    "Gao Yu and Luo Min attended the meeting.": [("Gao Yu", None), ("Luo Min", None)],
    "Gao Yu, Luo Min and Tang Hui attended the meeting.": [("Gao Yu", None), ("Luo Min", None), ("Tang Hui", None)],
    "Vice Mayor Gao Yu attended the meeting and delivered a speech.": [("Gao Yu", "Vice Mayor")],
    f"Gao Yu, {DIRECTOR}, and Luo Min, chairman of the CPPCC, attended the meeting.": [
        ("Gao Yu", DIRECTOR),
        ("Luo Min", "chairman of the CPPCC"),
    ],
    # An office in the plural is everybody's, before the names or after them.
    "Municipal leaders Gao Yu, Luo Min and Tang Hui attended the meeting.": [
        ("Gao Yu", "Municipal leaders"),
        ("Luo Min", "Municipal leaders"),
        ("Tang Hui", "Municipal leaders"),
    ],
    "The vice mayors, Gao Yu and Luo Min, attended the meeting.": [
        ("Gao Yu", "vice mayors"),
        ("Luo Min", "vice mayors"),
    ],
    "Gao Yu, Luo Min, and Tang Hui, members of the party group, and Ding Yi, secretary-general, attended.": [
        ("Gao Yu", "members of the party group"),
        ("Luo Min", "members of the party group"),
        ("Tang Hui", "members of the party group"),
        ("Ding Yi", "secretary-general"),
    ],
    "City leaders Gao Yu, Luo Min, Tang Hui, head of the office, and Ding Yi, former secretary-general, attended.": [
        ("Gao Yu", "City leaders"),
        ("Luo Min", "City leaders"),
        ("Tang Hui", "head of the office"),
        ("Ding Yi", "former secretary-general"),
    ],
    # Groups are not people.
    "Members of the party group attended the meeting and spoke, and vice mayor Gao Yu attended the meeting.": [
        ("Gao Yu", "vice mayor")
    ],
    "Gao Yu, vice chairman of the CPPCC, and responsible comrades from relevant units attended the meeting.": [
        ("Gao Yu", "vice chairman of the CPPCC")
    ],
    "Gao Yu, Luo Min and other members of the committee, as well as the heads of departments attended the meeting.": [
        ("Gao Yu", None),
        ("Luo Min", None),
    ],
    # Whatever is no list of people ends the list.
    "Gao Yu, returning from abroad, and Luo Min attended the meeting.": [("Luo Min", None)],
    # Half a name is left out, and the list goes on.
    "City leaders Gao Yu, Mana, and Tang Hui attended the meeting.": [
        ("Gao Yu", "City leaders"),
        ("Tang Hui", "City leaders"),
    ],
    # Other verbs.
    "The meeting was attended by Gao Yu, vice mayor, and Luo Min, director.": [
        ("Gao Yu", "vice mayor"),
        ("Luo Min", "director"),
    ],
    "The meeting, which was also attended by Gao Yu, the leader of the group, heard a report.": [
        ("Gao Yu", "leader of the group")
    ],
    "Secretary-General Gao Yu participated in the meeting.": [("Gao Yu", "Secretary-General")],
    "Gao Yu, deputy director, and Luo Min, vice chairman, were invited to attend the meeting.": [
        ("Gao Yu", "deputy director"),
        ("Luo Min", "vice chairman"),
    ],
}


@pytest.mark.parametrize(("sentence", "people"), ATTENDEES.items())
def test_attendees(sentence: str, people: list[tuple[str, str | None]]) -> None:
    assert listed(read(f"{FIRST} {sentence}").attended) == people


NO_ATTENDEES = [
    "Members of the party group of the municipal government attended the meeting.",
    "China Mobile and State Grid attended the meeting.",
    "Golden Dragon attended the meeting.",
    "General Secretary Xi Jinping attended the party's 20th National Congress.",
    "The meeting pointed out that Gao Yu attended the meeting of the province.",
    "More than 100 people attended the meeting.",
    "The meeting was attended by all Heads of State of the region, India, Nepal and Sri Lanka.",
]


@pytest.mark.parametrize("sentence", NO_ATTENDEES)
def test_who_is_not_listed_as_attending(sentence: str) -> None:
    assert read(f"{FIRST} {sentence}").attended == ()


def test_a_presider_is_not_listed_again_as_attending() -> None:
    readout = read(f"{FIRST} Mayor Lin Wenhao presided over the meeting. Lin Wenhao and Gao Yu attended the meeting.")
    assert listed(readout.presided) == [("Lin Wenhao", "Mayor")]
    assert listed(readout.attended) == [("Gao Yu", None)]


def test_a_presider_without_an_office_has_the_one_printed_where_he_attends() -> None:
    readout = read(
        f"{FIRST} Gao Yu, vice mayor, and Luo Min, director, attended the meeting. Gao Yu presided over the meeting."
    )
    assert listed(readout.presided) == [("Gao Yu", "vice mayor")]


FILLER = "\n\nThe meeting emphasized that floods are to be prevented everywhere and in good time, with all means." * 30


def test_the_last_paragraph_may_list_people() -> None:
    readout = read(
        f"{FIRST}{FILLER}\n\nLin Wenhao, mayor, presided over the meeting. Gao Yu, vice mayor, attended the meeting."
    )
    assert listed(readout.presided) == [("Lin Wenhao", "mayor")]
    assert listed(readout.attended) == [("Gao Yu", "vice mayor")]


def test_the_middle_of_a_readout_is_narrative() -> None:
    readout = read(f"{FIRST}{FILLER}\n\nLin Wenhao, mayor, presided over the meeting.{FILLER}")
    assert readout.presided == ()


def test_the_presider_of_the_opening_counts_before_one_at_the_end() -> None:
    readout = read(
        f"{FIRST} Mayor Lin Wenhao presided over the meeting.{FILLER}\n\nGao Yu, director, presided over the meeting."
    )
    assert listed(readout.presided) == [("Lin Wenhao", "Mayor")]


HEADLINES = {
    "Lin Wenhao hosted and delivered a speech": (["Lin Wenhao"], []),
    "Lin Wenhao presided over the meeting": (["Lin Wenhao"], []),
    "Lin Wenhao presides over the meeting of the party group": (["Lin Wenhao"], []),
    "Lin Wenhao hosted Gao Yu and Luo Min attended": (["Lin Wenhao"], ["Gao Yu", "Luo Min"]),
    "Flood control comes first everywhere": ([], []),
}


@pytest.mark.parametrize(("deck", "people"), HEADLINES.items())
def test_headlines_name_people_where_the_prose_does_not(deck: str, people: tuple[list[str], list[str]]) -> None:
    readout = read(f"The municipal government held a meeting\n\n{deck}\n\n{FIRST}")
    assert ([p.name for p in readout.presided], [p.name for p in readout.attended]) == people


def test_prose_counts_before_headlines() -> None:
    readout = read(
        "The municipal government held a meeting\n\nLin Wenhao hosted and delivered a speech\n\n"
        f"{FIRST} Lin Wenhao, mayor, presided over the meeting."
    )
    assert listed(readout.presided) == [("Lin Wenhao", "mayor")]
    assert readout.presided[0].span.start > readout.body_start


CHINESE: dict[str, tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]] = {
    "市委书记林文浩主持会议并讲话。": ([("林文浩", "市委书记")], []),
    "市委副书记、市长林文浩主持召开市政府常务会议。": ([("林文浩", "市委副书记、市长")], []),
    "林文浩主持会议。": ([("林文浩", None)], []),
    "市长欧阳明主持会议。": ([("欧阳明", "市长")], []),
    "自治区主席艾力·吐尔逊主持会议。": ([("艾力·吐尔逊", "自治区主席")], []),
    "市委副书记、市防汛指挥部副指挥长林文浩主持召开会议。": ([("林文浩", "市委副书记、市防汛指挥部副指挥长")], []),
    "会议由市委书记林文浩主持。": ([("林文浩", "市委书记")], []),
    "受市委书记高宇委托，市长林文浩主持会议。": ([("林文浩", "市长")], []),
    "市委书记林文浩出席会议并主持。": ([("林文浩", "市委书记")], []),
    "市委書記林文浩主持會議並講話。": ([("林文浩", "市委書記")], []),
    "市长林文浩主持会议，副市长高宇、罗敏出席。": ([("林文浩", "市长")], [("高宇", "副市长"), ("罗敏", "副市长")]),
    "市委副书记、市长高宇，市人大常委会主任罗敏，市政协主席唐辉和市委常委出席会议。": (
        [],
        [("高宇", "市委副书记、市长"), ("罗敏", "市人大常委会主任"), ("唐辉", "市政协主席")],
    ),
    "市领导高宇、罗敏、唐辉等列席会议。": ([], [("高宇", "市领导"), ("罗敏", "市领导"), ("唐辉", "市领导")]),
    "副市长高宇、亹山、罗敏及秘书长唐辉参加会议。": ([], [("高宇", "副市长"), ("罗敏", "副市长"), ("唐辉", "秘书长")]),
    "副市长高宇和罗敏参加会议。": ([], [("高宇", "副市长"), ("罗敏", "副市长")]),
    "副市长高宇、党组出席会议。": ([], [("高宇", "副市长")]),
    "副市长李建和、李和平出席会议。": ([], [("李建和", "副市长"), ("李和平", "副市长")]),
    "县政府党组成员、副县长高宇应邀出席会议。": ([], [("高宇", "县政府党组成员、副县长")]),
    # Nobody in particular, and other people's meetings.
    "市委书记主持会议。": ([], []),
    "市委常委，市政府有关领导参加会议。": ([], []),
    "各县区、市直有关单位主要负责同志参加会议。": ([], []),
    "市委常委会主持会议。": ([], []),
    "会议学习习近平总书记在主持召开座谈会时的讲话。": ([], []),
    "传达学习中共中央总书记习近平主持召开座谈会时的讲话精神。": ([], []),
    "高宇主持政府全面工作。": ([], []),
    "会议强调，市委书记高宇主持会议时的要求要落实。": ([], []),
}


@pytest.mark.parametrize(("sentence", "people"), CHINESE.items())
def test_chinese_people(
    sentence: str, people: tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]
) -> None:
    readout = read(f"8月25日，市政府召开会议，研究防汛工作，安排近期重点任务。{sentence}")
    assert (listed(readout.presided), listed(readout.attended)) == people


def test_spans_cover_what_is_printed() -> None:
    readout = read(f"{FIRST} Lin Wenhao, mayor, presided over the meeting. Vice Mayor Gao Yu attended the meeting.")
    for person in (*readout.presided, *readout.attended):
        assert readout.text[slice(*person.span)] == person.name
        assert person.office_span is not None
        assert readout.text[slice(*person.office_span)] == person.office
    assert [person.rule for person in (*readout.presided, *readout.attended)] == ["presided over", "attended"]


STANDING = "Standing Committee of the Municipal Party Committee"
CONGRESS = "Standing Committee of the 12th Municipal People’s Congress"
GOVERNMENT = "Qingling Municipal Government"
BODIES = {
    f"On August 25, the {STANDING} held a meeting.": STANDING,
    f"On the 22nd, the party group of the {GOVERNMENT} held an enlarged meeting.": f"party group of the {GOVERNMENT}",
    "On August 25, the municipal government held an executive meeting.": "municipal government",
    f"On August 25, the {CONGRESS} held its first meeting.": CONGRESS,
    f"On August 25, the first meeting of the {CONGRESS} was held.": CONGRESS,
    f"On August 25, Mayor Lin Wenhao presided over the 43rd executive meeting of the {GOVERNMENT}.": GOVERNMENT,
    f"On August 25, Lin Wenhao, mayor, presided over a meeting of the {STANDING}, conveying a speech.": STANDING,
    f"The {STANDING} recently convened a meeting.": STANDING,
    # No standing body.
    "On August 25, Lin Wenhao, mayor, presided over a symposium on the Congress of the Communist Party.": None,
    "On August 25, a symposium on flood control was held in Qingling.": None,
    "On August 25, the city held a meeting.": None,
    "The Ministry of Agriculture has organized to host two International Conferences.": None,
    "The Department of National Archives holds valuable archives.": None,
    "8月25日，市委常委会召开会议，研究防汛工作，安排近期重点任务。": "市委常委会",
    "8月25日上午，市委常委会（扩大）会议召开，研究防汛工作。": "市委常委会",
    "市长林文浩主持召开市政府党组会议，研究防汛工作。": "市政府党组",
    "8月25日，市长林文浩在青岭主持召开座谈会，研究防汛工作。": None,
    "我市召开会议，研究防汛工作，安排近期重点任务。": None,
}


@pytest.mark.parametrize(("text", "body"), BODIES.items())
def test_body(text: str, body: str | None) -> None:
    found = read(text).body
    assert (found.value if found else None) == body
    if found and found.span:
        assert text[slice(*found.span)].removeprefix("the ") == body


def test_the_title_names_the_body_where_the_prose_does_not() -> None:
    body = read(
        "The municipal government held a meeting to study flood control\n\n"
        "It rained in Qingling on Monday, and much was studied."
    ).body
    assert body is not None
    assert (body.value, body.rule) == ("municipal government", "title: held a meeting")


PLACES = {
    "On August 25, the Qingling Municipal Government held a meeting.": ("Qingling", "hint: name of the body"),
    "It was held. Lin Wenhao, secretary of the Qingling Municipal Party Committee, presided over the meeting.": (
        "Qingling",
        "hint: office of the presider",
    ),
    "Source: Qingling News Network\n\nOn August 25, the municipal government held a meeting.": (
        "Qingling",
        "hint: name of the source",
    ),
    "8月25日，青岭市委召开会议，研究防汛工作，安排近期重点任务。": ("青岭", "hint: name of the body"),
    # A place that is only spoken of is none.
    "On August 25, the municipal government held a meeting to study the speech in Liaoning.": None,
    "On August 25, the Standing Committee of the Eighteenth Municipal People’s Congress held a meeting.": None,
    "Source: People’s Daily\n\nOn August 25, the municipal government held a meeting.": None,
    "8月25日，市委召开会议，研究防汛工作，安排近期重点任务。": None,
}


@pytest.mark.parametrize(("text", "place"), PLACES.items())
def test_place_is_a_hint(text: str, place: tuple[str, str] | None) -> None:
    found = read(text).place
    assert ((found.value, found.rule) if found else None) == place
    if found and found.span:
        assert text[slice(*found.span)] == found.value
