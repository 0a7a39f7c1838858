"""Makes a gateway endpoint in a running `mlflow server`, in front of an OpenAI-like model server.

usage: make_endpoint.py TRACKING_URI NAME MODEL_SERVER API_KEY
"""

import sys

from mlflow.entities import GatewayEndpointModelConfig, GatewayModelLinkageType
from mlflow.store.tracking.rest_store import RestStore
from mlflow.utils.rest_utils import MlflowHostCreds

tracking_uri, name, model_server, api_key = sys.argv[1:]
store = RestStore(lambda: MlflowHostCreds(tracking_uri))
secret = store.create_gateway_secret(
    f"{name}-key",
    {"api_key": api_key},
    provider="openai",
    auth_config={"api_base": f"{model_server}/v1"},
)
model = store.create_gateway_model_definition(f"{name}-model", secret.secret_id, "openai", "fake-gpt")
linked = GatewayEndpointModelConfig(
    model_definition_id=model.model_definition_id,
    linkage_type=GatewayModelLinkageType.PRIMARY,
    weight=1.0,
)
print(store.create_gateway_endpoint(name, [linked]).name)
