using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>The AWS CLI as Debian ships it.</summary>
public sealed partial class AwsCli : ElbClient
{
    private const string Program = "/usr/bin/aws", Python = "/usr/bin/python3";

    /// <summary>Of all calls.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    internal override async Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null)
    {
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        var runs = JsonSerializer.Serialize(calls.Select(call => Arguments(endpoint, call)));
        var result = await ChildProcess.RunAsync(
            Python, [Path.Combine(AppContext.BaseDirectory, "python", "aws_cli.py"), runs], Environment(endpoint, account),
            cancellationToken, Patience);
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. JsonNode.Parse(result.Output)!.AsArray().Select(run => Answer((int)run![0]!, (string)run[1]!, (string)run[2]!))];
    }

    public override string ToString() => "aws-cli";

    private static string[] Arguments(Uri endpoint, ClientCall call) =>
    [
        "--endpoint-url", endpoint.ToString(), "--output", "json", ServiceOf(call.Name),
        Dashed().Replace(call.Name.Split(':')[^1], "-$0").ToLowerInvariant(),
        "--cli-input-json", call.Parameters,
    ];

    private static JsonNode Answer(int exitCode, string output, string errors)
    {
        if (exitCode == 0)
        {
            return JsonNode.Parse(output.Length == 0 ? "{}" : output)!;
        }

        var error = ErrorText().Match(errors);
        Assert.True(error.Success, errors);
        return new JsonObject { ["error"] = new JsonArray(error.Groups[1].Value, error.Groups[2].Value) };
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex Dashed();

    [GeneratedRegex(@"An error occurred \((\w+)\) when calling the \w+ operation: (.*)")]
    private static partial Regex ErrorText();
}
