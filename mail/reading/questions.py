"""A question to us: what it leaves open, and whether it has to be answered first."""

from mail.reading.answer import Heard
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.sentences import Sentence
from mail.reading.talk import has_figures_or_lines, is_only_filler


def hear_question(heard: Heard, sentence: Sentence) -> None:
    """Note what the supplier asks or wants of us; "how are you?" asks nothing."""
    if is_only_filler(sentence):
        return
    heard.asked = True
    heard.pressed |= sentence.asked or sentence.has(Concept.QUESTION) or has_figures_or_lines(sentence)
    heard.doubts.add(Doubt.QUESTION)
    if sentence.has(Concept.PREPAY):
        heard.doubts.add(Doubt.PREPAY)  # we need your payment first: more an answer than a question
    if not sentence.asked and sentence.has(Concept.NEGATION) and sentence.has(Concept.ACCEPT):
        heard.doubts.add(Doubt.NOT_CONFIRMED)  # we can't confirm this, please call
