"""What a person's browser sends with a public form."""

from __future__ import annotations

from irtysh.accounts.public_forms import signed_now


def human(seconds: int = 60, **fields: object) -> dict[str, object]:
    """Return the data of a form that was open for so many seconds."""
    return {"homepage": "", "opened_at": signed_now(seconds), **fields}
