"""Pictures of charts, drawn by a process of their own: the renderer's memory is given back."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import lru_cache

_ONE_AT_A_TIME = threading.Lock()
_PATIENCE = 20.0
_PROGRAM = (
    "import sys; from irtysh.indicators.charts import pixels; "
    "sys.stdout.buffer.write(pixels(sys.stdin.read()))"
)


def picture_of(drawing: str) -> bytes | None:
    """Return a standing-alone SVG as PNG; None where it could not be drawn in time."""
    try:
        return _rendered(drawing)
    except (TimeoutError, subprocess.SubprocessError):
        return None


@lru_cache(maxsize=16)
def _rendered(drawing: str) -> bytes:
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise TimeoutError
    try:
        return subprocess.run(  # noqa: S603 (our own program, the drawing comes by stdin)
            [sys.executable, "-c", _PROGRAM],
            input=drawing.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
        ).stdout
    finally:
        _ONE_AT_A_TIME.release()
