"""Members write, answer, stamp, change and delete on the page, in a real browser."""

import asyncio
import re
from datetime import timedelta

from playwright.async_api import Page, expect

from scheduler.sandbox import Markup
from tests.browser.browsing import START, Browsing, workspace


async def write(page: Page, text: str) -> None:
    box = page.locator("#text")
    await box.fill(text)
    await box.press("Enter")


async def test_a_member_writes_and_another_one_sees_it_at_once(runner: asyncio.Runner, browsing: Browsing):
    async with (
        workspace() as sandbox,
        browsing.visit(sandbox, "/?as=U1&in=C1") as hana,
        browsing.visit(sandbox, "/?as=U2&in=C1") as jun,
    ):
        await write(hana, "Hello @Jun Sato, see https://example.com/a?b=1 in #quiet\n*bold* <!channel> & <b>")
        await expect(jun.get_by_role("article").last).to_contain_text("Hello @Jun Sato")
        await expect(jun.locator("#spoken")).to_contain_text("Hana Mori: Hello")
        await expect(hana.locator("#text")).to_have_value("")

        said = sandbox.messages("C1")[-1]

    assert said.user == "U1"
    assert said.text == (
        "Hello <@U2>, see <https://example.com/a?b=1> in <#C2>\n*bold* &lt;!channel&gt; &amp; &lt;b&gt;"
    )


async def test_a_reply_goes_into_the_thread_and_to_the_channel_when_asked(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        await page.get_by_role("article").hover()
        await page.get_by_role("link", name="Reply in thread").click()
        thread = page.get_by_role("complementary")
        await thread.get_by_label("Reply", exact=True).fill("I am")
        await thread.get_by_role("button", name="Send").click()
        await expect(thread.get_by_role("article")).to_have_count(2)
        await expect(page.get_by_role("link", name="Replies: 1")).to_be_visible()
        await thread.get_by_label("Reply", exact=True).fill("All of us are")
        await thread.get_by_label("Also send").check()
        await thread.get_by_role("button", name="Send").click()
        await expect(page.locator("#log article")).to_have_count(2)

        root, reply, broadcast = sandbox.messages("C1")

    assert (reply.thread_ts, reply.subtype, broadcast.subtype) == (root.ts, None, "thread_broadcast")


async def test_a_stamp_is_put_and_taken_back(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        (message,) = sandbox.messages("C1")
        await page.get_by_role("article").hover()
        await page.get_by_role("button", name="Add a stamp").click()
        await page.get_by_role("dialog").get_by_label("eyes", exact=True).click()
        stamp = page.get_by_role("button", name="eyes 1")
        await expect(stamp).to_have_attribute("aria-pressed", "true")
        assert message.reactions == {"eyes": ["U1"]}

        sandbox.react("U2", "C1", message.ts, "eyes")
        await expect(page.get_by_role("button", name="eyes 2")).to_have_attribute(
            "title", "Hana Mori, Jun Sato"
        )
        await page.get_by_role("button", name="eyes 2").click()
        await expect(stamp).to_have_attribute("aria-pressed", "false")
        assert message.reactions == {"eyes": ["U2"]}


async def test_only_ones_own_messages_are_changed_and_deleted(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        sandbox.post("U1", "C1", Markup("Ask <@U2> &amp; me"))
        mine = page.get_by_role("article").nth(1)
        await mine.hover()
        await mine.get_by_role("button", name="Edit").click()
        box = page.get_by_role("dialog").get_by_role("textbox")
        await expect(box).to_have_value("Ask @Jun Sato & me")
        await box.fill("Ask @Jun Sato")
        await page.get_by_role("button", name="Save").click()
        await expect(mine).to_contain_text("(edited)")
        assert sandbox.messages("C1")[1].text == "Ask <@U2>"

        await mine.hover()
        await mine.get_by_role("button", name="Delete").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_role("article")).to_have_count(1)
        assert await page.get_by_role("button", name="Edit").count() == 0


async def test_somebody_new_joins_the_workspace_and_a_channel_and_leaves_it(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C2") as page:
        await page.get_by_role("link", name="You are").click()
        await page.get_by_label("Find by name").fill("jun")
        await expect(page.locator("#people li:visible")).to_have_count(1)
        await page.get_by_label("Join as somebody new").fill("Rei Aoki")
        await page.get_by_role("button", name="Join", exact=True).click()
        await expect(page.get_by_role("link", name="You are Rei Aoki")).to_be_visible()
        await expect(page.locator("#compose")).to_contain_text("Rei Aoki is not in #quiet")
        await page.get_by_role("button", name="Join the channel").click()
        await write(page, "Hello")
        await expect(page.locator(".message")).to_contain_text("Hello")
        (rei,) = [found for found in sandbox.world.members.values() if found.real_name == "Rei Aoki"]
        assert rei.id in sandbox.world.channels["C2"].members

        await page.get_by_role("button", name="Leave").click()
        await expect(page.get_by_role("button", name="Join the channel")).to_be_visible()
        assert rei.id not in sandbox.world.channels["C2"].members


async def test_what_is_new_elsewhere_is_marked_until_it_is_read(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U2&in=C1") as page:
        quiet = page.get_by_role("link", name=re.compile("quiet"))
        await expect(quiet).not_to_contain_text("new messages")
        sandbox.post("U2", "C2", "Psst")
        await expect(quiet).to_contain_text("new messages")
        await quiet.click()
        await expect(quiet).not_to_contain_text("new messages")


async def test_hostile_text_and_names_stay_text(runner: asyncio.Runner, browsing: Browsing):
    hostile = "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>"
    async with workspace() as sandbox:
        sandbox.people.join(f'"><b>{hostile}', member="U3")
        sandbox.channels.enter("C1", "U3")
        sandbox.channels.create(f"x{hostile}", channel="C3", members=["U3"])
        sandbox.post(
            "U3", "C1", Markup(hostile + '<javascript:alert(1)|click> <https://a.example/" onx=1|y>')
        )
        sandbox.react("U3", "C1", sandbox.messages("C1")[-1].ts, "wave")
        async with browsing.visit(sandbox, "/?as=U3&in=C1") as page:
            await expect(page.locator(".message").last).to_contain_text("<script>document.title")
            await page.get_by_role("link", name="You are").click()
            await expect(page.get_by_role("dialog")).to_contain_text(hostile)

            assert await page.title() == "#general – Stand-in for Slack"
            assert await page.locator("main script, main img, main [onerror]").count() == 0


async def test_of_5000_messages_the_last_200_are_shown_and_older_ones_by_a_link(
    runner: asyncio.Runner, browsing: Browsing
):
    async with workspace() as sandbox:
        for number in range(5000):
            with sandbox.past(START - timedelta(seconds=5000 - number)):
                sandbox.post("U2", "C1", f"message {number}")
        async with browsing.visit(sandbox, "/?as=U1&in=C1") as page:
            await expect(page.get_by_role("article")).to_have_count(200)
            await expect(page.get_by_text("message 4999", exact=True)).to_be_in_viewport()
            sandbox.post("U2", "C1", "one more")
            await expect(page.get_by_text("one more", exact=True)).to_be_in_viewport()
            await expect(page.get_by_role("article")).to_have_count(200)
            await page.get_by_role("link", name="Earlier messages").click()
            await expect(page.get_by_text("message 4800", exact=True)).to_be_attached()
            await expect(page.get_by_role("article")).to_have_count(200)


async def test_the_page_catches_up_after_it_was_away(runner: asyncio.Runner, browsing: Browsing):
    async with workspace() as sandbox, browsing.visit(sandbox, "/?as=U1&in=C1") as page:
        hidden = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
        tell = "document.dispatchEvent(new Event('visibilitychange'))"
        await page.evaluate(hidden % "true" + tell)
        sandbox.post("U2", "C1", "while you were out")
        sandbox.edit("C1", sandbox.messages("C1")[0].ts, "Nobody?")
        await page.evaluate(hidden % "false" + tell)
        await expect(page.get_by_text("while you were out", exact=True)).to_be_visible()
        await expect(page.get_by_text("Nobody?", exact=True)).to_be_visible()
        await expect(page.get_by_role("article")).to_have_count(2)
