"""Forms of offers: one's own, an enquiry, its answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from irtysh.accounts.public_forms import HumanForm
from irtysh.registries.offers import rules
from irtysh.registries.offers.actions import Drafted
from irtysh.registries.offers.models import Offer
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.codes import choices, language_now, side_of_area
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import explain

_ROWS_OF_GOODS = 3
_LONGEST = 5000


class _OrganisationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title_in(language_now()))


def _area(label: Any, rows: int, **more: Any) -> forms.CharField:
    attrs = {"rows": rows}
    return forms.CharField(
        label=label, max_length=_LONGEST, widget=forms.Textarea(attrs=attrs), **more
    )


def _several(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, **more)


class OfferForm(forms.Form):
    """What an organisation offers or looks for, written in the language of the page."""

    kind = forms.ChoiceField(label=gettext_lazy("Offer or request"), widget=forms.RadioSelect)
    organisation = _OrganisationField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    name = forms.CharField(
        label=gettext_lazy("In one line"),
        max_length=200,
        help_text=gettext_lazy("For example: seed wheat, 500 t, delivery to the border."),
    )
    summary = _area(gettext_lazy("In a few sentences"), 5)
    terms = _area(
        gettext_lazy("Terms"),
        3,
        required=False,
        help_text=gettext_lazy("Quantity, delivery, payment. No telephone and no e-mail address."),
    )
    activities = _several(
        gettext_lazy("Activities"),
        widget=forms.SelectMultiple(attrs={"size": 7}),
        help_text=gettext_lazy("Several with the Ctrl key held down."),
    )
    territories = _several(
        gettext_lazy("Territories it is about"), widget=forms.SelectMultiple(attrs={"size": 5})
    )
    languages = _several(gettext_lazy("Working languages"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(
        label=gettext_lazy("Until when"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, organisations: Any, offer: Offer | None = None, **kwargs: Any):
        kwargs.setdefault("initial", _initial(offer))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = choices("offer_kinds")
        fields["organisation"].queryset = organisations
        activities = codelist("activities")
        fields["activities"].choices = [
            (code, f"{code} {activities[code].name[language_now()]}") for code in activities
        ]
        fields["territories"].choices = [
            (code, name) for code, name in choices("areas") if side_of_area(code)
        ]
        fields["languages"].choices = [
            ("ru", _("Russian")), ("kk", _("Kazakh")), ("en", _("English"))
        ]  # fmt: skip
        latest = timezone.localdate() + timedelta(days=rules.LONGEST)
        fields["until"].help_text = _("At most %(days)s days; renewed in one click.") % {
            "days": rules.LONGEST
        }
        fields["until"].widget.attrs |= {
            "min": timezone.localdate().isoformat(),
            "max": latest.isoformat(),
        }
        for number in range(1, _ROWS_OF_GOODS + 1):
            fields[f"goods_{number}"] = forms.CharField(
                label=_("Goods or service %(n)s") % {"n": number}, max_length=200, required=False
            )
            fields[f"hs_{number}"] = forms.CharField(
                label=_("HS code"), max_length=14, required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip

    def goods(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of goods, name and code."""
        rows = range(1, _ROWS_OF_GOODS + 1)
        return [(self[f"goods_{number}"], self[f"hs_{number}"]) for number in rows]

    def clean(self) -> dict[str, Any] | None:
        """Check the codes of goods where they were typed."""
        cleaned = super().clean()
        for number in range(1, _ROWS_OF_GOODS + 1):
            code = self.cleaned_data.get(f"hs_{number}", "")
            if code:
                try:
                    self.cleaned_data[f"hs_{number}"] = rules.check_hs(code)
                except rules.HsCodeUnknown as error:
                    self.add_error(f"hs_{number}", explain(error, language_now()))
        return cleaned

    def drafted(self) -> Drafted:
        """Return what was filled in."""
        said, language = self.cleaned_data, language_now()
        goods = [
            (said[f"hs_{number}"], {language: said[f"goods_{number}"].strip()})
            for number in range(1, _ROWS_OF_GOODS + 1)
            if said[f"hs_{number}"] or said[f"goods_{number}"].strip()
        ]
        return Drafted(
            kind=said["kind"],
            organisation=said["organisation"],
            texts={f"{name}_{language}": said[name] for name in ("name", "summary", "terms")},
            products=tuple(goods),
            activities=tuple(said["activities"]),
            territories=tuple(said["territories"]),
            languages=tuple(said["languages"]),
            until=said["until"],
        )


def _initial(offer: Offer | None) -> dict[str, Any]:
    usual = timezone.localdate() + timedelta(days=rules.USUAL)
    if offer is None:
        return {"kind": "offer", "languages": [language_now()], "until": usual.isoformat()}
    language = language_now()
    found: dict[str, Any] = {
        "kind": offer.kind,
        "organisation": offer.organisation_id,
        "activities": offer.activities,
        "territories": offer.territories,
        "languages": offer.languages,
        "until": _still_ahead(offer.expires_on) or usual.isoformat(),
    }
    for name in ("name", "summary", "terms"):
        found[name] = offer.text_or_other(name, language)[0]
    for number, row in enumerate(offer.products.all()[:_ROWS_OF_GOODS], start=1):
        found[f"goods_{number}"] = row.text_or_other("name", language)[0]
        found[f"hs_{number}"] = row.hs
    return found


def _still_ahead(day: str) -> str:
    return day if day >= timezone.localdate().isoformat() else ""


class EnquiryForm(HumanForm):
    """An enquiry to the owner of an offer, who does not see the address."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Your organisation"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for the answer"),
        help_text=gettext_lazy(
            "Not shown until you are answered; deleted 90 days after the answer."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = _area(gettext_lazy("What do you want to know?"), 6)


class ReplyForm(forms.Form):
    """The owner's answer."""

    text = _area(gettext_lazy("Your answer"), 6)
    share = forms.BooleanField(
        label=gettext_lazy("Exchange addresses: both of us may see the other’s e-mail address"),
        required=False,
        initial=True,
    )


class SpeakerForm(forms.Form):
    """For which organisation somebody wants to speak."""

    organisation = _OrganisationField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    position = forms.CharField(
        label=gettext_lazy("Your position there"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Organisation.objects.filter(live=True).exclude(side="")
        self.fields["organisation"].queryset = found.order_by("code")  # type: ignore[attr-defined]
