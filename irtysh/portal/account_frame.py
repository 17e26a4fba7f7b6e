"""What all pages of a person's own account share: their frame, and the question who it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from irtysh.accounts import second_factor
from irtysh.portal.reading import reading_of

View = Callable[..., HttpResponse]


def shown(request: HttpRequest, template: str, status: int = 200, **page: Any) -> HttpResponse:
    """Return a page of templates/account, in the frame of the portal."""
    return render(
        request,
        f"account/{template}.html",
        {"reading": reading_of(request), "page": page},
        status=status,
    )


def status_of(form: forms.Form) -> int:
    """Return the status of a page whose form was sent and refused, or only shown."""
    return 422 if form.is_bound else 200


def own(view: View) -> View:
    """Give a view to people who are signed in; send others to sign in first."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_factor.awaits(request):
            return redirect(with_next("portal:account-code", request.path))
        if not request.user.is_authenticated:
            return redirect(with_next("portal:account-sign-in", request.path))
        return view(request, *args, **kwargs)

    return never_cache(sensitive_post_parameters()(wrapped))


def with_next(name: str, target: str) -> str:
    """Return the address of a page that leads on to another afterwards."""
    return f"{reverse(name)}?{urlencode({'next': target})}"
