"""The same hands over HTTP, for a bot that runs as a process: POST /control/<deed> with a JSON body."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from tests.botapi.http import Request, Response
from tests.patience import WITHIN_S

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

DEEDS = {
    "say": "user_says",
    "edit": "user_edits",
    "document": "user_sends_document",
    "photo": "user_sends_photo",
    "press": "user_presses",
    "forge": "user_forges_press",
    "push": "push",
}


async def controlled(api: BotApi, deed: str, request: Request) -> Response:
    """Do what the address says; the body's names are those of the Python methods.

    ``content`` is base64. ``GET /control/sent?chat=5&count=2&within=10`` waits for so many messages.
    """
    given: dict[str, Any] = json.loads(request.body) if request.body else dict(request.query)
    if "content" in given:
        given["content"] = base64.b64decode(given["content"])
    try:
        return Response(200, json.dumps(await _do(api, deed, given)).encode())
    except (AssertionError, KeyError, TypeError, ValueError) as exc:
        return Response(400, json.dumps({"error": f"{type(exc).__name__}: {exc}"}).encode())
    except TimeoutError:
        return Response(408, b'{"error": "did not happen in time"}')


async def _do(api: BotApi, deed: str, given: dict[str, Any]) -> Any:
    if deed in DEEDS:
        return {"id": await getattr(api, DEEDS[deed])(**given)}
    return await _LOOKS[deed](api, **given)


async def _sent(api: BotApi, chat: str, count: str = "0", within: str = f"{WITHIN_S}") -> list[Any]:
    return [m.to_json() for m in await api.wait_sent(chat, int(count), float(within))]


async def _fault(api: BotApi, **given: Any) -> dict[str, Any]:
    return {"left": api.fault(**given).times}


async def _person(api: BotApi, user: int, name: str) -> dict[str, Any]:
    return {"id": api.person(user, name)}


async def _group(api: BotApi, chat: int, title: str) -> dict[str, Any]:
    return {"id": api.group(chat, title)}


async def _block(api: BotApi, user: int) -> dict[str, Any]:
    api.blocks(user)
    return {"id": user}


async def _toast(api: BotApi, press: str) -> dict[str, Any]:
    return {"text": api.toast(press)}


async def _state(api: BotApi) -> dict[str, Any]:
    return {
        "pending": [u["update_id"] for u in api.queue.pending],
        "confirmed": api.queue.confirmed,
        "delivered": api.queue.delivered,
        "calls": [{"method": c.method, "status": c.status, "fields": c.fields} for c in api.calls],
        "too_early": len(api.too_early),
        "floods": api.floods,
        "commands": api.world.commands,
    }


async def _file(api: BotApi, chat: str, message_id: str, index: str = "0") -> dict[str, Any]:
    message = api.world.sent_message(int(chat), int(message_id))
    assert message is not None, "no such message"
    file = message.files[int(index)]
    return {"name": file.name, "content": base64.b64encode(file.content).decode()}


async def _confirmed(api: BotApi, update_id: str, within: str = f"{WITHIN_S}") -> dict[str, Any]:
    await api.wait_confirmed(int(update_id), float(within))
    return {"id": int(update_id)}


_LOOKS: dict[str, Any] = {
    "sent": _sent,
    "fault": _fault,
    "person": _person,
    "group": _group,
    "block": _block,
    "toast": _toast,
    "state": _state,
    "file": _file,
    "confirmed": _confirmed,
}
