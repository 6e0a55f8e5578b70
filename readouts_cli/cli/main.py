"""Where the program begins and ends: one way in, and the one place where failures become an exit status.

Nothing is imported here that `readouts --version` does not need.
"""

from __future__ import annotations

import gc
import sys

from readouts_cli import __version__

#: How many more objects are made than freed before Python looks for garbage; it does so every 700 by itself.
_LOOK_FOR_GARBAGE = 50_000


def main() -> int:
    """Run the program with the process's arguments and streams, and return its exit status."""
    try:
        status = _version() if sys.argv[1:] in (["--version"], ["-V"]) else _run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the one place: whatever it is, it ends here
        from readouts_cli.cli.failures import report

        status = report(error)
    return status


def _version() -> int:
    sys.stdout.write(f"readouts {__version__}\n")
    return 0


def _run() -> int:
    # Modules are no garbage: looking through them while they load, and again at the end, takes a sixth of a short run.
    gc.set_threshold(_LOOK_FOR_GARBAGE)
    from readouts_cli.cli.application import run
    from readouts_cli.cli.environment import Environment

    status = run(sys.argv[1:], Environment.of_process())
    gc.freeze()
    return status
