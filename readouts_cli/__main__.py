"""`python -m readouts_cli` is the same as `readouts`."""

import sys

from readouts_cli.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
