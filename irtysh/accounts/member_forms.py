"""Forms of a person's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.models import Language, User
from irtysh.accounts.public_forms import HumanForm
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_NAME_LENGTH = 150


def refusal(error: IrtyshError) -> forms.ValidationError:
    """Return an error as a form says it, in the language of the page."""
    return forms.ValidationError(
        explain(error, (get_language() or settings.LANGUAGE_CODE)[:2]), code=error.code
    )


class SignInForm(AuthenticationForm):
    """Name and password, with the reason where signing in is closed for a while."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": _(
            "Name and password do not fit together. Mind capital letters and the layout of the"
            " keyboard."
        ),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-mail address or name of the account")
        self.fields["password"].label = _("Password")

    @property
    def is_locked(self) -> bool:
        """True if nothing was checked, because too much was tried before."""
        return getattr(self.request, "sign_in_refused", None) is not None

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Return what went wrong."""
        refused = getattr(self.request, "sign_in_refused", None)
        if isinstance(refused, IrtyshError):
            return refusal(refused)
        return super().get_invalid_login_error()


class JoinForm(HumanForm):
    """An address that wants an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AskPasswordForm(JoinForm):
    """An address whose password was forgotten."""


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password once more")
        # Django's own help is a list in HTML; a form of ours shows text.
        self.fields["new_password1"].help_text = " ".join(
            str(text) for text in password_validators_help_texts()
        )
        self.fields["new_password2"].help_text = ""


class FinishJoiningForm(NewPasswordForm):
    """How to call a person, and the first password."""

    name = forms.CharField(
        label=_("What to call you"),
        max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "new_password1", "new_password2")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password2"].label = _("Password once more")


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(
        label=_("What to call you"),
        max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=Language.choices)


class OwnPasswordForm(forms.Form):
    """The password once more, before something that cannot be undone."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a password that is not the person's."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."), code="wrong")
        return password


class ChangePasswordForm(OwnPasswordForm, NewPasswordForm):
    """The password, and a new one."""

    field_order = ("password", "new_password1", "new_password2")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        NewPasswordForm.__init__(self, user, *args, **kwargs)


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )
