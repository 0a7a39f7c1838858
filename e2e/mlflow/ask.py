"""One chat request with the official client: what came back, as JSON on one line.

usage: ask.py BASE_URL MODEL PROMPT [--stream]
"""

import json
import sys

import openai

base_url, model, prompt = sys.argv[1:4]
client = openai.OpenAI(base_url=base_url, api_key="unused")
asked = {"model": model, "messages": [{"role": "user", "content": prompt}], "max_tokens": 64}
try:
    if "--stream" in sys.argv:
        chunks = list(
            client.chat.completions.create(
                **asked, stream=True, stream_options={"include_usage": True}
            )
        )
        choices = [choice for chunk in chunks for choice in chunk.choices]
        result = {
            "content": "".join(choice.delta.content or "" for choice in choices),
            "finish_reasons": [c.finish_reason for c in choices if c.finish_reason],
            "chunks": len(chunks),
            "usage": chunks[-1].usage is not None,
        }
    else:
        answer = client.chat.completions.create(**asked)
        result = {"content": answer.choices[0].message.content}
except openai.APIStatusError as error:
    result = {"status": error.status_code, "error": error.body}
print(json.dumps(result))
