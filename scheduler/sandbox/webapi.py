"""The Web API over HTTP: reads a call, does it, answers as Slack would, or fails as it was told to fail."""

from aiohttp import web

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.breaking import Breaking
from scheduler.sandbox.faults import Fault, Faults, How
from scheduler.sandbox.limits import Limits
from scheduler.sandbox.methods import METHODS, WITH_APP_TOKEN, unknown
from scheduler.sandbox.received import Call
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.world import World

#: "This method does not currently accept application/json", as their pages said for years.
_BLIND_TO_JSON = tuple(
    f".{reading}" for reading in ("conversations", "get", "history", "info", "list", "members", "replies")
)


class WebApi:
    """`received` gets every call, also those of unknown methods and those that fail."""

    def __init__(self, world: World, faults: Faults, limits: Limits, breaking: Breaking) -> None:
        self._world, self._faults, self._limits, self._breaking = world, faults, limits, breaking
        self.received: list[Call] = []

    async def arrive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            values = await _values(request, method)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        call = Call(method=method, arguments=Arguments(values).shown(), at=self._world.now())
        self.received.append(call)
        try:
            return await self._answered(request, call, Arguments(values), _token(request, values))
        finally:
            self._world.bell.ring()

    async def _answered(
        self, request: web.Request, call: Call, arguments: Arguments, token: str
    ) -> web.StreamResponse:
        fault = self._faults.next(call.method, call.arguments)
        if fault and not fault.after_effect and fault.how is not How.LATE:
            return await self._fails(request, call, fault, b"")
        response = self._respond(call, arguments, token, fault)
        if fault and fault.how is not How.LATE:
            return await self._fails(request, call, fault, response.body)  # type: ignore[arg-type]
        return response

    async def _fails(self, request: web.Request, call: Call, fault: Fault, body: bytes) -> web.StreamResponse:
        call.outcome = fault.code if fault.how is How.ERROR else fault.how.value
        self._world.bell.ring()
        return await self._breaking.fail(request, fault, body)

    def _respond(self, call: Call, arguments: Arguments, token: str, fault: Fault | None) -> web.Response:
        wait = self._limits.wait(call.method, arguments.text("channel"), self._world.now())
        if wait is not None:
            call.outcome = "ratelimited"
            return ratelimited(wait)
        self._world.late = fault.late if fault else None
        answer = self._outcome(call, arguments, token)
        call.answer = {name: value for name, value in answer.items() if isinstance(value, str | bool)}
        self._world.late = None
        headers = (
            {"x-oauth-scopes": ",".join(self._world.tokens.scopes)} if token == self._world.tokens.bot else {}
        )
        return web.json_response(answer, headers=headers)

    def _outcome(self, call: Call, arguments: Arguments, token: str) -> Json:
        try:
            run = METHODS.get(call.method, unknown)
            self._world.tokens.check(token, for_app=call.method in WITH_APP_TOKEN)
            answer = {"ok": True, **run(self._world, arguments)}
        except Refused as refused:
            call.outcome = refused.code
            return refused.answer()
        call.outcome, call.took_effect = "ok", True
        return answer


def ratelimited(seconds: int) -> web.Response:
    answer = {"ok": False, "error": "ratelimited"}
    return web.json_response(answer, status=429, headers={"Retry-After": str(seconds)})


async def _values(request: web.Request, method: str) -> Json:
    """The arguments of the query and of the body together. Most methods that only read see no JSON."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json() if request.can_read_body else {}
        return values | (body if isinstance(body, dict) and not method.endswith(_BLIND_TO_JSON) else {})
    return values | dict(await request.post())


def _token(request: web.Request, values: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(values.get("token", ""))
