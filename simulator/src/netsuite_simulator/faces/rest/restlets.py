"""The RESTlet door, reference §6.2, §6.3 and §7.3: calls of deployed functions, and the errors in the door's own form.

Refuses to know what a RESTlet does. The words of its errors are assumed.
"""

from __future__ import annotations

from http import HTTPMethod, HTTPStatus

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.answers import AnswerError, JsonError, json_bytes, json_response, read_json
from netsuite_simulator.faces.refusing import MAINTENANCE_TEXT, Refusal, RefusedError
from netsuite_simulator.faces.rest.entrance import account_of, login_of
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.logins import Login
from netsuite_simulator.restlets import RestletCall, Restlets, ScriptError

PATH = "/app/site/hosting/restlet.nl"
_JSON, _TEXT = "application/json", "text/plain"


class RestletError(AnswerError):
    """An error in the form of RESTlets."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(json_response({"error": {"code": code, "message": message}}, status=status))


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's route."""

    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            return await _answered(accounts, request)
        except RefusedError as refused:
            raise _refusal(refused) from refused
        except ProblemError as problem:
            if problem.status != HTTPStatus.UNAUTHORIZED:
                raise
            raise _invalid_login() from problem

    return [web.route("*", PATH, respond)]


async def _answered(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    account = account_of(accounts, request)
    operation = f"{request.method.lower()} {request.query.get('script', '')[:80]}"
    async with admit(account, door=Door.RESTLET, operation=operation) as ticket:
        try:
            login = login_of(account, request, door=Door.RESTLET, scope="restlets")
            ticket.signed_in(login)
            content = await request.read()
            response = await ticket.run(lambda: _called(request, account.restlets, login, content))
        except AnswerError as answer:
            ticket.request.outcome = str(answer.response.status)
            raise
        return await ticket.answer(request, response)


def _refusal(refused: RefusedError) -> AnswerError:
    page = refused.page()
    if page is not None:
        return AnswerError(page)
    match refused.reason:
        case Refusal.CONCURRENCY | Refusal.SESSION:
            error = RestletError(400, "SSS_REQUEST_LIMIT_EXCEEDED", "Request Limit Exceeded")
        case Refusal.INVALID_LOGIN:
            error = _invalid_login()
        case _:
            error = RestletError(503, "ACCT_TEMP_UNAVAILABLE", MAINTENANCE_TEXT)
    error.response.headers.update(refused.headers)
    return error


def _invalid_login() -> RestletError:
    return RestletError(401, "INVALID_LOGIN_ATTEMPT", "Invalid login attempt.")


def _called(request: web.Request, restlets: Restlets, login: Login, content: bytes) -> web.Response:
    script, deployment = request.query.get("script", ""), request.query.get("deploy", "")
    restlet = restlets.find(script, deployment)
    if restlet is None:
        message = "That Suitelet is invalid, disabled, or no longer exists."
        raise RestletError(404, "SSS_INVALID_SCRIPTLET_ID", message)
    if request.method not in restlet.methods:
        raise RestletError(405, "INVALID_REQUEST", f"The script {script} has no function for {request.method}.")
    parameters = {name: value for name, value in request.query.items() if name not in ("script", "deploy")}
    call = RestletCall(method=request.method, parameters=parameters, body=_body(request, content), role=login)
    try:
        return _written(restlet.function(call))
    except ScriptError as error:
        raise RestletError(400, error.code, error.message) from error
    except AnswerError:
        raise
    except Exception as error:  # a script that fails is an answer, not a failure of the door
        raise RestletError(400, "UNEXPECTED_ERROR", f"{type(error).__name__}: {error}") from error


def _body(request: web.Request, content: bytes) -> object:
    if request.method in (HTTPMethod.GET, HTTPMethod.DELETE):
        return None
    match request.content_type:
        case "application/json":
            try:
                return read_json(content) if content else None
            except JsonError as error:
                raise RestletError(400, "INVALID_REQUEST", f"The request body is not JSON: {error}.") from error
        case "text/plain":
            return content.decode("utf-8", "replace")
        case other:
            message = f"Invalid content type {other}. You can only use {_JSON} and {_TEXT} with RESTlets."
            raise RestletError(415, "INVALID_REQUEST", message)


def _written(value: object) -> web.Response:
    if value is None:
        return web.Response(status=200)
    if isinstance(value, str):
        return web.Response(text=value, content_type=_TEXT)
    try:
        body = json_bytes(value)
    except (TypeError, ValueError) as error:
        message = "You should return text or what JSON can hold from your RESTlet functions."
        raise RestletError(400, "INVALID_RETURN_DATA_FORMAT", message) from error
    return web.Response(body=body, headers={"Content-Type": _JSON})
