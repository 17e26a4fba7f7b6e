"""`python -m irtysh.console` is the `irtysh` command."""

from __future__ import annotations

import sys

from irtysh.console.main import main

if __name__ == "__main__":
    sys.exit(main())
