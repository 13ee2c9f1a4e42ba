"""The pictures of the README, taken of the page that `ambassador demo --page` serves: `make screenshot`.

A visitor asks, nobody answers for three hours, and an ambassador reads the alert. Needs Chromium.
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, async_playwright

from scheduler.app.demo import GUIDED, Stage, staged
from scheduler.app.loading import load
from scheduler.catalogue import say
from scheduler.demo.weeks import Weeks, two_weeks
from scheduler.model.facts import Fact, MemberDescribed
from scheduler.simulate.sample import sample_ambassadors

_LOCALES = {"ja": "ja-JP", "en": "en-US"}
_WAITS = timedelta(hours=3)


@asynccontextmanager
async def an_alert_came(language: str) -> AsyncIterator[Stage]:
    """The demo at 10:00 of its first day, in the language of its ambassadors."""
    weeks = two_weeks()
    weeks = replace(weeks, before=[_speaking(fact, language) for fact in weeks.before])
    with TemporaryDirectory() as folder:
        async with staged(load(None), weeks, Path(folder)) as stage:
            living = asyncio.create_task(_live(stage, weeks))
            await _ask(stage, language)
            try:
                yield stage
            finally:
                living.cancel()
                await asyncio.gather(living, return_exceptions=True)


async def _ask(stage: Stage, language: str) -> None:
    sandbox = stage.sandbox
    member = sandbox.people.join(say(language, "demo.guide_name"), locale=_LOCALES[language])
    sandbox.channels.enter(GUIDED, member)
    sandbox.post(member, GUIDED, say(language, "demo.guide_question"))
    await sandbox.until(lambda: callable(sandbox.page.step))
    assert sandbox.page.step is not None
    sandbox.page.step(sandbox.world.now() + _WAITS)
    await sandbox.until(lambda: len(sandbox.calls("chat.postMessage")) >= 4, seconds=30)


async def _live(stage: Stage, weeks: Weeks) -> None:
    await stage.receive(weeks.facts, happened=lambda _: None, visited=lambda _: None, done=lambda: None)


def _speaking(fact: Fact, language: str) -> Fact:
    """An ambassador who reads this language."""
    ours = {one.member for one in sample_ambassadors()}
    if isinstance(fact, MemberDescribed) and fact.member in ours:
        return replace(fact, locale=_LOCALES[language])
    return fact


async def _take(browser: Browser, stage: Stage, language: str, path: Path) -> None:
    page = await browser.new_page(locale=_LOCALES[language], viewport={"width": 1280, "height": 800})
    await page.goto(stage.sandbox.world.http_base)
    await page.locator("#rail .sent a", has_text=say(language, "demo.guide_name")).first.click()
    await page.locator(".named").wait_for()
    await page.locator(".guide summary").click()
    await page.screenshot(path=path, animations="disabled")
    await page.close()


async def main(folder: Path) -> None:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=shutil.which("chromium"))
        for language in _LOCALES:
            async with an_alert_came(language) as stage:
                await _take(browser, stage, language, folder / f"page.{language}.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
