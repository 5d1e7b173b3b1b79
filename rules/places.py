"""Where in a rulebook file each table and key stands: the TOML reader gives values, but no lines."""

import re

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.-]+)\s*\]+")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


class Places:
    """Line numbers (from 1) by table and key. Text between triple quotes is skipped."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        table, prefix, count, quoted = "", "", -1, False
        for number, line in enumerate(text.splitlines(), start=1):
            was_quoted = quoted
            if (line.count('"""') + line.count("'''")) % 2:
                quoted = not quoted
            if was_quoted:
                continue
            if header := _HEADER.match(line):
                table, _, prefix = header.group(1).partition(".")
                count += line.strip().startswith("[[") and not prefix
                self._lines.setdefault((table, max(count, 0) if table == "rule" else 0, prefix), number)
            elif key := _KEY.match(line):
                name = f"{prefix}.{key.group(1)}" if prefix else key.group(1)
                self._lines.setdefault((table, max(count, 0) if table == "rule" else 0, name), number)

    def section(self, name: str) -> int:
        """Line of a section's header, or of a key outside any section."""
        return self._lines.get((name, 0, ""), self._lines.get(("", 0, name), 1))

    def setting(self, name: str) -> int:
        """Line of a setting."""
        return self._lines.get(("settings", 0, name), self.section("settings"))

    def rule(self, index: int, key: str = "") -> int:
        """Line of a key of the rule with this index; of its header when the key is not there."""
        return self._lines.get(("rule", index, key), self._lines.get(("rule", index, ""), 1))
