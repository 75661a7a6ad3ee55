"""Files from the disk to the network by the kernel, as file servers send them.

Starlette asks a server for it by the ASGI extension ``http.response.pathsend``;
uvicorn does not have that yet. What it hands to the application as ``send`` is
a method of the object that knows the connection, and that is all it takes.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import h11
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import RequestResponseCycle

_EXTENSION = "http.response.pathsend"


class FileSender:
    """The application with that extension, on connections without TLS: the kernel does not encrypt."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)
        if not isinstance(cycle, RequestResponseCycle) or cycle.transport.get_extra_info("ssl_object"):
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == _EXTENSION:
                await _send_file(cycle, Path(message["path"]))
            else:
                await send(message)

        await self._app({**scope, "extensions": {_EXTENSION: {}}}, receive, sent)


class _Content:
    """Stands for a file in the server's book-keeping, which only wants to know how long it is."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size


async def _send_file(cycle: RequestResponseCycle, path: Path) -> None:
    """Send the body of an answer whose head, with the file's length, has been sent."""
    with path.open("rb") as file:
        size = path.stat().st_size
        cycle.conn.send_with_data_passthrough(h11.Data(data=_Content(size)))  # type: ignore[arg-type]
        try:
            await asyncio.get_running_loop().sendfile(cycle.transport, file, 0, size)
        except (ConnectionError, RuntimeError):
            # the client went away, before (RuntimeError) or meanwhile: nobody is there to be told
            cycle.disconnected = True
            cycle.transport.abort()
            return
    await cycle.send({"type": "http.response.body", "body": b"", "more_body": False})
