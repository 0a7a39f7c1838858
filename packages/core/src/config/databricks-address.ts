/** Hosts of Databricks workspaces on AWS, Azure and Google Cloud. */
const workspaceHost = /\.(?:cloud\.databricks\.com|gcp\.databricks\.com|azuredatabricks\.net)$/i

/** True for an address of a Databricks workspace. */
export function isDatabricks(url: string): boolean {
  return workspaceHost.test(new URL(url).hostname)
}

/** The address with `/serving-endpoints`, below which a workspace serves its models, when it has no path of its own. */
export function servingEndpoints(url: string): string {
  return new URL(url).pathname === '/' ? `${url}/serving-endpoints` : url
}
