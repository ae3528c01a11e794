// Calls Classic ELB actions with the AWS SDK for JavaScript: call.mjs JSON, a list of ["call", action, parameters]. Prints a list of answers; a refused
// call's is {"error": [code, message]}.
import * as elb from "@aws-sdk/client-elastic-load-balancing";

const client = new elb.ElasticLoadBalancingClient({ endpoint: process.env.AWS_ENDPOINT_URL });
const answers = [];
for (const [, action, parameters] of JSON.parse(process.argv[2])) {
  try {
    const { $metadata, ...answer } = await client.send(new elb[`${action}Command`](parameters));
    answers.push(answer);
  } catch (error) {
    answers.push({ error: [error.Code ?? error.name, error.message] });
  }
}
console.log(JSON.stringify(answers));
