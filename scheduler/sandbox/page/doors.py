"""Who may come in: only a browser on this machine that asked for this very page.

A page from elsewhere could make a browser send requests to 127.0.0.1, under its own name (DNS rebinding) or
with its own forms. Both are told by the `Host` and `Origin` that the browser itself writes.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: Nothing but the page's own files; no inline scripts, no inline styles, no frames.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guarded(handler: Handler, *, for_programs: bool = False) -> Handler:
    """The handler, behind the door. Programs send no `Origin`, and are let in where that is meant."""

    async def behind(request: web.Request) -> web.StreamResponse:
        is_program = for_programs and "Origin" not in request.headers and _is_named(request)
        if not (is_program or is_from_here(request)):
            raise web.HTTPForbidden(text="only from this machine\n", headers=HEADERS)
        return await handler(request)

    return behind


def is_from_here(request: web.Request) -> bool:
    """Whether it names this server, and no other page sent it. Browsers send `Origin` with every POST."""
    origin = request.headers.get("Origin")
    if origin is None:
        return _is_named(request) and request.method in {"GET", "HEAD"}
    return _is_named(request) and origin == f"http://{request.headers['Host']}"


def _is_named(request: web.Request) -> bool:
    """Whether it asks for this machine, by a name that nobody else can give it."""
    transport = request.transport
    port = transport.get_extra_info("sockname")[1] if transport else 0
    return request.headers.get("Host", "") in {f"127.0.0.1:{port}", f"localhost:{port}"}
