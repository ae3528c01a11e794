using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Pipeline;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>
/// The AWS SDK for .NET's pipeline, with CloudLb's contracts in the place of the package that cannot be restored everywhere.
/// </summary>
public sealed class DotNetPipeline : ElbClient
{
    private static readonly JsonSerializerOptions WithoutNull = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly MethodInfo CallOf = typeof(DotNetPipeline).GetMethod(
        nameof(CallAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal override async Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null)
    {
        var caller = account ?? Account.First;
        using var client = new ElbPipelineClient(
            new BasicAWSCredentials(caller.AccessKeyId, caller.SecretAccessKey),
            new() { ServiceURL = endpoint.ToString(), AuthenticationRegion = Account.Region });
        var answers = new List<JsonNode>();
        foreach (var call in calls)
        {
            var service = call.Name.StartsWith(V2, StringComparison.Ordinal)
                ? ElasticLoadBalancingV2Contract.Service
                : ElasticLoadBalancingContract.Service;
            var operation = service.Operations.Single(operation => operation.Name == call.Name.Split(':')[^1]);
            answers.Add(await (Task<JsonNode>)CallOf.MakeGenericMethod(operation.GetType().GetGenericArguments())
                .Invoke(null, [client, operation, service.Version, call.Parameters, cancellationToken])!);
        }

        return answers;
    }

    public override string ToString() => "dotnet";

    private static async Task<JsonNode> CallAsync<TRequest, TResponse>(
        ElbPipelineClient client, OperationContract<TRequest, TResponse> operation, string version, string parameters,
        CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        try
        {
            var answer = await client.CallAsync(operation, version, JsonSerializer.Deserialize<TRequest>(parameters)!, cancellationToken);
            return JsonSerializer.SerializeToNode(answer, WithoutNull)!;
        }
        catch (ElbPipelineException error)
        {
            return new JsonObject { ["error"] = new JsonArray(error.ErrorCode, error.Message) };
        }
    }
}
