from collections.abc import Callable
from typing import Any

import pytest

from store.guarded import Limits, Unopenable, guarded
from tests.makers import hostile

QUICK = Limits(memory=512 << 20, cpu_seconds=1, wall_seconds=3)
IMPATIENT = Limits(memory=512 << 20, cpu_seconds=1, wall_seconds=0.5)


def test_the_child_answers_with_plain_values() -> None:
    assert guarded(hostile.length, b"12345", QUICK) == {"length": 5}


def test_large_bytes_pass_through_whole() -> None:
    assert guarded(hostile.length, bytes(5_000_000), QUICK) == {"length": 5_000_000}


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (hostile.use_memory, "too-large"),
        (hostile.abort, "crashed"),
        (hostile.refuse, "encrypted"),
        (hostile.break_down, "broken"),
        (hostile.give_code, "crashed"),
        (hostile.open_socket, "broken"),
    ],
)
def test_a_hostile_file_is_a_reason_and_not_an_outage(function: Callable[[bytes], Any], reason: str) -> None:
    with pytest.raises(Unopenable) as refused:
        guarded(function, b"", QUICK)
    assert refused.value.reason == reason


def test_a_file_that_burns_processor_time_is_given_up() -> None:
    with pytest.raises(Unopenable) as refused:
        guarded(hostile.burn, b"", QUICK)
    assert refused.value.reason in {"crashed", "too-slow"}  # on a busy machine the wall clock may be first


def test_a_file_that_never_opens_is_given_up() -> None:
    with pytest.raises(Unopenable) as refused:
        guarded(hostile.never_end, b"", IMPATIENT)
    assert refused.value.reason == "too-slow"


def test_the_next_file_is_opened_after_a_crash() -> None:
    with pytest.raises(Unopenable):
        guarded(hostile.abort, b"", QUICK)
    assert guarded(hostile.length, b"1", QUICK) == {"length": 1}
