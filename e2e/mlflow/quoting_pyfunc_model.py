"""A plain pyfunc model: a list of texts in, a list of texts out. It knows nothing of chat messages."""

import json
import os

import mlflow
from mlflow.pyfunc import PythonModel


class QuotingPyfuncModel(PythonModel):
    def predict(self, context, model_input: list[str], params=None) -> list[str]:
        with open(os.environ["KEEPTRUSTS_E2E_RECEIVED"], "a", encoding="utf-8") as received:
            received.write(json.dumps({"inputs": list(model_input)}, ensure_ascii=False) + "\n")
        return [f"You said: {text}" for text in model_input]


mlflow.models.set_model(QuotingPyfuncModel())
