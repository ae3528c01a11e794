namespace CloudLb.Tests.Clients.Clients;

/// <summary>The AWS SDK for JavaScript, version 3, by the lock file in <c>node/</c>.</summary>
public sealed class JavaScriptSdk : ElbClient
{
    private protected override (string Program, IReadOnlyList<string> Arguments) Command(Uri endpoint, string action, string json) =>
        ("node", [Path.Combine(SourceFolder, "node", "call.mjs"), action, json]);

    public override string ToString() => "AWS SDK for JavaScript v3";

    /// <summary>The modules are installed beside the sources, not beside the built tests.</summary>
    private static string SourceFolder { get; } = File.ReadAllText(Path.Combine(Folder, "source-folder.txt")).Trim();
}
