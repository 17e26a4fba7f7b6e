"""Where a request comes from."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_IPV6_NEIGHBOURS = 64
"""Bits of an IPv6 address that name a household or an office; the rest its devices choose."""


def client_address(request: HttpRequest) -> str:
    """Return the address of the visitor's end of the line; "" where none is known.

    The header that a server in front adds is believed only if the settings say that there is
    one, and only its last entry: the others are what the visitor wrote.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if getattr(settings, "IRTYSH_BEHIND_PROXY", False):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        address = forwarded or address
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def neighbourhood(address: str) -> str:
    """Return what limits of frequency count by: an IPv4 address, the first half of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(IPv6Address(int(known) >> _IPV6_NEIGHBOURS << _IPV6_NEIGHBOURS))
    return str(known)
