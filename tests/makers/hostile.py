"""Functions that behave as a broken file would make a library behave; they run in the guarded child."""

import os
import signal
import socket
import threading
from typing import Any

from store.guarded import Unopenable


def use_memory(_data: bytes) -> int:
    return len(b"x" * (2 << 30))


def never_end(_data: bytes) -> None:
    threading.Event().wait()


def burn(_data: bytes) -> None:
    while True:
        pass


def abort(_data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGABRT)


def refuse(_data: bytes) -> None:
    raise Unopenable("encrypted", "has a password")


def break_down(_data: bytes) -> None:
    raise KeyError("sheet1.xml")


def give_code(_data: bytes) -> Any:
    return os.getcwd


def open_socket(_data: bytes) -> None:
    socket.socket()


def length(data: bytes) -> dict[str, int]:
    return {"length": len(data)}
