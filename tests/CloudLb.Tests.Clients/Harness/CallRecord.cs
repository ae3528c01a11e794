using System.Text.Json.Nodes;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// What the clients under test asked of a server and whether it was done, out of the server's audit files: <c>tests/compatibility</c> makes
/// <c>docs/compatibility.md</c> of it. Calls of the tests' own are left out.
/// </summary>
internal static class CallRecord
{
    /// <summary>Each client by what stands in its user agent; the first that fits counts, as Ansible's holds boto3's too.</summary>
    private static readonly (string Mark, string Client)[] Clients =
    [
        ("Terraform/", "terraform"), ("kubernetes/", "kubernetes"), ("eksctl/", "eksctl"), ("Ansible/", "ansible"),
        ("aws-cli/", "aws-cli"), ("Boto3/", "boto3"), ("aws-sdk-js/", "javascript"), ("aws-sdk-dotnet", "dotnet"),
    ];

    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "artifacts", "api-calls"));

    /// <summary>Writes a file of lines <c>client, service, action, outcome</c>, each once; the outcome is an error's code or <c>done</c>.</summary>
    public static void Keep(string dataDirectory)
    {
        var audit = Path.Combine(dataDirectory, "audit");
        if (!Directory.Exists(audit))
        {
            return;
        }

        var lines = Directory.EnumerateFiles(audit).SelectMany(File.ReadLines).Select(Line).OfType<string>().Distinct().ToList();
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(Path.Combine(Folder, $"{Guid.NewGuid():N}.tsv"), lines);
    }

    /// <summary>Null for a call that no client made, and for a line that a kill cut off.</summary>
    private static string? Line(string json)
    {
        if (!json.EndsWith('}'))
        {
            return null;
        }

        var call = JsonNode.Parse(json)!;
        var userAgent = (string?)call["userAgent"] ?? "";
        var client = Clients.FirstOrDefault(client => userAgent.Contains(client.Mark, StringComparison.Ordinal)).Client;
        return client is null || call["eventSource"] is null ? null : $"{client}\t{call["eventSource"]}\t{call["eventName"]}\t{call["errorCode"] ?? "done"}";
    }
}
