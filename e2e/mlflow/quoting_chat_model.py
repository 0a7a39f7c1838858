"""A small chat model: it writes down what it receives and quotes it in its answer.

It stands alone: MLflow logs it from code, so this file is what `mlflow models serve` runs.
"""

import json
import os

import mlflow
from mlflow.pyfunc import ChatModel
from mlflow.types.llm import ChatChoice, ChatCompletionResponse, ChatMessage, TokenUsageStats


class QuotingChatModel(ChatModel):
    def predict(self, context, messages, params):
        record = {
            "messages": [message.to_dict() for message in messages],
            "params": params.to_dict(),
        }
        with open(os.environ["KEEPTRUSTS_E2E_RECEIVED"], "a", encoding="utf-8") as received:
            received.write(json.dumps(record, ensure_ascii=False) + "\n")
        text = f"You said: {messages[-1].content}"
        return ChatCompletionResponse(
            choices=[
                ChatChoice(
                    index=0,
                    message=ChatMessage(role="assistant", content=text),
                    finish_reason="stop",
                )
            ],
            usage=TokenUsageStats(prompt_tokens=10, completion_tokens=5, total_tokens=15),
            model="my-chat-model",
        )


mlflow.models.set_model(QuotingChatModel())
