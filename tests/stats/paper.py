"""The published table of the first case and what is known of its totals (millions of dollars)."""

from irtysh.stats.quantity import Quantity

PRINTED = {
    2013: "19.3 12.4 47.3 103 17 56.1 1.8 10.4 42.1 121 10.6".split(),
    2017: "22.8 12.4 30.4 39.4 9.7 26.8 9.7 6.9 22.8 69.5 8.4".split(),
    2020: "37.2 25.8 46.9 21.1 21 31.1 4.4 10.4 23 96.2 7.7".split(),
    2022: "45.2 31.4 45.4 24.3 22.4 29.9 4.3 9.8 25.1 98.3 8.9".split(),
}
CODES = "I II IV V VI VII IX XIII XV XVI XVII".split()
TABLE = {year: [Quantity.rounded(one) for one in row] for year, row in PRINTED.items()}
FLOATS = {year: [float(one) for one in row] for year, row in PRINTED.items()}
BROAD = {"agro": [0, 1, 2], "materials": [3, 4, 5, 6, 7, 8], "machines": [9, 10]}


def near(quantity, expected, places):
    """Compare a point with a number printed to so many places."""
    assert round(float(quantity.point), places) == expected, quantity
    assert quantity.low <= quantity.point <= quantity.high


def exact(*values):
    return [Quantity.exactly(value) for value in values]
