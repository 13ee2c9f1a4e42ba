"""A real browser for these tests: Debian's Chromium, one for each module, on an event loop of its own.

Async tests run on that loop. Whatever the browser complains about fails the test that saw it.
"""

import asyncio
import inspect
import shutil
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from tests.browser.browsing import Browsing

CHROMIUM = shutil.which("chromium")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    runner = pyfuncitem.funcargs.get("runner")
    if not isinstance(runner, asyncio.Runner) or not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    runner.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def browser(runner: asyncio.Runner) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine (Debian's package: chromium)")
    driver, browser = runner.run(_begun(CHROMIUM))
    yield browser
    runner.run(_ended(driver, browser))


@pytest.fixture
def browsing(browser: Browser) -> Iterator[Browsing]:
    browsing = Browsing(browser)
    yield browsing
    assert browsing.complaints == []


async def _begun(chromium: str) -> tuple[Playwright, Browser]:
    driver = await async_playwright().start()
    return driver, await driver.chromium.launch(executable_path=chromium)


async def _ended(driver: Playwright, browser: Browser) -> None:
    await browser.close()
    await driver.stop()
