"""Runs a function on foreign bytes in a child process with bounded memory, CPU and time.

Opening a stranger's file can abort a process outright (a 4 kB spreadsheet asks for 512 GiB), so no importer and no
mail reader opens one in its own process. The child stays warm between calls; when it dies, the next call starts another.
It answers with plain values only (numbers, texts, dates, lists, dictionaries), never with objects that run code when read.
"""

import atexit
import datetime as dt
import decimal
import io
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

_HEADER = 8  # bytes that tell the length of what follows
_TASKS_A_CHILD = 500  # a library that leaks a little never leaks much
_PLAIN = {
    ("datetime", "date"): dt.date,
    ("datetime", "datetime"): dt.datetime,
    ("datetime", "time"): dt.time,
    ("datetime", "timedelta"): dt.timedelta,
    ("decimal", "Decimal"): decimal.Decimal,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use for one call: bytes of address space, seconds of CPU, seconds on the wall clock."""

    memory: int = 1 << 30
    cpu_seconds: int = 10
    wall_seconds: float = 20.0


LIMITS = Limits()


class Unopenable(Exception):
    """The bytes could not be opened. `reason`: broken, encrypted, macros, too-large, too-slow, crashed, or a function's own."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _PLAIN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not a plain value") from None


class _Child:
    """One warm worker; `call` is not safe for several threads at once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.calls = 0
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            [sys.executable, "-m", "store.guarded_worker", str(limits.memory), str(limits.cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": ":".join(each for each in sys.path if each), "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def call(self, name: str, data: bytes) -> Any:
        self.calls += 1
        question = pickle.dumps((name, data))
        try:
            stdin = self._pipe(self._process.stdin)
            stdin.write(len(question).to_bytes(_HEADER, "big") + question)
            stdin.flush()
            deadline = time.monotonic() + self.limits.wall_seconds
            answer = self._read(int.from_bytes(self._read(_HEADER, deadline), "big"), deadline)
        except (BrokenPipeError, EOFError) as error:
            raise Unopenable("crashed", "the process that opened it ended") from error
        return _PlainUnpickler(io.BytesIO(answer)).load()

    def _read(self, size: int, deadline: float) -> bytes:
        stdout = self._pipe(self._process.stdout)
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise Unopenable("too-slow", f"not opened within {self.limits.wall_seconds:g} s")
            part = os.read(stdout.fileno(), min(size, 1 << 20))  # not through a buffer, which select could not see into
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe

    def end(self) -> None:
        """Stop the worker whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                self._pipe(pipe).close()
            except BrokenPipeError:  # what was not yet written is lost with the child
                continue
        self._process.wait()


class _Workers:
    """The warm child of each set of limits."""

    def __init__(self) -> None:
        self._children: dict[Limits, _Child] = {}
        self._lock = threading.Lock()

    def call(self, name: str, data: bytes, limits: Limits) -> Any:
        with self._lock:
            child = self._children.pop(limits, None) or _Child(limits)
            try:
                verdict, value = child.call(name, data)
            except (Unopenable, pickle.UnpicklingError, ValueError) as error:
                child.end()
                if isinstance(error, Unopenable):
                    raise
                raise Unopenable("crashed", "its answer made no sense") from error
            if child.calls < _TASKS_A_CHILD:
                self._children[limits] = child
            else:
                child.end()
        if verdict == "refused":
            raise Unopenable(*value)
        return value

    def end(self) -> None:
        with self._lock:
            while self._children:
                self._children.popitem()[1].end()


_WORKERS = _Workers()
atexit.register(_WORKERS.end)


def guarded(function: Callable[[bytes], Any], data: bytes, limits: Limits = LIMITS) -> Any:
    """What `function(data)` gives, computed in a guarded child; raises Unopenable with the reason.

    The function must stand at a module's top level and give plain values. When it raises Unopenable itself, its reason
    arrives unchanged; any other exception becomes the reason "broken".
    """
    return guarded_call(f"{function.__module__}:{function.__qualname__}", data, limits)


def guarded_call(name: str, data: bytes, limits: Limits = LIMITS) -> Any:
    """As `guarded`, for a function named "module:function", so that only the child imports what the function needs."""
    return _WORKERS.call(name, data, limits)
