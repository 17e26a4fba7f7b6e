"""Published series: airline passengers (Box and Jenkins 1976) and the Nile (Cobb 1978)."""

from pathlib import Path

from irtysh.stats.quantity import Quantity

_GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def series(name):
    """Return the numbers of a golden file, row by row."""
    text = (_GOLDEN / f"{name}.csv").read_text("utf-8")
    return [Quantity.exactly(int(cell)) for row in text.split() for cell in row.split(",")]
