using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>boto3 as Debian ships it.</summary>
public sealed class Boto3 : ElbClient
{
    internal override Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null) =>
        RunScriptAsync("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "python", "call.py"), endpoint, calls, account, cancellationToken);

    public override string ToString() => "boto3";
}
