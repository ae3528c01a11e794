// Calls one Classic ELB action with the AWS SDK for JavaScript: call.mjs ACTION JSON. Prints the answer as JSON; exits with 1 and prints the error
// code otherwise.
import * as elb from "@aws-sdk/client-elastic-load-balancing";

const [action, parameters] = process.argv.slice(2);
const client = new elb.ElasticLoadBalancingClient({ endpoint: process.env.AWS_ENDPOINT_URL });
try {
  const { $metadata, ...answer } = await client.send(new elb[`${action}Command`](JSON.parse(parameters)));
  console.log(JSON.stringify(answer));
} catch (error) {
  console.error(error.Code ?? error.name, error.message);
  process.exitCode = 1;
}
