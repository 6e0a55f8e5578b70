"""A cheap start: what each kind of run does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SYNTAX = "readouts_cli.query.syntax"
_REGULAR = "readouts_cli.query.regular"
_SPARSE = "readouts_cli.query.sparse"

_LISTED = """
import sys
from readouts_cli.cli.main import main
sys.argv[1:] = {args!r}
status = main()
names = " ".join(sorted(sys.modules))
sys.stderr.write(f"MODULES {{names}}\\n")
sys.exit(status)
"""


def imported(environment: dict[str, str], *args: str, library: Path | None = None) -> set[str]:
    """The modules that a run leaves imported, and their packages."""
    variables = environment | ({"READOUTS_LIBRARY": str(library)} if library else {})
    script = _LISTED.format(args=list(args))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=variables, timeout=60, check=True
    )
    names = done.stderr.rpartition("MODULES ")[2].split()
    return set(names) | {name.partition(".")[0] for name in names}


def test_the_version_imports_nothing(environment: dict[str, str]) -> None:
    found = imported(environment, "--version")
    assert {name for name in found if name.startswith("readouts_cli.")} == {"readouts_cli.cli", "readouts_cli.cli.main"}
    assert found.isdisjoint({"click", "rich", "whoosh", "msgspec", "dataclasses", "importlib.metadata"})


@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (
            ("search", "dual carbon", "-o", "ids"),
            {"rich", "whoosh", "msgspec", "tomllib", "tomli", "csv", _SPARSE, _REGULAR},
        ),
        (("search", "-q", "carbon"), {"rich", "whoosh", "msgspec"}),
        (("search", "-c", "carbon"), {"rich", "whoosh", "msgspec"}),
        (("list", "-o", "ids"), {"rich", "whoosh", "msgspec", _SYNTAX, _SPARSE}),
        (("search", "carbon"), {"rich", "whoosh"}),
        (("search", "carbon", "-o", "csv"), {"rich", "whoosh"}),
        (("search", "carbon", "-o", "json"), {"rich", "whoosh"}),
        (("search", "carbon", "--template", "{id}"), {"rich", "whoosh"}),
        (("search", "carbon", "--facet", "year"), {"rich", "whoosh"}),
        (("show", "003", "-o", "json"), {"rich", "whoosh", _SYNTAX, _SPARSE, "readouts_cli.output.why"}),
        (("info",), {"rich", "whoosh"}),
    ],
)
def test_machine_formats_import_no_more_than_they_need(
    environment: dict[str, str], seeds_library: Path, args: tuple[str, ...], absent: set[str]
) -> None:
    assert imported(environment, *args, library=seeds_library).isdisjoint(absent)


def test_a_command_imports_no_other(environment: dict[str, str], seeds_library: Path) -> None:
    found = imported(environment, "search", "carbon", "-o", "ids", library=seeds_library)
    commands = {name for name in found if name.startswith("readouts_cli.cli.commands.")}
    assert commands == {"readouts_cli.cli.commands.search"}
