"""What an app shows is used on the page: a small Bolt app that knows nothing of the stand-in."""

import asyncio

from playwright.async_api import Page, expect

from scheduler.sandbox import Sandbox
from tests.browser.browsing import Browsing, workspace
from tests.browser.small_app import CARD, Heard, running


async def post_card(sandbox: Sandbox, app_client: object) -> None:
    await app_client.chat_postMessage(channel="C1", text="Pizza", blocks=CARD)  # type: ignore[attr-defined]


async def heard(sandbox: Sandbox, told: Heard, count: int) -> None:
    await sandbox.until(lambda: len(told.actions) == count)


async def test_everything_on_a_card_can_be_used(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, running(sandbox) as (app, told):
        await post_card(sandbox, app.client)
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            card = page.get_by_role("article").last
            for words in ("Pizza on Friday", "Where", "At noon", "A pizza", "From the kitchen"):
                await expect(card).to_contain_text(words)
            await card.get_by_role("combobox", name="Size").select_option("Large")
            await heard(sandbox, told, 1)
            await card.get_by_label("Ham").check()
            await heard(sandbox, told, 2)
            await card.get_by_label("Corn").check()
            await heard(sandbox, told, 3)
            await card.get_by_label("Thick").check()
            await heard(sandbox, told, 4)
            await card.get_by_label("day").fill("2026-04-17")
            await heard(sandbox, told, 5)
            await card.locator(".overflow summary").click()
            await card.get_by_role("button", name="Hide").click()
            await heard(sandbox, told, 6)

    assert told.actions == [
        ("size", "size", "l"),
        ("tools", "toppings", ["ham"]),
        ("tools", "toppings", ["ham", "corn"]),
        ("tools", "crust", "thick"),
        ("tools", "day", "2026-04-17"),
        ("tools", "more", "hide"),
    ]


async def test_a_dangerous_button_asks_first(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, running(sandbox) as (app, told):
        await post_card(sandbox, app.client)
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            throw = page.get_by_role("button", name="Throw away")
            await throw.click()
            await expect(page.get_by_role("dialog", name="Sure?")).to_contain_text("It is gone then.")
            await page.get_by_role("button", name="Keep").click()
            await throw.click()
            await page.get_by_role("button", name="Throw", exact=True).click()
            await heard(sandbox, told, 1)

    assert told.actions == [("tools", "throw", "throw")]


async def open_order(page: Page) -> None:
    await page.get_by_role("button", name="Order", exact=True).click()
    await expect(page.get_by_role("dialog", name="Your order")).to_be_visible()


async def test_a_button_opens_a_modal_which_is_filled_in_corrected_and_sent(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox, running(sandbox) as (app, told):
        await post_card(sandbox, app.client)
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            await open_order(page)
            modal = page.get_by_role("dialog", name="Your order")
            await expect(modal.get_by_label("Name on the box")).to_be_focused()
            await modal.get_by_label("Name on the box").fill("Nobody")
            await modal.get_by_label("Note").fill("No\nolives")
            await modal.get_by_role("button", name="Send the order").click()
            await expect(modal.locator("[data-block=with] .error")).to_have_text("Please fill this in.")
            await modal.get_by_label("With whom").select_option("Jun Sato")
            await modal.get_by_label("Corn").check()
            await modal.get_by_role("button", name="Send the order").click()
            await expect(modal.locator("[data-block=name] .error")).to_have_text("Somebody, please")
            await expect(modal.get_by_label("Name on the box")).to_be_focused()
            await modal.get_by_label("Name on the box").fill("Hana")
            await modal.get_by_role("button", name="Send the order").click()
            await expect(modal).to_be_hidden()
            await expect(page.get_by_role("button", name="Order", exact=True)).to_be_focused()

    assert told.orders == [
        {"name": "Hana", "note": "No\nolives", "with": "U2", "extras": ["corn"], "when": 1775790000}
    ]


async def test_escape_closes_a_modal_and_the_app_hears_of_it(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, running(sandbox) as (app, told):
        await post_card(sandbox, app.client)
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            await open_order(page)
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)
            await sandbox.until(lambda: told.closed)

    assert told.closed == ["order"]
    assert told.actions == [("tools", "order", "order")]


async def test_of_two_buttons_with_one_name_the_pressed_one_is_told(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox, running(sandbox) as (app, told):
        await post_card(sandbox, app.client)
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            await page.get_by_role("button", name="Order again").click()
            await heard(sandbox, told, 1)

    assert told.actions == [("again", "order", "order")]


async def test_the_home_tab_is_published_when_it_is_opened_and_can_be_pressed(
    runner: asyncio.Runner, browsing: Browsing
):
    async with (
        workspace() as sandbox,
        running(sandbox) as (_, told),
        browsing.visit(sandbox, "/?as=U2&in=C1") as page,
    ):
        await page.get_by_role("link", name="Home of ambassador").click()
        await expect(page.locator(".home")).to_contain_text("Welcome, @Jun Sato")
        await page.get_by_role("button", name="Order").click()
        await expect(page.get_by_role("dialog", name="Your order")).to_be_visible()

    assert told.actions == [("tools", "order", "order")]


async def test_a_command_is_answered_to_the_member_alone(runner: asyncio.Runner, browsing: Browsing):
    async with (
        workspace() as sandbox,
        running(sandbox),
        browsing.visit(sandbox, "/?as=U1&in=C1") as hana,
        browsing.visit(sandbox, "/?as=U2&in=C1") as jun,
    ):
        await hana.locator("#text").fill("/pizza margherita")
        await hana.locator("#text").press("Enter")
        answer = hana.get_by_role("article").last
        await expect(answer).to_contain_text("Only you can see this")
        await expect(answer).to_contain_text("One margherita is on its way")
        await expect(jun.get_by_role("article")).to_have_count(1)
        await answer.hover()
        await answer.get_by_role("button", name="Dismiss").click()
        await expect(hana.get_by_role("article")).to_have_count(1)


async def test_it_says_so_when_no_app_answers(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        await page.locator("#text").fill("/pizza")
        await page.locator("#text").press("Enter")
        await expect(page.get_by_role("status")).to_have_text("The app did not answer within 3 seconds.")
        await expect(page.locator("#text")).to_have_value("/pizza")
