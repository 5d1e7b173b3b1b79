"""What could take a yes back is weighed in every sentence, before any of it is passed over as talk."""

from datetime import date

from mail.reading.answer import Heard
from mail.reading.claims import matters
from mail.reading.doubts import Doubt
from mail.reading.open_ends import is_no_yes, is_of_another_order, leaves_open
from mail.reading.sentences import Sentence
from mail.reading.shut import is_shut_on


def weigh(heard: Heard, sentence: Sentence, text: str, own_day: date | None, written: date) -> None:
    """Note that the sentence leaves a yes open; `own_day` is the order's, `written` the message's."""
    heard.mumbles |= leaves_open(sentence, text)
    if is_of_another_order(sentence, text) and matters(sentence):
        heard.doubts.add(Doubt.UNKNOWN_WORDS)  # its yes or its day is not this order's
    if is_no_yes(sentence, text):
        heard.doubts.add(Doubt.HEDGE)
    if is_shut_on(own_day, sentence, text, written):
        heard.doubts.add(Doubt.CONTRADICTION)
