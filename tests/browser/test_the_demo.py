"""`ambassador demo --page` as a visitor uses it: the real service answers what they do."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.browsing import Browsing

REPO = Path(__file__).parents[2]


@asynccontextmanager
async def demo() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The command, and the address that it names."""
    command = [sys.executable, "-m", "scheduler", "demo", "--page", "--lang", "en"]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPO),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }
    process = await asyncio.create_subprocess_exec(
        *command, cwd=REPO, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    try:
        yield process, await _address(process.stdout)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _address(told: asyncio.StreamReader) -> str:
    async for line in told:
        if found := re.fullmatch(r"(http://127\.0\.0\.1:\d+)/\n", line.decode()):
            return found[1]
    raise AssertionError("it named no address")


async def folded_in(page: Page, address: str) -> None:
    await page.goto(address)
    await expect(page.get_by_role("article").last).to_contain_text("後に返信がつきました")
    await expect(page.get_by_role("link", name="投稿を開く")).to_have_count(0)


async def test_a_visitors_question_is_watched_alerted_answered_and_folded(
    runner: asyncio.Runner, browsing: Browsing
):
    async with demo() as (process, base), browsing.visit_at(base) as page:
        await page.get_by_role("button", name="Join as Aoi Yamamoto").click()
        await expect(page.get_by_role("link", name="You are Aoi Yamamoto")).to_be_visible()
        await expect(page.get_by_role("button", name="Join as Aoi Yamamoto")).to_have_count(0)
        await page.get_by_role("button", name="Fill in an example").click()
        await page.keyboard.press("Enter")
        await expect(page.locator(".message").last).to_contain_text("replace every PC")
        await page.locator("#clock summary").click()
        await page.get_by_role("button", name="3 hours on").click()
        await page.locator("#rail .sent a", has_text="Aoi Yamamotoさん").click()

        card = page.get_by_role("article").last
        await expect(card).to_contain_text("replace every PC")
        dm = page.url
        await card.get_by_role("link", name="投稿を開く").click()
        thread = page.get_by_role("complementary")
        await thread.get_by_label("Reply", exact=True).fill("Start with the oldest ones.")
        await thread.get_by_role("button", name="Send").click()
        await expect(page.locator("#rail .sent")).to_contain_text("後に返信がつきました")
        await expect(page.locator(".guide .done")).to_have_count(4)
        await folded_in(page, dm)
        await page.goto("about:blank")
        process.send_signal(signal.SIGINT)
        told = await asyncio.wait_for(process.communicate(), 20)

    assert process.returncode == 0
    lines = " ".join(told[0].decode().split())
    assert re.search(
        "Aoi Yamamoto joins .* Aoi Yamamoto posts in #[^ ]+ for the first time: “Hello, .*"
        "(?P<who>[^ ]+ [^ ]+) replies to Aoi Yamamoto: “Start with the oldest ones.” .*"
        "the alert to (?P=who) folds",
        lines,
    ), lines
    assert told[0].decode().endswith("Ended. Nothing is left behind.\n")
