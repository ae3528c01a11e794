using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>One of AWS's own clients, run as its users run it: a program with the endpoint and the key in its environment.</summary>
public abstract class ElbClient
{
    /// <summary>Stands before the name of an action of version 2, as the two versions have actions of the same names.</summary>
    public const string V2 = "elbv2:";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The service that an action of one of the neighbours belongs to, as the clients name it; the actions of Classic ELB are <c>elb</c>'s.
    /// </summary>
    private protected static string ServiceOf(string action) => action switch
    {
        _ when action.StartsWith(V2, StringComparison.Ordinal) => "elbv2",
        "GetCallerIdentity" => "sts",
        "CreateAccessKey" or "DeleteAccessKey" or "GetUser" or "ListAccessKeys" or "UpdateAccessKey" => "iam",
        _ => "elb",
    };

    /// <summary>Calls an action that must succeed; returns the answer's members.</summary>
    public async Task<JsonNode> CallAsync(
        Uri endpoint, string action, object parameters, CancellationToken cancellationToken, Account? account = null)
    {
        var answer = await TryCallAsync(endpoint, action, parameters, cancellationToken, account);
        Assert.True(answer["error"] is null, $"{action} by {this} was answered {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>Calls an action; a refused call's answer is <c>{"error": [code, message]}</c>.</summary>
    public async Task<JsonNode> TryCallAsync(
        Uri endpoint, string action, object parameters, CancellationToken cancellationToken, Account? account = null) =>
        (await RunAsync(endpoint, [new("call", action, JsonSerializer.Serialize(parameters))], cancellationToken, account)).Single();

    /// <summary>Makes several calls one after the other.</summary>
    internal abstract Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null);

    /// <summary>Runs a script that takes all calls at once.</summary>
    private protected static async Task<IReadOnlyList<JsonNode>> RunScriptAsync(
        string program, string script, Uri endpoint, IReadOnlyList<ClientCall> calls, Account? account, CancellationToken cancellationToken)
    {
        var list = new JsonArray([.. calls.Select(call => (JsonNode)new JsonArray(call.Verb, call.Name, JsonNode.Parse(call.Parameters)))]);
        var result = await ChildProcess.RunAsync(
            program, [script, list.ToJsonString(Plain)], Environment(endpoint, account), cancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. JsonNode.Parse(result.Output)!.AsArray().Select(answer => answer ?? new JsonObject())];
    }

    private protected static Dictionary<string, string?> Environment(Uri endpoint, Account? account) => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = (account ?? Account.First).AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = (account ?? Account.First).SecretAccessKey,
        ["AWS_DEFAULT_REGION"] = Account.Region,
        ["AWS_REGION"] = Account.Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
        ["NODE_OPTIONS"] = "",
    };
}
