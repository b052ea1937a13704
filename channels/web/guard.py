"""What may reach the page: calls to this machine by its own name, from the page itself, of a bearable size.

A page on 127.0.0.1 can be called by any site the visitor has open, and under a foreign name that resolves to
this machine (DNS rebinding). The Host and Origin headers, which no site can forge, tell these apart. Source:
https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = {"127.0.0.1", "localhost"}
SAFE = {"GET", "HEAD"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Refuses foreign and oversized requests and puts the security headers on every answer.

    Args:
        app: what is guarded.
        max_body: bytes of a request's body.
    """

    def __init__(self, app: ASGIApp, max_body: int) -> None:
        self.app = app
        self.max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _with_headers(send)
        if refused := self._refusal(scope["method"], Headers(scope=scope)):
            await refused(scope, receive, answer)
            return
        await self.app(scope, self._counted(receive), answer)

    def _refusal(self, method: str, headers: Headers) -> JSONResponse | None:
        host = headers.get("host", "")
        if host.rsplit(":", 1)[0] not in HOSTS:
            return JSONResponse({"error": "foreign_host"}, status_code=421)
        if method not in SAFE and headers.get("origin") != f"http://{host}":
            return JSONResponse({"error": "foreign_origin"}, status_code=403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.max_body:
            return JSONResponse({"error": "too_large"}, status_code=413)
        return None

    def _counted(self, receive: Receive) -> Receive:
        """The length header may be missing (a chunked body), so what comes is counted as well."""
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self.max_body:
                raise HTTPException(413, "too_large")
            return message

        return counted


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return answer
