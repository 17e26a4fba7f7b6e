"""Standing behind an initiative, and standing back."""

from __future__ import annotations

from django.db import transaction

from irtysh.accounts.models import User
from irtysh.registries.initiatives.models import Initiative, Support
from irtysh.registries.records.listing import grow
from irtysh.vocabulary.errors import IrtyshError


class SupportNeedsAnAccount(IrtyshError):
    """Somebody without an account wanted to support an initiative."""


@transaction.atomic
def support(*, initiative: Initiative, by: User) -> bool:
    """Write down a person's support; return False if it was there already.

    Raises SupportNeedsAnAccount for a visitor.
    """
    if not by.is_authenticated or not by.is_active:
        raise SupportNeedsAnAccount(id=initiative.code)
    _support, is_new = Support.objects.get_or_create(initiative=initiative, user=by)
    if is_new:
        grow()
    return is_new


@transaction.atomic
def stand_back(*, initiative: Initiative, by: User) -> bool:
    """Take a person's support back; return False if there was none."""
    gone, _kinds = Support.objects.filter(initiative=initiative, user_id=by.pk).delete()
    if gone:
        grow()
    return bool(gone)
