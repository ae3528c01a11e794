using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>The AWS SDK for JavaScript, version 3, by the lock file in <c>node/</c>.</summary>
public sealed class JavaScriptSdk : ElbClient
{
    internal override Task<IReadOnlyList<JsonNode>> RunAsync(
        Uri endpoint, IReadOnlyList<ClientCall> calls, CancellationToken cancellationToken, Account? account = null)
    {
        Installed.OrSkip(
            Directory.Exists(Path.Combine(SourceFolder.Path, "node", "node_modules")),
            "The Node packages are not installed (npm ci in tests/CloudLb.Tests.Clients/node).");
        return RunScriptAsync("node", Path.Combine(SourceFolder.Path, "node", "call.mjs"), endpoint, calls, account, cancellationToken);
    }

    public override string ToString() => "javascript";
}
