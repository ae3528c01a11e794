using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>The AWS CLI as Debian ships it.</summary>
public sealed partial class AwsCli : ElbClient
{
    private const string Program = "/usr/bin/aws";

    internal override async Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null)
    {
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        var answers = new List<JsonNode>();
        foreach (var call in calls)
        {
            answers.Add(await RunAsync(endpoint, call, account, cancellationToken));
        }

        return answers;
    }

    public override string ToString() => "aws-cli";

    private static async Task<JsonNode> RunAsync(Uri endpoint, ClientCall call, Account? account, CancellationToken cancellationToken)
    {
        var service = ServiceOf(call.Name);
        var result = await ChildProcess.RunAsync(
            Program,
            [
                "--endpoint-url", endpoint.ToString(), "--output", "json", service,
                Dashed().Replace(call.Name.Split(':')[^1], "-$0").ToLowerInvariant(),
                "--cli-input-json", call.Parameters,
            ],
            Environment(endpoint, account),
            cancellationToken);
        if (result.ExitCode == 0)
        {
            return JsonNode.Parse(result.Output.Length == 0 ? "{}" : result.Output)!;
        }

        var error = ErrorText().Match(result.Error);
        Assert.True(error.Success, result.Error);
        return new JsonObject { ["error"] = new JsonArray(error.Groups[1].Value, error.Groups[2].Value) };
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex Dashed();

    [GeneratedRegex(@"An error occurred \((\w+)\) when calling the \w+ operation: (.*)")]
    private static partial Regex ErrorText();
}
