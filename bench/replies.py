"""How well and how fast the labelled replies of tests/corpus are read: python -m bench.replies [FOLDER …].

Prints wholly right replies, precision of understood=true, coverage (understood where the label is), dangerous cases,
each field's accuracy, and mails a second beside the standard library's parsing of the same bytes.
"""

import argparse
import json
import time
from collections import Counter
from email import policy
from email.parser import BytesParser
from pathlib import Path

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from orders.context import context_from_json
from tests.makers.corpus import FOLDER
from tests.makers.judging import Verdict, judge, own_dates


def main(folder: Path) -> None:
    context = context_from_json((folder / "context.json").read_text(encoding="utf-8"))
    paths = sorted(folder.glob("*.eml"))
    raws = [path.read_bytes() for path in paths]
    labels = [json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in paths]
    started = time.process_time()
    told = []
    for raw in raws:
        message = read_message(raw)
        told.append(read(message, context, attachments=open_attachments(message)).as_json())
    seconds = time.process_time() - started
    parser = BytesParser(policy=policy.compat32)
    started = time.process_time()
    for raw in raws:
        parser.parsebytes(raw)
    parsing = time.process_time() - started
    dates = own_dates(context)
    verdicts = [judge(read_, label, dates) for read_, label in zip(told, labels, strict=True)]
    should = [any(response.get("understood") for response in label.get("responses", [])) for label in labels]
    understood = [verdict for verdict in verdicts if verdict.understood]
    print(f"replies            {len(paths)}")
    print(f"wholly right       {sum(not verdict.differences for verdict in verdicts) / len(paths):.1%}")
    print(f"dangerous          {sum(verdict.dangerous for verdict in verdicts)}")
    if understood:
        print(f"precision          {sum(not verdict.dangerous for verdict in understood) / len(understood):.1%}")
    covered = sum(verdict.understood for verdict, wanted in zip(verdicts, should, strict=True) if wanted)
    print(f"coverage           {covered / max(1, sum(should)):.1%} of {sum(should)} that can be understood")
    for field, wrong in _wrong_fields(verdicts).most_common():
        print(f"  {field:<16} {1 - wrong / len(paths):.1%}")
    print(
        f"mails/s (CPU)      {len(paths) / seconds:.0f}: {seconds / parsing:.0f} times what the standard library needs to parse"
    )
    for path, verdict in zip(paths, verdicts, strict=True):
        if verdict.differences:
            print(f"  {'DANGER ' if verdict.dangerous else ''}{path.stem}: {'; '.join(verdict.differences)}")


def _wrong_fields(verdicts: list[Verdict]) -> Counter[str]:
    fields: Counter[str] = Counter()
    for verdict in verdicts:
        fields.update({each.split(":")[0].split()[-1] for each in verdict.differences})
    return fields


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folders",
        nargs="*",
        metavar="FOLDER",
        type=Path,
        help="labelled mails with a context.json (default: tests/corpus)",
    )
    for named in parser.parse_args().folders or [FOLDER, *(each.parent for each in FOLDER.glob("*/context.json"))]:
        print(f"== {named.name}")
        main(named)
