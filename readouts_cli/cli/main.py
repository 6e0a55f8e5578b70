"""Where the program begins and ends: one way in, and the one place where failures become an exit status.

Nothing is imported here that `readouts --version` does not need.
"""

from __future__ import annotations

import sys

from readouts_cli import __version__


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
    from readouts_cli.cli.application import run
    from readouts_cli.cli.environment import Environment

    return run(sys.argv[1:], Environment.of_process())
