"""Logs and registers the two models in the store that MLFLOW_TRACKING_URI names, both in the stage Production."""

import os
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import mlflow  # noqa: E402

here = Path(__file__).parent
models = {
    "my-chat-model": here / "quoting_chat_model.py",
    "my-pyfunc-model": here / "quoting_pyfunc_model.py",
}

# Logging a ChatModel calls it once with an example; that call is not part of what the tests look at.
os.environ["KEEPTRUSTS_E2E_RECEIVED"] = os.devnull

client = mlflow.MlflowClient()
for name, code in models.items():
    with mlflow.start_run(run_name=name):
        logged = mlflow.pyfunc.log_model(
            name="model",
            python_model=str(code),
            registered_model_name=name,
            pip_requirements=[f"mlflow=={mlflow.__version__}"],
        )
    version = logged.registered_model_version
    client.transition_model_version_stage(name=name, version=version, stage="Production")
    print(f"registered models:/{name}/Production (version {version})")
