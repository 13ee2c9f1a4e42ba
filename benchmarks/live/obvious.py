"""The obvious app, as the second baseline: Bolt, a session of SQLModel's per event, a stored job per post.

Written as one would at first: rows are looked up and written in a session of their own for each event, and
APScheduler keeps an alert for every post until somebody replies.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine
from sqlmodel import Field, MetaData, Session, SQLModel, create_engine

from benchmarks.live.standin import Address

_ALERT_AFTER = timedelta(days=3650)  # never while this is measured


class _Base(SQLModel):
    """Its tables are no tables of ours."""

    metadata = MetaData()


class Person(_Base, table=True):
    """A member."""

    id: str = Field(primary_key=True)
    name: str = ""
    first_post: str | None = None


class Message(_Base, table=True):
    """A post or a reply."""

    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    author: str
    text: str
    thread_ts: str | None = None
    answered: bool = False


class Reaction(_Base, table=True):
    """A stamp."""

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    ts: str
    member: str
    name: str


def alert(channel: str, ts: str) -> None:
    """What a job would do; its time never comes here."""


def make_scheduler(database: str) -> AsyncIOScheduler:
    """It must be started and stopped by the caller."""
    return AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(url=database)}, timezone=UTC)


def obvious_app(address: Address, database: str, scheduler: AsyncIOScheduler) -> AsyncApp:
    engine = create_engine(database)
    _Base.metadata.create_all(engine)
    app = AsyncApp(client=AsyncWebClient(token=address.bot, base_url=address.api))
    app.event("message")(_on_message(engine, scheduler))
    app.event("reaction_added")(_on_reaction(engine))
    app.event("team_join")(_on_join(engine))
    return app


def _on_message(engine: Engine, scheduler: AsyncIOScheduler) -> Callable[..., Any]:
    async def message(event: dict[str, Any]) -> None:
        channel, ts, thread_ts = event["channel"], event["ts"], event.get("thread_ts")
        with Session(engine) as session:
            person = session.get(Person, event["user"]) or Person(id=event["user"])
            person.first_post = person.first_post or ts
            session.add(person)
            session.add(
                Message(channel=channel, ts=ts, author=person.id, text=event["text"], thread_ts=thread_ts)
            )
            if thread_ts and (root := session.get(Message, (channel, thread_ts))):
                root.answered = True
            session.commit()
        if thread_ts:
            _forget(scheduler, f"{channel}:{thread_ts}")
        else:
            _remember(scheduler, channel, ts)

    return message


def _on_reaction(engine: Engine) -> Callable[..., Any]:
    async def reaction(event: dict[str, Any]) -> None:
        item = event["item"]
        with Session(engine) as session:
            session.add(
                Reaction(channel=item["channel"], ts=item["ts"], member=event["user"], name=event["reaction"])
            )
            session.commit()

    return reaction


def _on_join(engine: Engine) -> Callable[..., Any]:
    async def join(event: dict[str, Any]) -> None:
        with Session(engine) as session:
            session.merge(Person(id=event["user"]["id"], name=event["user"]["name"]))
            session.commit()

    return join


def _remember(scheduler: AsyncIOScheduler, channel: str, ts: str) -> None:
    at = datetime.fromtimestamp(float(ts), UTC) + _ALERT_AFTER
    scheduler.add_job(alert, "date", run_date=at, args=[channel, ts], id=f"{channel}:{ts}")


def _forget(scheduler: AsyncIOScheduler, job: str) -> None:
    try:
        scheduler.remove_job(job)
    except JobLookupError:
        return  # replied to before
