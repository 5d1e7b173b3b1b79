"""How fast raw mails become messages and segments, alone and held against our own mail, each as a ratio to the standard library on the same mails.

python -m bench.parsing
"""

import argparse
import time
from collections.abc import Callable, Sequence
from email.parser import BytesParser
from email.policy import compat32

from bench.mails import order_mail, supplier_mail
from mail.machine import machine
from mail.message import read_message
from mail.segments.dividing import segments
from mail.segments.sent import sent_mail

COUNT = 500


def rate(work: Callable[[bytes], object], mails: Sequence[bytes]) -> float:
    """Mails a second of processor time, the best of three rounds."""
    work(mails[0])
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for raw in mails:
            work(raw)
        best = max(best, len(mails) / (time.process_time() - start))
    return best


def main() -> None:
    kinds = {
        "plain": [supplier_mail(n) for n in range(COUNT)],
        "html table": [supplier_mail(n, html=True) for n in range(COUNT)],
        "mixed": [supplier_mail(n, html=n % 2 == 0, pdf=n % 10 == 0) for n in range(COUNT)],
    }
    sent = sent_mail(read_message(order_mail()))
    steps: dict[str, Callable[[bytes], object]] = {
        "stdlib parse": BytesParser(policy=compat32).parsebytes,
        "read": read_message,
        "machine": lambda raw: machine(read_message(raw)),
        "segments": lambda raw: segments(read_message(raw), None),
        "aligned": lambda raw: segments(read_message(raw), sent),
    }
    for kind, mails in kinds.items():
        base = 0.0
        for name, work in steps.items():
            found = rate(work, mails)
            base = base or found
            print(f"{kind:<12}{name:<14}{found:>9,.0f} mails/s{found / base:>8.2f} of stdlib")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    main()
