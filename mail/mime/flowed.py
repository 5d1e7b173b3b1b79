"""format=flowed (RFC 3676): soft line breaks taken out, so that a sentence is one line again."""


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the lines that end in a space to the next one of the same quote depth; undo space-stuffing."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if open_depth == depth and content != "-- ":
            out[-1] += content
        else:
            out.append(">" * depth + (" " if depth and content else "") + content)
        if content.endswith(" ") and content != "-- ":
            open_depth = depth
            if delete_space:
                out[-1] = out[-1][:-1]
        else:
            open_depth = None
    return "\n".join(out)
