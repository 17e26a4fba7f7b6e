"""Periods as publishers of trade write them."""

from __future__ import annotations

import re
from functools import partial

from irtysh.vocabulary.errors import NotAPeriod

_form = partial(re.compile, flags=re.ASCII)  # digits of other scripts would stay in the code
_FORMS = (
    (_form(r"(?P<y>\d{4})(?:\.0)?"), "A"),
    (_form(r"(?P<y>\d{4})[-_ ]?M?(?P<m>0[1-9]|1[0-2])"), "M"),
    (_form(r"(?P<y>\d{4})-?M(?P<m>[1-9])"), "M"),
    (_form(r"(?P<m>0?[1-9]|1[0-2])[/.](?P<y>\d{4})"), "M"),
    (_form(r"(?P<y>\d{4})-?Q(?P<q>[1-4])"), "Q"),
    (_form(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-01(?:[T ]00:00:00(?:\.0+)?)?"), "M"),
    (_form(r"01\.(?P<m>0[1-9]|1[0-2])\.(?P<y>\d{4})"), "M"),
    (_form(r"(?P<y>\d{4})(?P<m>0[1-9]|1[0-2])01"), "M"),
)


def moment(text: str) -> tuple[str, str]:
    """Return (frequency, period) of a text: "202104" → ("M", "2021-04").

    A first day of a month stands for the month, as customs files write it. Raises NotAPeriod.
    """
    cleaned = text.strip()
    for form, freq in _FORMS:
        found = form.fullmatch(cleaned)
        if not found:
            continue
        year = found["y"]
        if not 1900 <= int(year) <= 2100:
            break
        if freq == "M":
            return freq, f"{year}-{int(found['m']):02d}"
        return freq, f"{year}-Q{found['q']}" if freq == "Q" else year
    raise NotAPeriod(text=text, kind="A, Q, M")
