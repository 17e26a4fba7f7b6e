"""What waits for a person among imports: questions, check sheets, readings that stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.accounts.permissions import may
from irtysh.registries.imports.models import Import, State
from irtysh.registries.records.queues import Queue, Row, queue


def queues(user: Any) -> Iterator[Queue]:
    """Yield the imports that wait for those who import."""
    if not may(user, "import", "imports", user.side):
        return
    waiting = [one for one in Import.objects.waiting()[:200]
               if may(user, "import", "imports", one.side)]  # fmt: skip
    yield queue(
        "imports",
        _("Imports of data to go on with"),
        [Row(one.file, reverse("imports_one", args=(one.pk,)), str(State(one.state).label))
         for one in waiting],
        address=reverse("imports_list"),
    )  # fmt: skip
