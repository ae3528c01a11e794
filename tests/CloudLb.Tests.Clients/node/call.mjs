// Calls ELB actions with the AWS SDK for JavaScript: call.mjs JSON, a list of ["call", action, parameters], where an action of version 2 is "elbv2:Action".
// Prints a list of answers; a refused call's is {"error": [code, message]}.
import * as elb from "@aws-sdk/client-elastic-load-balancing";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";

const settings = { endpoint: process.env.AWS_ENDPOINT_URL };
const client = new elb.ElasticLoadBalancingClient(settings);
const clientV2 = new elbv2.ElasticLoadBalancingV2Client(settings);
const answers = [];
for (const [, action, parameters] of JSON.parse(process.argv[2])) {
  try {
    const isV2 = action.startsWith("elbv2:");
    const { $metadata, ...answer } = isV2
      ? await clientV2.send(new elbv2[`${action.slice(6)}Command`](parameters))
      : await client.send(new elb[`${action}Command`](parameters));
    answers.push(answer);
  } catch (error) {
    answers.push({ error: [error.Code ?? error.name, error.message] });
  }
}
console.log(JSON.stringify(answers));
