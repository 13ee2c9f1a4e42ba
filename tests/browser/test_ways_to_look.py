"""By keyboard alone, on a phone, in the dark, in both languages, with a screen reader: the same page."""

import asyncio
from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from scheduler.clock import SteppingClock
from scheduler.sandbox import Sandbox
from tests.browser.browsing import Browsing, findings, workspace
from tests.browser.small_app import CARD, ORDER, running

PHONE = 390
A_LONG_DATE = datetime(2026, 9, 23, 3, 0, tzinfo=UTC)
#: What surrounds the element that has the focus; of a composer it is the whole form.
OUTLINE = """(() => {
  const focused = document.activeElement, form = focused.closest(".composer");
  return form ? getComputedStyle(form).boxShadow : getComputedStyle(focused).outlineStyle;
})()"""


async def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the element of this accessible name has the focus."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if name in (await page.evaluate("document.activeElement.innerText"))[:60]:
            return
    pytest.fail(f"no way to {name} by Tab")


async def test_everything_can_be_reached_by_keyboard_alone(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="To the messages")).to_be_focused()
        await tab_to(page, "Step")
        await page.keyboard.press("Enter")
        await tab_to(page, "1 hour on")
        await page.keyboard.press("Enter")
        await expect(page.locator("#clock b")).to_have_text("10:00")
        await expect(page.locator("#clock summary")).to_be_focused()

        await tab_to(page, "Add a stamp")
        await page.keyboard.press("Space")
        dialog = page.get_by_role("dialog", name="Add a stamp")
        await expect(dialog.locator(":focus")).to_have_count(1)
        for _ in range(3):  # the focus stays in the window, however often Tab is pressed backwards
            await page.keyboard.press("Shift+Tab")
        assert await page.evaluate("document.activeElement.closest('dialog, body').tagName") in {
            "DIALOG",
            "BODY",
        }
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Add a stamp")).to_be_focused()

        await tab_to(page, "Reply in thread")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("complementary").get_by_role("textbox")).to_be_focused()
        await page.keyboard.type("Here")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("complementary").get_by_role("article")).to_have_count(2)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("complementary")).to_have_count(0)

        replied = sandbox.messages("C1")[-1]

    assert (replied.text, replied.user) == ("Here", "U1")


async def test_what_has_the_focus_can_be_seen(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        outlines = set()
        for _ in range(14):
            await page.keyboard.press("Tab")
            outlines.add(await page.evaluate(OUTLINE))

    assert "none" not in outlines


async def test_enter_that_ends_a_conversion_of_kana_sends_nothing(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        await page.locator("#text").fill("にほんご")
        await page.locator("#text").evaluate(
            "text => text.dispatchEvent(new KeyboardEvent('keydown', "
            "{key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"
        )
        await expect(page.locator("#text")).to_have_value("にほんご")
        await page.locator("#text").press("Enter")
        await expect(page.locator("#text")).to_have_value("")

        assert [message.text for message in sandbox.messages("C1")] == ["Is anybody here?", "にほんご"]


async def test_on_a_phone_it_is_one_column_with_a_drawer_of_channels(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox:
        sandbox.people.join("長い名前" * 20, member="U3")
        sandbox.channels.enter("C1", "U3")
        sandbox.post("U3", "C1", "長い" * 3000 + "https://example.com/" + "x" * 500)
        async with browsing.visit(sandbox, "/?as=U3&in=C1", width=PHONE, language="ja-JP") as page:
            assert await page.evaluate("document.documentElement.scrollWidth") == PHONE
            assert await page.evaluate("document.querySelector('#log').scrollWidth") <= PHONE
            await expect(page.get_by_role("link", name="quiet")).to_be_hidden()
            await page.get_by_role("button", name="チャンネル").click()
            await expect(page.locator("#rail a").first).to_be_focused()
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("link", name="quiet")).to_be_hidden()
            await page.get_by_role("button", name="チャンネル").click()
            await page.get_by_role("link", name="quiet").click()
            await expect(page.get_by_role("heading", name="quiet")).to_be_visible()
            await expect(page.get_by_role("link", name="quiet")).to_be_hidden()


async def test_on_a_phone_the_menu_tells_of_what_is_new_in_it(runner: asyncio.Runner, browsing: Browsing):
    async with (
        workspace() as sandbox,
        running(sandbox) as (app, _),
        browsing.visit(sandbox, "/?as=U1&in=C1", width=PHONE) as page,
    ):
        menu = page.locator("[data-drawer]")
        await expect(menu).to_have_accessible_name("☰ Channels")
        await app.client.chat_postMessage(channel="U2", text="Nobody answers")
        await expect(menu).to_have_accessible_name("☰ Channels new messages")
        await expect(menu.locator(".dot")).to_be_visible()
        await menu.click()
        await page.keyboard.press("Escape")
        await expect(menu.locator(".dot")).to_be_hidden()
        await expect(menu).to_have_accessible_name("☰ Channels")


async def test_a_long_thread_covers_the_channel_on_a_phone(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox:
        root = sandbox.messages("C1")[0].ts
        for number in range(30):
            sandbox.post("U2", "C1", f"reply {number}", thread_ts=root)
        assert isinstance(sandbox.world.clock, SteppingClock)
        sandbox.world.clock.step_to(A_LONG_DATE)
        async with browsing.visit(sandbox, f"/?as=U1&in=C1&thread={root}", width=PHONE) as page:
            assert await page.evaluate("document.querySelector('.top').scrollWidth") == PHONE
            await expect(page.get_by_text("reply 29")).to_be_in_viewport()
            await expect(page.get_by_label("Reply", exact=True)).to_be_in_viewport()
            await page.get_by_role("link", name="Close the thread").click()
            await expect(page.locator("#text")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("language", "words"), [("ja-JP", "チャンネル"), ("en-GB", "Channels"), ("fr-FR", "Channels")]
)
async def test_the_browsers_language_is_spoken(
    runner: asyncio.Runner, browsing: Browsing, language: str, words: str
):
    async with workspace() as sandbox, browsing.visit(sandbox, language=language) as page:
        await expect(page.locator("#rail h2").first).to_have_text(words)


async def test_the_language_is_switched_and_stays_so(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        await page.get_by_role("link", name="日本語").click()
        await expect(page.locator("html")).to_have_attribute("lang", "ja")
        await page.get_by_role("link", name="quiet").click()
        await expect(page.get_by_role("button", name="チャンネルに参加する")).to_be_visible()


async def test_without_scripts_one_can_read_and_write(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1", scripts=False) as page:
        await page.locator("#text").fill("Without scripts")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_role("article").last).to_contain_text("Without scripts")


@pytest.mark.parametrize(("width", "dark"), [(1280, True), (PHONE, False)])
async def test_axe_finds_nothing_serious(runner: asyncio.Runner, browsing: Browsing, width: int, dark: bool):
    async with workspace() as sandbox, running(sandbox) as (app, _):
        root = await a_full_channel(sandbox)
        posted = await app.client.chat_postMessage(channel="C1", text="Pizza", blocks=CARD)
        thread = f"/?as=U1&in=C1&thread={root}"
        found: list[str] = []
        for path in ("/?as=U1&in=C2", thread if width > PHONE else "/?as=U1&in=C1", "/?as=U1&in=home"):
            async with browsing.visit(sandbox, path, width=width, dark=dark) as page:
                await expect(page.locator("#clock b")).to_be_visible()
                found += [f"{path} {finding}" for finding in await findings(page)]
        async with browsing.visit(sandbox, "/?as=U1&in=C1", width=width, dark=dark) as page:
            await page.get_by_role("link", name="You are").click()
            await expect(page.get_by_role("dialog")).to_be_visible()
            found += [f"who {finding}" for finding in await findings(page)]
            await page.keyboard.press("Escape")
            await sandbox.interactions.press("U1", "C1", str(posted["ts"]), "order")
            await expect(page.get_by_role("dialog", name=ORDER["title"]["text"])).to_be_visible()
            found += [f"modal {finding}" for finding in await findings(page)]

    assert found == []


async def a_full_channel(sandbox: Sandbox) -> str:
    """Everything that a message can have; gives the `ts` of a thread's root."""
    root = sandbox.messages("C1")[0].ts
    sandbox.react("U1", "C1", root, "wave")
    sandbox.post("U1", "C1", "*bold* `code` <https://example.com>\n> quote\n• one\n```pre```", thread_ts=root)
    sandbox.post("U1", "C1", "mine", file="plan.pdf")
    sandbox.edit("C1", sandbox.messages("C1")[-1].ts, "mine, edited")
    sandbox.post("U2", "C2", "unread")
    return root
