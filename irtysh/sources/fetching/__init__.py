"""Fetching from publishers: an address, a download that goes on where it stopped, a snapshot."""

from irtysh.sources.fetching.addresses import Address, address, addresses
from irtysh.sources.fetching.fetch import Kept, KeyMissing, fetch

__all__ = ["Address", "Kept", "KeyMissing", "address", "addresses", "fetch"]
