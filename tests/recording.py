"""The picture of the terminal in the README, from a real run of the program on a pseudo-terminal.

    python tests/recording.py

writes .assets/search.svg anew.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]

PICTURE = ROOT / ".assets" / "search.svg"

COLUMNS = 88

#: What is typed.
COMMAND = ["search", "dual carbon"]


def main() -> None:
    """Run the program and draw what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": folder,
            "TERM": "xterm-256color",
            "PAGER": "",
        }
        python = [sys.executable, "-m", "readouts_cli"]
        subprocess.run([*python, "index", "-q", "seeds"], env=environment, cwd=ROOT, check=True)
        shown = _on_terminal([*python, *COMMAND], environment)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), 'readouts search "dual carbon"'))
    for line in _without_links(shown).splitlines():
        console.print(Text.from_ansi(line), soft_wrap=True)
    PICTURE.parent.mkdir(exist_ok=True)
    console.save_svg(str(PICTURE), title="readouts", unique_id="readouts")


def _without_links(shown: str) -> str:
    """What was shown without its links, which lead to files of this machine."""
    return re.sub("\x1b]8;[^\x1b]*\x1b\\\\", "", shown)


def _on_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command shows on a terminal of its own."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=ROOT)
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux: the other side has closed
            break
        shown += piece
    process.wait()
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
