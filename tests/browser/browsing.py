"""Visits to the stand-in's page, each with a window of its own; what the browser complains about is kept."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, Request, Response

from scheduler.clock import SteppingClock
from scheduler.sandbox import Sandbox

#: A Monday, 9:00 in Tokyo.
START = datetime(2026, 4, 6, 0, 0, tzinfo=UTC)
_PATIENCE = 8000


class Browsing:
    """`complaints`: errors and warnings of the console, failed requests, and requests to elsewhere."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.complaints: list[str] = []

    def visit(self, sandbox: Sandbox, path: str = "/", **how: Any) -> AbstractAsyncContextManager[Page]:  # noqa: ANN401 -- as below
        """A window on this stand-in; it is closed before the stand-in ends."""
        return self.visit_at(sandbox.world.http_base, path, **how)

    @asynccontextmanager
    async def visit_at(
        self,
        base: str,
        path: str = "/",
        *,
        language: str = "en-US",
        width: int = 1280,
        dark: bool = False,
        scripts: bool = True,
    ) -> AsyncIterator[Page]:
        context = await self._browser.new_context(
            base_url=base,
            locale=language,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(_PATIENCE)
        page = await context.new_page()
        self._listen(page, base)
        await page.goto(path)
        try:
            yield page
        finally:
            await context.close()

    def _listen(self, page: Page, base: str) -> None:
        def console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.complaints.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((f"{base}/", "about:blank")):
                self.complaints.append(f"asked {request.url}")

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.complaints.append(f"{response.status} {response.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", asked)
        page.on("response", answered)


@asynccontextmanager
async def workspace() -> AsyncIterator[Sandbox]:
    """Hana and Jun in #general, which the app hears; Jun said something yesterday."""
    async with Sandbox(clock=SteppingClock(START)) as sandbox:
        with sandbox.past(datetime(2026, 4, 5, 1, 0, tzinfo=UTC)):
            for member, name in (("U1", "Hana Mori"), ("U2", "Jun Sato")):
                sandbox.people.join(name, member=member)
            for channel, name, members in (("C1", "general", ("U1", "U2")), ("C2", "quiet", ("U2",))):
                sandbox.channels.create(name, channel=channel)
                sandbox.world.channels[channel].members |= dict.fromkeys((sandbox.app, *members))
            sandbox.post("U2", "C1", "Is anybody here?")
        sandbox.page.begin()
        yield sandbox


async def findings(page: Page) -> list[str]:
    """What axe finds, serious or critical: the rule and the element."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    await page.evaluate(script)  # by the browser's own hands: the page's policy would refuse a script tag
    found = await page.evaluate("axe.run()")
    return list(_serious(found["violations"]))


def _serious(violations: list[dict[str, Any]]) -> Iterator[str]:
    for each in violations:
        if each["impact"] in {"serious", "critical"}:
            yield from (f"{each['id']}: {node['target']} {node['failureSummary']}" for node in each["nodes"])
