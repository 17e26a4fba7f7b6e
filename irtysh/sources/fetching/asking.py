"""One question to a server: HTTPS only, redirects followed, the key kept to its own host."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from irtysh import __version__
from irtysh.vocabulary.errors import IrtyshError

_REDIRECTS = 5
_TIMEOUT = 60


class FetchRefused(IrtyshError):
    """A server does not give what was asked for."""


class AddressNotSafe(IrtyshError):
    """An address, or one it leads to, is not HTTPS."""


@contextmanager
def answer(
    address: str, headers: Mapping[str, str]
) -> Iterator[tuple[http.client.HTTPResponse, str]]:
    """Ask and follow redirects; the key stays with the host it was meant for."""
    host = urlsplit(address).netloc
    is_local = urlsplit(address).scheme == "http"
    for _ in range(_REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme == "http" and not is_local:  # nobody leads us to this machine
            raise AddressNotSafe(address=shown(address))
        sent = {"User-Agent": f"irtysh/{__version__}", "Accept-Encoding": "identity"}
        sent |= headers if parts.netloc == host else _without_key(headers)
        connection = _connection(address)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers=sent)
            response = connection.getresponse()
            location = response.headers.get("Location", "")
            if response.status not in (301, 302, 303, 307, 308) or not location:
                yield response, address
                return
        finally:
            connection.close()
        address = urljoin(address, location)
    raise FetchRefused(address=shown(address), status="3xx", reason=f"> {_REDIRECTS}")


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=_TIMEOUT)
    if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT)
    raise AddressNotSafe(address=shown(address))


def _without_key(headers: Mapping[str, str]) -> dict[str, str]:
    plain = ("accept", "range", "if-range", "if-none-match", "if-modified-since")
    return {name: value for name, value in headers.items() if name.lower() in plain}


def retry_after(response: http.client.HTTPResponse) -> float | None:
    said = response.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def shown(address: str) -> str:
    """Return as much of an address as a sentence bears."""
    return address[:300]
