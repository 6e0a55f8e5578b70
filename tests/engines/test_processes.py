"""How many cores a program takes for its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = "import os; os.sched_setaffinity(0, {cores}); from readouts_cli.engines.processes import usable_cores; "


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not bind processes to cores")
@pytest.mark.parametrize("cores", [1, 2])
def test_only_the_cores_that_it_may_use(cores: int) -> None:
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    code = ASK.format(cores=set(allowed)) + "print(usable_cores())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(allowed)
