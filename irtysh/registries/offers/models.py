"""Offers and requests of organisations, who may speak for them, and who wrote to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.models import Language
from irtysh.registries.offers import rules
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault


class OfferQuerySet(models.QuerySet["Offer"]):
    """Many offers."""

    def current(self, today: date) -> OfferQuerySet:
        """Return those published whose last day is not over."""
        return self.filter(live=True, status=rules.PUBLISHED, expires_on__gte=today.isoformat())

    def moderated(self) -> OfferQuerySet:
        """Return those that wait for a moderator."""
        return self.filter(status=rules.MODERATION).order_by("changed_at")

    def expiring(self, today: date, until: date) -> OfferQuerySet:
        """Return current ones whose last day is ``until`` at the latest."""
        return self.current(today).filter(expires_on__lte=until.isoformat()).order_by("expires_on")

    def matching(self, offer: Offer, today: date) -> list[tuple[Offer, rules.Match]]:
        """Return what of the other side fits an offer, the closest first."""
        others = self.current(today).filter(kind=rules.OTHER_KIND.get(offer.kind, ""))
        others = others.exclude(side__in=("", offer.side)).prefetch_related("products")
        known = {one.code: one for one in others}
        wanted = [one.wanted(today) for one in known.values()]
        return [(known[one.key], fit) for one, fit in rules.best(offer.wanted(today), wanted)]


@keeps("offers")
class Offer(Record):
    """What an organisation offers or asks for."""

    managed = ("status",)
    objects = OfferQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("offer or request")
        verbose_name_plural = _("offers and requests")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=rules.PUBLISHED) | (Q(published_on__gt="", expires_on__gt="")),
                name="offer_published_until_a_day",
                violation_error_message=_("A published offer has a first and a last day."),
            ),
            models.CheckConstraint(
                condition=Q(published_on="") | Q(expires_on="")
                | Q(expires_on__gte=F("published_on")),
                name="offer_ends_after_its_start",
                violation_error_message=_("The last day of an offer lies before its first."),
            ),
        ]  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; readers see an offer only while it is published.

        Forms, reviews and tables can make any record public; an offer needs its moderator, and
        one that was withdrawn or has expired must not come back by another door.
        """
        if kwargs.get("update_fields") is None:
            self.live = self.live and self.status == rules.PUBLISHED
        super().save(*args, **kwargs)

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield also what forms and tables must not do: skip a state, invent a code of goods."""
        yield from super().faults(resolves)
        file = f"offers/{self.code}"
        before = Offer.objects.filter(pk=self.pk).values_list("status", flat=True).first()
        if before and not rules.is_one_step(before, self.status):
            known = codelist("offer_statuses")
            said = {"before": known[before].name, "after": known[self.status].name}
            yield Fault("StateSkipped", file, 0, "status", said)
        for line, row in enumerate(self.products.all(), start=1):
            try:
                rules.check_hs(row.hs or "01")
            except rules.HsCodeUnknown:
                yield Fault("HsCodeUnknown", file, line, "products.hs", {"code": row.hs})
        if not rules.is_short_enough(self.published_on, self.expires_on):
            yield Fault("TermTooLong", file, 0, "expires_on", {"days": rules.LONGEST})

    def is_current(self, today: date) -> bool:
        """Return True while it is published and its last day is not over."""
        return self.live and rules.is_current(self.status, self.expires_on, today)

    @property
    def last_day(self) -> date | None:
        """Its last day, for letters and screens; None where it is not known to the day."""
        full = len("2024-05-31")
        return date.fromisoformat(self.expires_on) if len(self.expires_on) == full else None

    def state_on(self, today: date) -> str:
        """Return its state on a day."""
        return rules.state_on(self.status, self.expires_on, today)

    def wanted(self, today: date) -> rules.Wanted:
        """Return what matching asks of it."""
        return rules.Wanted(
            key=self.code,
            kind=self.kind,
            side=self.side,
            organisation=str(self.organisation_id or ""),
            hs=tuple(row.hs for row in self.products.all() if row.hs),
            activities=tuple(self.activities),
            territories=tuple(self.territories),
            languages=tuple(self.languages),
            is_current=self.is_current(today),
        )

    def answering(self, today: date) -> rules.Answering:
        """Return how the organisation answers enquiries about all its offers."""
        same = Q(offer=self)
        if self.organisation_id:
            same |= Q(offer__organisation=self.organisation_id)
        days = Interest.objects.filter(same).values_list("asked_on", "answered_on")
        return rules.answering(days, today)

    def renewals(self) -> int:
        """Return how often it was renewed since a moderator last looked at it."""
        count = 0
        for kind in self.steps.order_by("-at", "-pk").values_list("kind", flat=True):
            if kind == OfferStepKind.PUBLISH:
                break
            count += kind == OfferStepKind.RENEW
        return count

    def last_words(self) -> str:
        """Return the reason of the last refusal; empty where the last look was no refusal."""
        looks = (OfferStepKind.PUBLISH, OfferStepKind.REJECT)
        last = self.steps.filter(kind__in=looks).order_by("-at", "-pk").first()
        return last.text if last is not None and last.kind == OfferStepKind.REJECT else ""

    def more_facets(self) -> dict[str, list[str]]:
        """Narrow by chapters of goods and by working languages, too."""
        chapters = sorted({row.hs[:2] for row in self.products.all() if row.hs})
        return {"chapter": chapters, "language": list(self.languages)}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        if facet not in ("chapter", "language"):
            return super().facet_label(facet, language)
        with override(language):
            return gettext("Goods") if facet == "chapter" else gettext("Working language")

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "chapter":
            return f"{value} {code_name('hs_chapters', value, language)}"
        if facet == "language":
            with override(language):
                names = {
                    "ru": gettext("Russian"),
                    "kk": gettext("Kazakh"),
                    "en": gettext("English"),
                }
            return names.get(value, value)
        return super().facet_value_label(facet, value, language)

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the offer as schema.org's Offer, a request as its Demand; no contact."""
        is_offer = self.kind == "offer"
        found = super().json_ld(language, address) | {"@type": "Offer" if is_offer else "Demand"}
        if self.published_on:
            found["availabilityStarts"] = self.published_on
        if self.expires_on:
            found["availabilityEnds"] = self.expires_on
        if is_offer and self.organisation is not None:  # schema.org gives a Demand no buyer
            name = self.organisation.title_in(language)
            found["seller"] = {"@type": "Organization", "name": name}
        goods = [
            {"@type": "Product", "name": row.text_or_other("name", language)[0],
             "category": f"HS {row.hs}" if row.hs else ""}
            for row in self.products.all()
        ]  # fmt: skip
        if goods:
            found["itemOffered"] = goods
        if self.territories:
            found["eligibleRegion"] = [
                code_name("areas", one, language) for one in self.territories
            ]
        return {name: value for name, value in found.items() if value}


class OrganisationContactQuerySet(models.QuerySet["OrganisationContact"]):
    """Many claims to speak for an organisation."""

    def waiting(self) -> OrganisationContactQuerySet:
        """Return those that no moderator has confirmed."""
        return self.filter(confirmed_on__isnull=True).order_by("asked_on", "pk")


class OrganisationContact(models.Model):
    """That a person speaks for an organisation, once a moderator has confirmed it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_contacts",
        verbose_name=_("person"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts",
        verbose_name=_("organisation"),
    )  # fmt: skip
    position = models.CharField(_("position"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("confirmed by"),
    )  # fmt: skip

    objects = OrganisationContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of an organisation")
        verbose_name_plural = _("people of organisations")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="speaks_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_on__isnull=False),
                name="speaker_confirmed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class OfferContact(models.Model):
    """Who answers for an offer. Private: letters go there, pages never show it."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="contact")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE,
        related_name="offer_contacts", verbose_name=_("person"),
    )  # fmt: skip
    email = models.EmailField(_("e-mail address"), blank=True)
    """Of somebody without an account; a person's own address is asked of the account."""
    language = models.CharField(_("language of letters"), max_length=2, choices=Language)

    class Meta:
        verbose_name = _("contact of an offer")
        verbose_name_plural = _("contacts of offers")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | Q(user__isnull=True, email__gt=""),
                name="offer_contact_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.offer_id}"

    @property
    def address(self) -> str:
        """Where letters go; empty for a person without an address."""
        return self.user.email if self.user is not None else self.email


class OfferStepKind(models.TextChoices):
    """What was done with an offer."""

    SUBMIT = "submit", _("sent to the moderator")
    PUBLISH = "publish", _("published")
    REJECT = "reject", _("rejected")
    RENEW = "renew", _("renewed")
    EXPIRE = "expire", _("expired")
    WITHDRAW = "withdraw", _("taken back")


class OfferStep(models.Model):
    """One step of an offer: what, when, by whom, why."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=OfferStepKind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    text = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("step of an offer")
        verbose_name_plural = _("steps of offers")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OfferStepKind.REJECT) | Q(text__gt=""),
                name="offer_rejected_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


def new_token() -> str:
    """Return what nobody can guess: 192 bits."""
    return secrets.token_urlsafe(24)


class InterestQuerySet(models.QuerySet["Interest"]):
    """Many enquiries."""

    def unanswered(self, before: date | None = None) -> InterestQuerySet:
        """Return those without an answer, asked before a day."""
        waiting = self.filter(answered_on__isnull=True, forgotten_on__isnull=True)
        if before is not None:
            waiting = waiting.filter(asked_on__lt=before)
        return waiting.order_by("asked_on", "pk")

    def of(self, offers: Iterable[Offer]) -> InterestQuerySet:
        """Return those about some offers, the newest first."""
        return self.filter(offer__in=list(offers)).order_by("-asked_on", "-pk")


class Interest(models.Model):
    """An enquiry about an offer. Its days stay; person and words are deleted on schedule."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="interests")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    forgotten_on = models.DateField(_("personal data deleted on"), null=True, blank=True)
    addresses_shared = models.BooleanField(_("addresses exchanged"), default=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="interest_answered_after_asking",
            ),
            models.CheckConstraint(
                condition=Q(addresses_shared=False) | Q(answered_on__isnull=False),
                name="interest_shared_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk} ({self.asked_on})"

    def is_late(self, today: date) -> bool:
        """Return True if it has waited for longer than the target."""
        return self.answered_on is None and (today - self.asked_on).days > rules.REPLY_TARGET


class Enquirer(models.Model):
    """Who wrote, and the words of both; deleted on schedule."""

    interest = models.OneToOneField(Interest, on_delete=models.CASCADE, related_name="enquirer")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"))
    text = models.TextField(_("words"))
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("enquirer")
        verbose_name_plural = _("enquirers")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.interest_id}"
