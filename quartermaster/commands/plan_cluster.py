"""Workers of a Dask cluster for the plan, where the optional extra `dask` is installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planning.workers import Workers

BLOCKS_A_WORKER = 2  # one being worked, one waiting


@contextmanager
def cluster(address: str | None) -> "Iterator[Workers | None]":
    """The workers behind a scheduler's address, None without one; raises UnusableSettings where there are none."""
    if address is None:
        yield None
        return
    from planning.problems import UnusableSettings
    from planning.workers import Workers

    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as problem:
        raise UnusableSettings("--scheduler needs the extra: pip install 'quartermaster[dask]'") from problem
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise UnusableSettings(f"no Dask scheduler answers at {address}: {problem}") from problem
    with client:
        count = len(client.nthreads())
        if not count:
            raise UnusableSettings(f"the Dask scheduler at {address} has no workers")
        yield Workers(client.get_executor(pure=False), BLOCKS_A_WORKER * count)
