"""People and bodies."""

from __future__ import annotations

import datetime as dt

import pytest
from libraries import made

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.people import Role, bodies, people

SECRETARY, MAYOR = "Secretary of the Municipal Party Committee", "Deputy Secretary and Mayor"

MADE = [
    made("a", "", "2022-08-20", body="Municipal Government", presided=(("Tan Weimin", MAYOR),)),
    made("b", "", "2023-01-05", body="municipal government", presided=(("Tan Weimin", SECRETARY),),
         attended=(("Qiu Lan", None),)),
    made("c", "", None, body="Party Committee", attended=(("Tan Weimin", MAYOR), ("Qiu Lanfang", None))),
    made("d", "", "2022-01-01", presided=(("Tan  Weimin", MAYOR),)),
    made("e", "", "2022-03-01", body="市委常委会", presided=(("谭为民", None), ("谭为", None))),
]  # fmt: skip


def test_who_presided_and_attended() -> None:
    tan = people(MADE, Dating()).summaries()[0]
    assert tan.name == "Tan Weimin"
    assert (tan.count(Role.PRESIDED), tan.count(Role.ATTENDED)) == (3, 1)
    assert [(each.id, each.role) for each in tan.appearances] == [
        ("d", Role.PRESIDED),
        ("a", Role.PRESIDED),
        ("b", Role.PRESIDED),
        ("c", Role.ATTENDED),
    ]
    assert tan.offices == (MAYOR, SECRETARY)
    assert (tan.days[0], tan.days[-1]) == (dt.date(2022, 1, 1), dt.date(2023, 1, 5))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", ["Tan Weimin", "Qiu Lan", "Qiu Lanfang", "谭为", "谭为民"]),
        ("weimin", ["Tan Weimin"]),
        ("TAN WEIMIN", ["Tan Weimin"]),
        ("Weimin Tan", []),
        ("Qiu Lan", ["Qiu Lan"]),
        ("谭", ["谭为", "谭为民"]),
        ("谭为", ["谭为", "谭为民"]),
        ("谭为民", ["谭为民"]),
        ("为民", ["谭为民"]),
        ("譚為民", ["谭为民"]),
    ],
)
def test_names(name: str, found: list[str]) -> None:
    assert sorted(each.name for each in people(MADE, Dating(), name=name).summaries()) == sorted(found)


def test_somebody_in_two_roles_of_a_meeting_is_in_one_readout() -> None:
    both = made("x", "", presided=(("Tan Weimin", None),), attended=(("Tan Weimin", MAYOR), ("Tan Weimin", SECRETARY)))
    [tan] = people([both], Dating()).summaries()
    assert (tan.count(Role.PRESIDED), tan.count(Role.ATTENDED)) == (1, 1)
    assert tan.offices == (MAYOR, SECRETARY)


def test_bodies() -> None:
    met = bodies(MADE, Dating())
    found = met.summaries()
    assert [(each.name, each.readouts) for each in found] == [
        ("Municipal Government", 2),
        ("Party Committee", 1),
        ("市委常委会", 1),
    ]
    government = found[0]
    assert (government.first, government.last) == (dt.date(2022, 8, 20), dt.date(2023, 1, 5))
    assert government.presided == (("Tan Weimin", 2),)
    assert (found[1].first, met.unknown) == (None, 1)
