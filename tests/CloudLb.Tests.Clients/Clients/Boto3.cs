using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>boto3 as Debian ships it.</summary>
public sealed class Boto3 : ElbClient
{
    internal override Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null)
    {
        Installed.OrSkip(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "boto3 is not installed (apt install python3-boto3).");
        return RunScriptAsync(
            "/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "python", "call.py"), endpoint, calls, account, cancellationToken);
    }

    public override string ToString() => "boto3";
}
