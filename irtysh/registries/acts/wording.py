"""How an act stands, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from irtysh.registries.acts.rules import Standing
from irtysh.registries.records.showing import day_words


def why(standing: Standing) -> str:
    """Return the rule that decided, as a sentence in the language of the screen."""
    since = day_words(standing.since)
    if standing.reason == "ended_by":
        ended = _("ended on %(day)s") % {"day": since} if since else _("the day is not known")
        return _("Another act ended it: %(ended)s.") % {"ended": ended}
    if standing.reason == "interval" and standing.status == "expired":
        return _("Its term ended: %(day)s.") % {"day": since}
    if standing.reason == "interval":
        return _("Its term begins: %(day)s.") % {"day": since}
    if standing.reason == "before":
        return _("It was adopted later: %(day)s.") % {"day": since}
    if standing.reason == "checked":
        return _("Somebody looked on %(day)s.") % {"day": since}
    if standing.reason == "stated" and since:
        return _("So its source stated for %(day)s.") % {"day": since}
    if standing.reason == "stated":
        return _("So its source states, without a day.")
    return _("Nobody has looked yet: this says nothing about its force.")
