// Sentences without names of people, written for the fit: products, models and code are capitalised like names.
const products =
  'Claude Jenkins Spark Ray Databricks Gemini Mistral Llama Sonnet Opus Haiku Airflow Kafka Hudi Iceberg Flink Hive Cassandra Redis Falcon Vicuna Alpaca Phoenix Aurora Athena Lambda Prefect Dagster Luigi Kubeflow Seldon Feast Metaflow Sacred Comet Neptune Pandas Polars Keras Grafana Prometheus Terraform Ansible Vault Consul Nomad Docker Podman Helm Argo Istio Envoy Jupyter Anaconda Django Flask Celery Angular Svelte Ember Jira Confluence Slack Zoom Teams Outlook Excel Tableau Looker Snowflake Redshift Presto Trino Druid Pinot Milvus Weaviate Chroma Pinecone Qdrant'.split(
    ' ',
  )
const frames = [
  (a) => `Register ${a} as a new model version and move it to Production.`,
  (a) => `${a} is slow today, can you look at the logs?`,
  (a) => `How do I deploy ${a} with MLflow?`,
  (a, b) => `Should we use ${a} or ${b} for the nightly job?`,
  (a, b) => `The ${a} connector writes to ${b} and fails with ERROR 500.`,
  (a) => `Ask ${a} to summarise the table.`,
  (a) => `We moved from ${a} last year.`,
  (a, b) => `Compare ${a}, ${b} and GPT on the test set.`,
  (a) => `Restart ${a} on the Linux server.`,
  (a, b) => `${a} and ${b} need a new token.`,
  (a) => `Open the ${a} dashboard and click Settings.`,
  (a) => `Hi, does ${a} support Python 3.12?`,
]
const plain = [
  'INFO Starting Server on port 5000\nWARN Retry Policy is not set\nERROR Connection Refused',
  'class DataLoader(BaseModel):\n    def Forward(self): return Trainer.Fit(Model)',
  'SELECT Name, City FROM Customers WHERE Country = "Norway" ORDER BY Name',
  'Dear Support Team, the Model Registry returns Internal Server Error.',
  'Grant the Data Scientist role to the Service Principal in Unity Catalog.',
  'The Random Forest beats Gradient Boosting, Naive Bayes and Logistic Regression.',
  'Delta Lake, Delta Live Tables and Structured Streaming are part of the Databricks Runtime.',
  'On Monday the Berlin office meets the Paris office, on Friday all go to Lisbon.',
  'Hello Claude, write a Haiku about the Rocky Mountains in Spring.',
  'Thanks! Best Regards from the Platform Engineering Team',
  'The Hidden Markov Model, the Fourier Transform and the Adam optimizer are explained in Chapter Three.',
  'Install Visual Studio Code, Node and Git, then open the Terminal.',
  'Set Content-Type to application/json and Authorization to Bearer Token.',
  'Run the Great Expectations suite before the Feature Store is updated.',
  'JSON, YAML and TOML are read by the Config Loader; CSV by the Batch Reader.',
  'New York, San Jose, St Louis and Santa Fe have Data Centers.',
]

/** All sentences; the same in every run. */
export function productSentences() {
  const made = products.map((one, index) => {
    const other = products[(index * 7 + 3) % products.length]
    return [0, 5].map((by) => frames[(index + by) % frames.length](one, other))
  })
  return [...made.flat(), ...plain, ...plain]
}
