"""Whatever arrives ends in a reading: mails of the corpora, cut, doubled and overwritten at random places."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from tests.mail.reading.test_corpus import CONTEXTS, REPLIES

SEEDS = [path for path in REPLIES if path.parent.name != "corpus"][::9]
BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[int, bytes]:
    """A mail with up to four stretches replaced by other bytes; the place of its seed."""
    at = draw(st.integers(min_value=0, max_value=len(SEEDS) - 1))
    raw = SEEDS[at].read_bytes()
    for _ in range(draw(st.integers(min_value=1, max_value=4))):
        start = draw(st.integers(min_value=0, max_value=len(raw)))
        length = draw(st.integers(min_value=0, max_value=400))
        raw = raw[:start] + draw(st.binary(max_size=60)) * draw(st.integers(0, 3)) + raw[start + length :]
    return at, raw


@BOUNDED
@given(damaged())
def test_a_damaged_mail_is_read_or_left_to_a_person(case: tuple[int, bytes]) -> None:
    at, raw = case
    message = read_message(raw)
    told = read(message, CONTEXTS[SEEDS[at].parent], attachments=open_attachments(message)).as_json()
    assert json.loads(json.dumps(told)) == told


@BOUNDED
@given(st.binary(max_size=2_000))
def test_any_bytes_at_all_end_in_a_reading_that_books_nothing(raw: bytes) -> None:
    message = read_message(raw)
    told = read(message, CONTEXTS[SEEDS[0].parent], attachments=open_attachments(message))
    assert told.decision.value != "apply"
