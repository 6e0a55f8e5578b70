"""The proof that every engine agrees with the reference meaning, over a library on a real cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

import test_conformance
from clusters import emptied, needs_cluster, place_on_cluster
from test_conformance import (  # noqa: F401  # collected here, for another engine
    test_a_reader_keeps_its_commit,
    test_answers_are_the_reference_meaning,
    test_facets_count_the_hits,
    test_holding_leaves_out_deleted_readouts,
    test_occurrences_are_what_reading_would_count,
    test_over_segments_updates_and_deletions,
    test_pages_are_slices_of_the_whole,
    test_stored_readouts_come_back_whole,
    test_volumes_are_what_reading_would_count,
    test_what_is_not_committed_is_discarded,
)

from readouts_cli.engines.opensearch.engine import OpenSearchEngine
from readouts_cli.engines.opensearch.writer import OpenSearchWriter

pytestmark = needs_cluster


@pytest.fixture
def engine_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Stands for the cluster: every library of a test is made there under the same name, in place of the one before."""
    with place_on_cluster(tmp_path / "first") as name:
        OpenSearchWriter.create(tmp_path / "first")

        class Writer(OpenSearchWriter):
            @staticmethod
            def create(folder: Path) -> None:
                emptied(folder, name)

        monkeypatch.setattr(test_conformance, "writer_class", lambda _: Writer)
        monkeypatch.setattr(test_conformance, "engine_class", lambda _: OpenSearchEngine)
        yield "opensearch"
