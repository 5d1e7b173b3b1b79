"""Problems of a rulebook file: where, what, and what was probably meant; collected, and raised together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orders.wording import Wording
from rules.expressions import nearest


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the file: line (from 1), kebab-case code, and what its sentence mentions."""

    line: int
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, words: Wording) -> str:
        """The problem in words, with a suggestion when there is one."""
        told = words.say(f"rulebook.{self.code}", **self.facts)
        meant = self.facts.get("nearest")
        return f"{told} {words.say('rulebook.did-you-mean', nearest=meant)}" if meant else told


class RulebookUnusable(ValueError):
    """The file cannot be used; `problems` are all of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("; ".join(f"line {each.line}: {each.code} {dict(each.facts)}" for each in self.problems))


class Problems:
    """Collects problems while a file is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, line: int, code: str, /, **facts: object) -> None:
        """Note one problem."""
        self._found.append(Problem(line, code, facts))

    def add_unknown(self, line: int, code: str, word: str, known: Iterable[str], /, **facts: object) -> None:
        """Note a word that is not one of the known ones, with the nearest of them."""
        choices = sorted(known)
        self.add(line, code, word=word, known=", ".join(choices), nearest=nearest(word, choices), **facts)

    def raise_any(self) -> None:
        """Raise RulebookUnusable when anything was noted."""
        if self._found:
            raise RulebookUnusable(self._found)
