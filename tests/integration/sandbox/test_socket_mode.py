"""Socket Mode over a real WebSocket, with the SDK's own client."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.integration.sandbox.connecting import START, listening, live, new_sandbox, step_to, web_client


@live
async def test_an_event_arrives_and_its_acknowledgement_is_noted():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        member = sandbox.people.join("Hana")
        await sandbox.delivery.settled()

    (heard,) = app.heard
    (acknowledged,) = sandbox.delivery.acknowledged
    assert heard.payload["event"]["user"]["id"] == member
    assert acknowledged.event_id == heard.payload["event_id"]
    assert (heard.retry_attempt, acknowledged.attempts) == (0, 1)


@live
async def test_what_is_not_acknowledged_comes_again_with_the_same_envelope_and_event_id():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        app.acknowledges = False
        sandbox.people.join("Hana")
        await sandbox.until(lambda: app.heard)
        app.acknowledges = True
        sandbox.delivery.redeliver()
        await sandbox.delivery.settled()

    first, second = app.heard
    assert (first.envelope_id, first.payload) == (second.envelope_id, second.payload)
    assert (second.retry_attempt, second.retry_reason) == (1, "timeout")


@live
async def test_it_comes_again_by_itself_after_a_while_and_is_lost_in_the_end():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        app.acknowledges = False
        sandbox.delivery.redeliver_after = (0.01, 0.01, 0.01)
        sandbox.people.join("Hana")
        await sandbox.until(lambda: sandbox.delivery.lost)

    assert [request.retry_attempt for request in app.heard] == [0, 1, 2, 3]
    assert sandbox.delivery.unacknowledged == 0


@live
async def test_two_connections_share_the_events():
    async with new_sandbox() as sandbox, listening(sandbox) as one, listening(sandbox) as other:
        for name in ("Hana", "Ren", "Aoi", "Sora"):
            sandbox.people.join(name)
        await sandbox.delivery.settled()

    assert (len(one.heard), len(other.heard)) == (2, 2)


@live
async def test_what_a_broken_connection_left_unacknowledged_goes_to_the_other_one():
    async with new_sandbox() as sandbox, listening(sandbox) as one, listening(sandbox) as other:
        one.acknowledges = other.acknowledges = False
        sandbox.people.join("Hana")
        await sandbox.until(lambda: one.heard or other.heard)
        (broken, healthy) = (one, other) if one.heard else (other, one)
        healthy.acknowledges = True
        sandbox.sockets.drop(1 if broken is one else 2)
        await sandbox.delivery.settled()

    assert [request.retry_reason for request in healthy.heard] == ["connection_closed"]


@live
async def test_events_wait_while_nobody_listens():
    async with new_sandbox() as sandbox:
        sandbox.people.join("Hana")
        step_to(sandbox, START + timedelta(minutes=5))
        async with listening(sandbox) as app:
            await sandbox.delivery.settled()

    assert [event["type"] for event in app.events()] == ["team_join"]


@live
async def test_events_of_a_long_outage_are_lost():
    async with new_sandbox() as sandbox:
        sandbox.people.join("Hana")
        step_to(sandbox, START + timedelta(minutes=7))
        async with listening(sandbox) as app:
            sandbox.people.join("Ren")
            await sandbox.delivery.settled()

    assert [event["user"]["real_name"] for event in app.events()] == ["Ren"]
    assert len(sandbox.delivery.lost) == 1


@live
async def test_held_events_come_backwards_when_asked():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        sandbox.delivery.hold()
        for name in ("Hana", "Ren"):
            sandbox.people.join(name)
        sandbox.delivery.release(backwards=True)
        await sandbox.delivery.settled()

    assert [event["user"]["real_name"] for event in app.events()] == ["Ren", "Hana"]


@live
async def test_a_refresh_makes_the_client_come_back_on_a_new_url():
    async with new_sandbox() as sandbox, listening(sandbox) as app:
        sandbox.sockets.refresh()
        sandbox.people.join("Hana")
        await sandbox.until(lambda: [found.number for found in sandbox.delivery.connections] == [2])
        await sandbox.delivery.settled()

    assert [event["type"] for event in app.events()] == ["team_join"]
    assert len(sandbox.calls("apps.connections.open")) == 2


@live
async def test_a_warning_leaves_the_connection_open():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
            sandbox.sockets.warn()
            warning = await socket.receive_json()
            sandbox.people.join("Hana")
            envelope = await socket.receive_json()

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert (warning["type"], warning["reason"]) == ("disconnect", "warning")
    assert envelope["type"] == "events_api"


@live
async def test_switched_off_it_says_so_and_opens_nothing_more():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        client = web_client(sandbox)
        url = (await client.apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            await socket.receive_json()
            sandbox.sockets.disable()
            told = await socket.receive_json()
        with pytest.raises(SlackApiError, match="access_denied"):
            await client.apps_connections_open(app_token=sandbox.tokens.app)
        sandbox.sockets.enable()
        again = await client.apps_connections_open(app_token=sandbox.tokens.app)

    assert (told["reason"], again["ok"]) == ("link_disabled", True)


@live
async def test_a_ticket_opens_one_connection():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            await socket.receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(url)

    assert refused.value.status == 404


@live
async def test_the_eleventh_connection_is_one_too_many():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        client, sockets = web_client(sandbox), []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=sandbox.tokens.app))["url"]
            sockets.append(await session.ws_connect(url))
        told = await sockets[10].receive_json()

    assert told["reason"] == "too_many_websockets"


@live
async def test_a_refused_upgrade_uses_the_ticket_up():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        sandbox.sockets.refuse(408)
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        statuses = []
        for _ in range(2):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(url)
            statuses.append(refused.value.status)

    assert statuses == [408, 404]


@live
async def test_an_upgrade_can_stay_without_an_answer():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        sandbox.sockets.hang()
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        opening = asyncio.ensure_future(session.ws_connect(url))
        await sandbox.until(lambda: sandbox.sockets.refused == 1)

        assert not opening.done()
        opening.cancel()


@live
async def test_a_connection_is_closed_in_good_order():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            await socket.receive_json()
            sandbox.sockets.close()
            last = await socket.receive()

    assert last.type is aiohttp.WSMsgType.CLOSE


@live
async def test_without_its_scope_the_app_level_token_opens_nothing():
    async with new_sandbox() as sandbox:
        sandbox.tokens.app_scopes = ()
        with pytest.raises(SlackApiError, match="missing_scope"):
            await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app)


@live
async def test_pings_are_answered():
    async with new_sandbox() as sandbox, listening(sandbox, ping_interval=0.05) as app:
        await sandbox.until(lambda: sandbox.delivery.connections[0].pings > 1)

        assert app.client.last_ping_pong_time is not None


@live
async def test_a_silent_socket_is_noticed_by_the_client_and_replaced():
    async with new_sandbox() as sandbox, listening(sandbox, ping_interval=0.05) as app:
        await sandbox.until(lambda: sandbox.delivery.connections)
        sandbox.sockets.silence()
        await sandbox.until(lambda: len(sandbox.calls("apps.connections.open")) > 1)
        sandbox.sockets.drop(1)
        sandbox.people.join("Hana")
        await sandbox.delivery.settled()

    assert [event["type"] for event in app.events()] == ["team_join"]


@live
async def test_what_is_no_acknowledgement_harms_nothing():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        url = (await web_client(sandbox).apps_connections_open(app_token=sandbox.tokens.app))["url"]
        async with session.ws_connect(url) as socket:
            await socket.receive_json()
            for text in ("no json", "[]", '{"envelope_id": "unknown"}'):
                await socket.send_str(text)
            sandbox.people.join("Hana")
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
            await sandbox.delivery.settled()

    assert len(sandbox.delivery.acknowledged) == 1
