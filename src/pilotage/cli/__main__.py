"""``python -m pilotage.cli``, the same as ``pilotage``."""

import sys

from pilotage.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
