"""The bytes of one IMAP connection, and how faults break them."""

import asyncio
import ssl

from sandbox.mail.imap.grammar import read_command


class LineBroken(ConnectionError):
    """The connection has been cut, by the other side or by a fault."""


class Wire:
    """Writes answers; `cut_after` bytes more and the connection breaks, when it is not None."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self._writer = reader, writer
        self.cut_after: int | None = None

    async def send(self, *parts: str | bytes) -> None:
        """One line, made of these parts; raises LineBroken."""
        line = b"".join(part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part for part in parts)
        await self._write(line + b"\r\n")

    async def _write(self, data: bytes) -> None:
        if self._writer.is_closing():
            raise LineBroken
        if self.cut_after is not None and len(data) > self.cut_after:
            self._writer.write(data[: self.cut_after])
            await self._drain()
            self._writer.close()  # lets what was written go out first
            raise LineBroken
        if self.cut_after is not None:
            self.cut_after -= len(data)
        self._writer.write(data)
        await self._drain()

    async def _drain(self) -> None:
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise LineBroken from error

    async def command(self) -> list[bytes] | None:
        """The next command's pieces; None when the client has gone. Raises BadCommand and LineBroken."""
        try:
            return await read_command(self.reader, self._go_ahead)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise LineBroken from error

    async def _go_ahead(self) -> None:
        await self.send("+ go ahead")

    async def raise_to_tls(self, context: ssl.SSLContext) -> None:
        """Encrypt from here on."""
        await self._writer.start_tls(context)

    @property
    def is_encrypted(self) -> bool:
        """Whether TLS is on."""
        return self._writer.get_extra_info("ssl_object") is not None

    def cut(self) -> None:
        """Break the connection without a word."""
        self._writer.transport.abort()

    def close(self) -> None:
        """End the connection after what was written has gone out."""
        self._writer.close()
