"""What the reader passes over as a position, a unit, a description or a telephone number, and its nearest answer, which it must not.

Each of these was once booked as ordered: 120 oat drinks, 60 rice drinks and 48 packets of granola.
"""

import json
from email.message import EmailMessage

import pytest

from mail.message import read_message
from mail.reading.read import read
from orders.context import context_from_json
from orders.reply import Decision, Reading
from tests.makers.corpus import FOLDER

RAW = json.loads((FOLDER / "context.json").read_text(encoding="utf-8"))
ORDER = next(each for each in RAW["orders"] if each["number"].endswith("0140"))
SUPPLIER = next(each for each in RAW["suppliers"] if each["code"] == ORDER["supplier"])


def answered(words: str, rows: str = "", *, written: str = "Tue, 24 Nov 2026", due: str | None = None) -> Reading:
    """The reading of these words, with an HTML table of these rows (cells apart by |) below them."""
    order = ORDER if due is None else ORDER | {"delivery_date": due}
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SUPPLIER["emails"][0], RAW["mailbox"], f"Re: {order['number']}"
    mail["Date"], mail["In-Reply-To"] = f"{written} 10:00:00 +0000", order["message_id"]
    mail["Message-ID"] = "<passed-over@supplier.example>"
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows.splitlines())
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    mail.set_content(f"<p>{words}</p><table>{table}</table>" if rows else words, subtype="html" if rows else "plain")
    raw = RAW | {"orders": [order if each["number"] == order["number"] else each for each in RAW["orders"]]}
    return read(read_message(mail.as_bytes()), context_from_json(json.dumps(raw)))


OTHERS = "\nNP-1002 | 60\nNP-1003 | 48"


def test_a_table_of_what_was_ordered_is_booked() -> None:
    assert answered("All confirmed as ordered.", f"NP-1001 | 120{OTHERS}").decision is Decision.APPLY
    assert answered("All confirmed as ordered.", "10 | NP-1001 | 120 | PCE").decision is Decision.APPLY


@pytest.mark.parametrize(
    "row",
    [
        "NP-1001 | 10",
        "1 | NP-1001 | 10",
        "NP-1001 | Oat drink | 120 | OOS",
        "NP-1001 | Oat drink | 120 | EOL",
        "NP-1001 | Oat drink only 60 available | 120",
        "NP-1001 | Oat drink 60 pcs now | 120",
        "NP-1001 | Oat drink (min 600 pcs) | 120",
    ],
)
def test_a_row_that_says_something_else_is_not(row: str) -> None:
    assert answered("All confirmed as ordered.", f"{row}{OTHERS}").decision is not Decision.APPLY


@pytest.mark.parametrize("words", ["All confirmed. 00010 120 9600 5", "Confirmed: 0010 120 4200 0020 60 3100"])
def test_positions_and_their_figures_are_no_telephone_number(words: str) -> None:
    assert answered(words).decision is not Decision.APPLY


def test_a_telephone_number_is_no_figure() -> None:
    assert answered("All confirmed. Our desk is on 0113 555 0140.").decision is Decision.APPLY


@pytest.mark.parametrize(
    ("words", "written", "due"),
    [
        ("All confirmed, delivery on the 4th.", "Mon, 23 Nov 2026", "2027-01-04"),
        ("All confirmed, delivery on the 2nd.", "Mon, 23 Nov 2026", "2026-12-30"),
    ],
)
def test_a_day_that_two_months_may_mean_is_not_understood(words: str, written: str, due: str) -> None:
    reading = answered(words, written=written, due=due)
    assert reading.decision is not Decision.APPLY
    assert not reading.responses[0].understood


@pytest.mark.parametrize(("written", "due"), [("Mon, 21 Dec 2026", "2026-12-28"), ("Sat, 02 Jan 2027", "2027-01-05")])
def test_a_feast_over_the_orders_own_day_leaves_the_yes_open(written: str, due: str) -> None:
    words = "All confirmed. We are closed for Christmas."
    assert answered(words, written=written, due=due).decision is not Decision.APPLY
