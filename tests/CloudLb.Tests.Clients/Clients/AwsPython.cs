using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>
/// boto3 for any of AWS's services: the one that Debian ships, and the one of the first Python on the PATH, which speaks newer protocols.
/// </summary>
public sealed class AwsPython
{
    private const string Debian = "/usr/bin/python3";

    private static readonly ConcurrentDictionary<string, Task<bool>> HaveBoto3 = new();

    private readonly string _program;

    private AwsPython(string program) => _program = program;

    /// <summary>Every Python that may have it.</summary>
    public static IEnumerable<AwsPython> All => new[] { Debian, "python3" }.Select(program => new AwsPython(program));

    /// <summary>Makes calls one after the other; a refused one's answer is <c>{"error": [code, message]}</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> CallAsync(
        Uri endpoint, CancellationToken cancellationToken, Account account,
        params IReadOnlyList<(string Service, string Action, object Parameters)> calls)
    {
        var list = JsonSerializer.Serialize(calls.Select(call => new[] { call.Service, call.Action, call.Parameters }));
        var result = await RunAsync("calls.py", endpoint, account, cancellationToken, list);
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. JsonNode.Parse(result.Output)!.AsArray().Select(answer => answer!)];
    }

    public override string ToString() => _program;

    /// <summary>Runs a script of the folder <c>python</c> to its end.</summary>
    internal async Task<ChildProcess.Result> RunAsync(
        string script, Uri endpoint, Account account, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = account.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = account.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_DEFAULT_REGION"] = Account.Region,
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        var isThere = await HaveBoto3.GetOrAdd(_program, HasBoto3Async);
        Installed.OrSkip(isThere || _program != Debian, "boto3 is not installed (apt install python3-boto3).");
        Assert.SkipUnless(isThere, $"{_program} on the PATH has no boto3 of its own.");
        return await ChildProcess.RunAsync(
            "env", [_program, Path.Combine(AppContext.BaseDirectory, "python", script), .. arguments], environment, cancellationToken);
    }

    private static async Task<bool> HasBoto3Async(string program) =>
        (await ChildProcess.RunAsync("env", [program, "-c", "import boto3"], [], CancellationToken.None)).ExitCode == 0;
}
