"""What a set of readouts lacks."""

from __future__ import annotations

from hypothesis import given, settings
from libraries import query, seeds
from strategies import conditions, libraries

from readouts_cli.analysis.absent import lacking
from readouts_cli.query.fields import document
from readouts_cli.query.tree import Condition, Everything, conjunction
from readouts_cli.readout import Readout


def test_the_seeds() -> None:
    asked = lacking(Everything(), query('"two safeguards" OR "two maintenances"'))
    assert [id for id, readout in seeds().items() if asked.accepts(document(readout))] == ["000", "003", "004"]


@settings(deadline=None)
@given(libraries, conditions, conditions)
def test_a_readout_of_the_set_has_it_or_lacks_it(
    library: tuple[Readout, ...], within: Condition, sought: Condition
) -> None:
    for readout in library:
        seen = document(readout)
        has, lacks = conjunction((within, sought)).accepts(seen), lacking(within, sought).accepts(seen)
        assert (has or lacks) == within.accepts(seen)
        assert not (has and lacks)
