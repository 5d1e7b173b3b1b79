"""Limits on what a ZIP container may unfold to; runs in the guarded child, before any library opens the file."""

import io
import zipfile

from store.guarded import Unopenable

_MOST_BYTES = 50 << 20
_MOST_RATIO = 100
_MOST_MEMBERS = 1_000


def checked(data: bytes) -> zipfile.ZipFile:
    """The container, when it stays within the limits by its own directory; raises Unopenable otherwise."""
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Unopenable("broken", str(error)) from error
    members = container.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or total > _MOST_BYTES or total > _MOST_RATIO * max(len(data), 1):
        raise Unopenable("too-large", f"{len(members)} members, {total} bytes unpacked")
    if any(".." in member.filename.split("/") or member.filename.startswith("/") for member in members):
        raise Unopenable("broken", "a member's name leaves the container")
    if any(member.flag_bits & 1 for member in members):
        raise Unopenable("encrypted")
    if any(member.filename.endswith("vbaProject.bin") for member in members):
        raise Unopenable("macros")
    _count_really(container, members)
    return container


def _count_really(container: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack once and count: a directory can lie about sizes."""
    left = _MOST_BYTES
    for member in members:
        with container.open(member) as stream:
            while part := stream.read(1 << 20):
                left -= len(part)
                if left < 0:
                    raise Unopenable("too-large", "unpacks to more than it says")
