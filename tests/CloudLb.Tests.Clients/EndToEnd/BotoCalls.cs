using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Calls that boto3 makes one after the other, and what it reads of the answers.</summary>
internal static class BotoCalls
{
    /// <summary>One HTTP listener.</summary>
    public static readonly object[] Web = [new { Protocol = "HTTP", LoadBalancerPort = 18080, InstancePort = 8000 }];

    public static (string Action, object Parameters) Creation(string name, object[] listeners) =>
        ("CreateLoadBalancer", new { LoadBalancerName = name, Listeners = listeners, AvailabilityZones = new[] { "us-east-1a" } });

    /// <summary>The code and the message of a refusal.</summary>
    public static string Error(JsonNode answer) => $"{(string?)answer["error"]?[0]}: {(string?)answer["error"]?[1]}";

    public static async Task<IReadOnlyList<JsonNode>> CallAsync(
        this SharedServer server, params (string Action, object Parameters)[] calls) => await new Boto3().RunAsync(
            server.Process.Url, [.. calls.Select(call => new ClientCall("call", call.Action, JsonSerializer.Serialize(call.Parameters)))],
            TestContext.Current.CancellationToken);
}
