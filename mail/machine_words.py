"""The wording of machine mail, compiled from `machine_words.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MachineWords:
    """Compiled patterns, all languages at once."""

    bounce_subject: re.Pattern[str]
    answer_subject: re.Pattern[str]  # "Re: …": a person's
    bounce_text: re.Pattern[str]
    mailbox_text: re.Pattern[str]  # the same, in words that only mail systems use
    robot_name: re.Pattern[str]  # display names of mail systems
    auto_subject: re.Pattern[str]  # out of office, automatic reply, read receipt
    ticket_subject: re.Pattern[str]  # "we have received your message": counts only when a program sent it


@cache
def machine_words() -> MachineWords:
    """Load and compile the wording."""
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return MachineWords(
        **{key: re.compile("|".join(f"(?:{each})" for each in found), re.IGNORECASE) for key, found in words.items()}
    )
