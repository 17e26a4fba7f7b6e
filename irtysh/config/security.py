"""The Content-Security-Policy of every answer: strict for readers, wider for the back office."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

# What Wagtail's own screens need and a reader's page must never have: inline scripts (menus and
# editor start-up data), inline styles (the rich text editor), pictures made in the browser
# (blob:) and its own preview in a frame. Nothing from another host in either.
ADMIN = PUBLIC | {
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}


def written(policy: dict[str, str]) -> str:
    """Return a policy as the value of its header."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


class ContentSecurityPolicy:
    """Add the policy to each answer that a view has not given one of its own.

    The header X-Frame-Options says the same as frame-ancestors to browsers that know no policy:
    only the back office may be framed, by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.public = written(PUBLIC)
        self.admin = written(ADMIN)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_admin = request.path.startswith(settings.CONTENT_SECURITY_POLICY_ADMIN_PATHS)
        response.headers.setdefault(
            "Content-Security-Policy", self.admin if is_admin else self.public
        )
        if is_admin:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
