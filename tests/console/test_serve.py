"""A port belongs to one portal."""

from __future__ import annotations

import socket

import pytest

from irtysh.console.serve import PortNotOurs, PortTaken, refuse_taken


@pytest.mark.parametrize("shares", [False, True])
def test_a_port_that_somebody_listens_on_is_refused(shares: bool) -> None:
    with socket.socket() as other:
        if shares:  # as web servers do, to run several workers
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            refuse_taken("127.0.0.1", port)
        assert refused.value.params == {"host": "127.0.0.1", "port": str(port)}
    refuse_taken("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortNotOurs):
        refuse_taken("192.0.2.1", 8000)


def test_the_command_says_so_in_words(irtysh) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, _out, said = irtysh("serve", "--port", str(other.getsockname()[1]), "--lang", "en")
    assert code == 3
    assert "--port" in said
