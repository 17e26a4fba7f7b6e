"""A server of our own on this machine that behaves as publishers' servers do on bad days."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Publisher:
    """One file, and the moods of the server: each request consumes one, then it is well."""

    content: bytes = b""
    tag: str = '"v1"'
    moods: list[Callable[[BaseHTTPRequestHandler, Publisher], bool]] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        return [asked["path"] for asked in self.requests]


@contextmanager
def publishing(publisher: Publisher) -> Iterator[Publisher]:
    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {"path": self.path} | {
                name.lower(): text for name, text in self.headers.items()
            }
            publisher.requests.append(asked)
            if publisher.moods and publisher.moods.pop(0)(self, publisher):
                return
            whole(self, publisher)

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def whole(answer: BaseHTTPRequestHandler, publisher: Publisher) -> bool:
    """Answer as a server should: tag, range, 304, 416."""
    if answer.headers.get("If-None-Match") == publisher.tag:
        return status(304)(answer, publisher)
    start = 0
    asked = answer.headers.get("Range", "")
    if asked and answer.headers.get("If-Range") == publisher.tag:
        start = int(asked.removeprefix("bytes=").partition("-")[0])
        if start >= len(publisher.content):
            return status(416)(answer, publisher)
    head(answer, publisher, start)
    answer.wfile.write(publisher.content[start:])
    return True


def head(answer: BaseHTTPRequestHandler, publisher: Publisher, start: int = 0) -> None:
    total = len(publisher.content)
    answer.send_response(206 if start else 200)
    if start:
        answer.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
    answer.send_header("Content-Length", str(total - start))
    if publisher.tag:
        answer.send_header("ETag", publisher.tag)
    answer.end_headers()


def cut(after: int) -> Callable[[BaseHTTPRequestHandler, Publisher], bool]:
    """Promise the whole and drop the connection in the middle."""

    def mood(answer: BaseHTTPRequestHandler, publisher: Publisher) -> bool:
        head(answer, publisher)
        answer.wfile.write(publisher.content[:after])
        answer.wfile.flush()
        answer.close_connection = True
        return True

    return mood


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler, Publisher], bool]:
    def mood(answer: BaseHTTPRequestHandler, publisher: Publisher) -> bool:
        answer.send_response(code)
        for name, text in headers.items():
            answer.send_header(name.replace("_", "-"), text.format(address=publisher.address))
        answer.send_header("Content-Length", "0")
        answer.end_headers()
        return True

    return mood


def hangs_up() -> Callable[[BaseHTTPRequestHandler, Publisher], bool]:
    """Close the connection without a word."""

    def mood(answer: BaseHTTPRequestHandler, publisher: Publisher) -> bool:
        answer.close_connection = True
        return True

    return mood


def changed(content: bytes, tag: str) -> Callable[[BaseHTTPRequestHandler, Publisher], bool]:
    """Put another file in the place of this one, then answer as ever."""

    def mood(answer: BaseHTTPRequestHandler, publisher: Publisher) -> bool:
        publisher.content, publisher.tag = content, tag
        return False

    return mood
