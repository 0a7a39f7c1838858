"""An agent behind MLflow's AgentServer: it writes down what it receives and quotes the last message."""

import json
import os

from mlflow.genai.agent_server import AgentServer, invoke, stream
from mlflow.types.responses import (
    ResponsesAgentRequest,
    ResponsesAgentResponse,
    ResponsesAgentStreamEvent,
    create_text_delta,
    create_text_output_item,
)


def answer(request: ResponsesAgentRequest) -> str:
    record = request.model_dump(exclude_none=True)
    with open(os.environ["KEEPTRUSTS_E2E_RECEIVED"], "a", encoding="utf-8") as received:
        received.write(json.dumps(record, ensure_ascii=False) + "\n")
    content = request.input[-1].content
    text = content if isinstance(content, str) else content[-1].text
    if text == "Fail, please.":
        raise RuntimeError(f"failed on: {text}")
    return f"You said: {text}"


@invoke()
def answer_at_once(request: ResponsesAgentRequest) -> ResponsesAgentResponse:
    return ResponsesAgentResponse(output=[create_text_output_item(answer(request), "msg_1")])


@stream()
def answer_in_pieces(request: ResponsesAgentRequest):
    text = answer(request)
    for at in range(0, len(text), 7):
        yield ResponsesAgentStreamEvent(**create_text_delta(text[at : at + 7], "msg_1"))
    item = create_text_output_item(text, "msg_1")
    yield ResponsesAgentStreamEvent(type="response.output_item.done", item=item)


server = AgentServer("ResponsesAgent")
app = server.app
