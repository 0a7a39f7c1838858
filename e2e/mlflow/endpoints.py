"""Every endpoint with the official client, plain and streamed: what came back, as JSON on one line.

usage: endpoints.py BASE_URL MODEL PROMPT
"""

import json
import sys

import openai

base_url, model, prompt = sys.argv[1:4]
client = openai.OpenAI(base_url=base_url, api_key="unused", max_retries=0)
messages = [{"role": "user", "content": prompt}]
tools = [{"type": "function", "function": {"name": "look_up", "parameters": {"type": "object", "properties": {}}}}]
asked = {"model": model, "messages": messages}
result = {"plain": client.chat.completions.create(**asked).choices[0].message.content}

with client.chat.completions.stream(**asked) as stream:
    result["stream"] = stream.get_final_completion().choices[0].message.content

with client.chat.completions.stream(**asked, tools=tools, tool_choice="required") as stream:
    for event in stream:
        if event.type == "tool_calls.function.arguments.done":
            result["tool"] = [event.name, json.loads(event.arguments)]

result["completion"] = client.completions.create(model=model, prompt=prompt).choices[0].text
result["response"] = client.responses.create(model=model, input=prompt).output_text
with client.responses.stream(model=model, input=prompt) as stream:
    result["response_stream"] = stream.get_final_response().output_text

result["embedding"] = len(client.embeddings.create(model=model, input=[prompt, "b"]).data)
try:
    client.embeddings.create(model=model, input=[[9906, 1917]])
except openai.APIStatusError as error:
    result["tokens"] = [error.status_code, error.body["message"]]
print(json.dumps(result))
