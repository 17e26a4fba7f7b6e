"""A file over HTTP: resumed where it was cut, asked for again when the server is busy.

A part that lies on the disk is continued only if the server confirms (If-Range with the tag or
the date it gave) that the file is still the same; else it is fetched from the beginning.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from irtysh.sources.fetching.asking import AddressNotSafe, FetchRefused, answer, retry_after, shown
from irtysh.sources.fetching.part import FetchAtWork, Part, alone
from irtysh.vocabulary.errors import IrtyshError, TooLarge

__all__ = [
    "AddressNotSafe",
    "FetchAtWork",
    "FetchGivenUp",
    "FetchRefused",
    "Fetched",
    "Tries",
    "download",
]

_CHUNK = 1 << 16
_LONGEST_WAIT = 120.0
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
GIBIBYTE = 2**30


class FetchGivenUp(IrtyshError):
    """A server was busy or a connection broke too many times; the part is kept."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How patiently a file is asked for.

    Attributes
    ----------
    most : int
        Attempts without progress before giving up; an attempt that brought bytes does not count.
    first_wait : float
        Seconds before the second attempt; doubled for each further one.
    wait : callable
        Sleeps.
    """

    most: int = 6
    first_wait: float = 1.0
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking.

    Attributes
    ----------
    is_new : bool
        False if the server says that the file is the one known (304).
    tag, modified : str
        ETag and Last-Modified, to ask with the next time.
    address : str
        Where the file was found in the end.
    """

    is_new: bool
    tag: str = ""
    modified: str = ""
    address: str = ""


def download(
    address: str,
    part: Path,
    *,
    headers: Mapping[str, str] | None = None,
    known: Fetched | None = None,
    limit: int = 8 * GIBIBYTE,
    tries: Tries | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fetched:
    """Fetch a file into ``part``, continuing what is already there.

    Parameters
    ----------
    address : str
    part : Path
        Complete when this returns ``is_new``; kept when it raises, so that the next call goes on.
    headers : dict, optional
        Sent with every request to the address's own host, the key among them.
    known : Fetched, optional
        What is had already: the server may answer that nothing has changed.
    limit : int
        Most bytes.
    tries : Tries, optional
    progress : callable, optional
        Told bytes had and bytes in all (-1 if the server does not say).

    Raises
    ------
    FetchRefused, FetchGivenUp, FetchAtWork, AddressNotSafe, TooLarge
    """
    patience = tries or Tries()
    part.parent.mkdir(parents=True, exist_ok=True)
    with alone(part):
        piece = Part(part)
        piece.recall() if part.exists() else piece.restart()
        failures, problem = 0, ""
        while failures < patience.most:
            before = piece.size
            try:
                return _once(address, piece, headers or {}, known, limit, progress)
            except _TryAgain as again:
                problem, asked = again.problem, again.after
            except (OSError, http.client.HTTPException) as broken:
                problem, asked = type(broken).__name__, None
            failures = 1 if piece.size > before else failures + 1
            if failures < patience.most:
                wait = patience.first_wait * 2 ** (failures - 1) if asked is None else asked
                patience.wait(min(wait, _LONGEST_WAIT))
        raise FetchGivenUp(
            address=shown(address), tries=str(patience.most), problem=problem, had=str(piece.size)
        )


class _TryAgain(Exception):
    def __init__(self, problem: str, after: float | None = None) -> None:
        super().__init__(problem)
        self.problem, self.after = problem, after


def _once(
    address: str,
    piece: Part,
    headers: Mapping[str, str],
    known: Fetched | None,
    limit: int,
    progress: Callable[[int, int], None] | None,
) -> Fetched:
    asked = dict(headers)
    size = piece.size
    if size and piece.validator:
        asked |= {"Range": f"bytes={size}-", "If-Range": piece.validator}
    elif size:
        piece.restart()  # nothing to prove that the rest would belong to it
        size = 0
    if not size and known and known.tag:
        asked["If-None-Match"] = known.tag
    elif not size and known and known.modified:
        asked["If-Modified-Since"] = known.modified
    with answer(address, asked) as (response, final):
        if response.status == 304 and known and not size:
            piece.path.unlink(missing_ok=True)
            piece.done()
            return Fetched(False, known.tag, known.modified, final)
        if response.status == 416:
            if piece.total != size:
                piece.restart()
                raise _TryAgain("HTTP 416", 0.0)
        elif response.status in (200, 206):
            _write(response, piece, limit, progress)
        elif response.status in _BUSY:
            raise _TryAgain(f"HTTP {response.status}", retry_after(response))
        else:
            raise FetchRefused(
                address=shown(final), status=str(response.status), reason=response.reason or ""
            )
    found = Fetched(True, piece.tag, piece.modified, final)
    piece.done()
    return found


def _write(
    response: http.client.HTTPResponse,
    piece: Part,
    limit: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Write the body behind the part, or over it; raises _TryAgain if it ends too early."""
    start, total = _extent(response)
    if response.status == 206 and (start != piece.size or piece.total not in (-1, total)):
        piece.restart()
        raise _TryAgain("Content-Range", 0.0)
    if total > limit:
        raise TooLarge(what="file_bytes", found=str(total), limit=str(limit))
    if response.status == 200:
        piece.restart()
        piece.begin(
            response.headers.get("etag", ""), response.headers.get("Last-Modified", ""), total
        )
    had = piece.size
    with piece.path.open("ab") as stream:
        while block := _read(response):
            had += len(block)
            if had > limit:
                raise TooLarge(what="file_bytes", found=f"> {limit}", limit=str(limit))
            stream.write(block)
            if progress:
                progress(had, total)
    if total >= 0 and had != total:
        if had > total:
            piece.restart()
        raise _TryAgain(f"{had} ≠ {total}")


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(_CHUNK)
    except http.client.IncompleteRead as cut:
        return cut.partial


def _extent(response: http.client.HTTPResponse) -> tuple[int, int]:
    """Return where the body begins and how long the whole file is (-1: not said)."""
    if response.status == 206:
        said = response.headers.get("Content-Range", "")
        span, _, total = said.removeprefix("bytes ").partition("/")
        first = span.partition("-")[0]
        if not first.isdecimal():
            return -1, -1
        return int(first), int(total) if total.isdecimal() else -1
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() else -1
