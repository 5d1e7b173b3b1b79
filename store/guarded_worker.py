"""The child of store.guarded: reads (function name, bytes) from standard input, answers plain values on standard output."""

import importlib
import io
import os
import pickle
import resource
import socket
import sys
from typing import IO, Any, NoReturn

from store.guarded import Unopenable

_HEADER = 8


def _no_network(*_args: Any, **_named: Any) -> NoReturn:
    raise OSError("the guarded process has no network")


def _allow_cpu(seconds: int) -> None:
    """Grant `seconds` of CPU from now on: the limit counts what the process has used since its start."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, resource.RLIM_INFINITY)
    )


def _answer(question: bytes) -> tuple[str, Any]:
    name, data = pickle.loads(question)  # noqa: S301  written by our own parent
    module, _, attribute = name.partition(":")
    try:
        return "given", getattr(importlib.import_module(module), attribute)(data)
    except Unopenable as refused:
        return "refused", (refused.reason, refused.detail)
    except MemoryError:
        return "refused", ("too-large", "it needs more memory than is allowed")
    except Exception as error:  # noqa: BLE001  a foreign file may break a library in any way; the caller hears which
        return "refused", ("broken", f"{type(error).__name__}: {error}"[:300])


def _pickled(answer: tuple[str, Any]) -> bytes:
    stream = io.BytesIO()
    pickle.Pickler(stream, protocol=4).dump(answer)
    return stream.getvalue()


def _serve(questions: IO[bytes], answers: IO[bytes], cpu_seconds: int) -> None:
    while header := questions.read(_HEADER):
        _allow_cpu(cpu_seconds)
        answer = _pickled(_answer(questions.read(int.from_bytes(header, "big"))))
        answers.write(len(answer).to_bytes(_HEADER, "big") + answer)
        answers.flush()


def main() -> None:
    """Set the limits, then answer until the parent closes the pipe."""
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket = _no_network  # type: ignore[misc,assignment]
    _serve(sys.stdin.buffer, answers, cpu_seconds)


if __name__ == "__main__":
    main()
