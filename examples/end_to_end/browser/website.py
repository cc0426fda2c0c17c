"""A website of one page, where a person binds a phone: `genauth-mock exec -- uvicorn website:app`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Body, FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from aiogenauth import AuthenticationClient, GenAuthError, PassCodeRejected

PAGE = """<!doctype html>
<html lang="en">
<title>Your phone</title>
<form>
  <p><label>Phone number <input id="number" type="tel" autocomplete="tel"></label>
    <button type="button" id="send">Send code</button></p>
  <p><label>Code <input id="code" inputmode="numeric" autocomplete="one-time-code"></label>
    <button type="button" id="bind">Bind</button></p>
  <p role="status"></p>
</form>
<script>
  const value = (id) => document.getElementById(id).value;
  const post = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    document.querySelector("[role=status]").textContent = await answer.text();
  };
  document.getElementById("send").onclick = () => post("/code", { number: value("number") });
  document.getElementById("bind").onclick = () =>
    post("/phone", { number: value("number"), code: value("code") });
</script>
</html>"""


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, AuthenticationClient]]:
    """One client; GENAUTH_* configures it. It calls as the user of GENAUTH_ACCESS_TOKEN."""
    async with AuthenticationClient() as client:
        yield {"genauth": client}


app = FastAPI(lifespan=lifespan)


@app.get("/", response_class=HTMLResponse)
async def page() -> str:
    """Show the page."""
    return PAGE


@app.post("/code", response_class=PlainTextResponse)
async def send_code(request: Request, number: Annotated[str, Body(embed=True)]) -> str:
    """Have a code texted."""
    client: AuthenticationClient = request.state.genauth
    await client.send_sms("CHANNEL_BIND_PHONE", number)
    return "Sent."


@app.post("/phone", response_class=PlainTextResponse)
async def bind(
    request: Request, number: Annotated[str, Body()], code: Annotated[str, Body()]
) -> str:
    """Bind the number."""
    client: AuthenticationClient = request.state.genauth
    await client.bind_phone(phone_number=number, pass_code=code)
    return "Bound."


@app.exception_handler(GenAuthError)
async def say_what_happened(_: Request, error: GenAuthError) -> PlainTextResponse:
    """Tell the two kinds of failure that this page knows."""
    if isinstance(error, PassCodeRejected):
        return PlainTextResponse("That code is wrong or no longer valid.", 422)
    return PlainTextResponse("That did not work.", 500)
