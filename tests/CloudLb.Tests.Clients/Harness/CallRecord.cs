using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// What the clients under test asked of a server and whether it was done, out of the server's audit files: <c>tests/compatibility</c> makes
/// <c>docs/compatibility.md</c> of it. Calls of the tests' own are left out.
/// </summary>
internal static partial class CallRecord
{
    /// <summary>Each client by what stands in its user agent; the first that fits counts, as Ansible's holds boto3's too.</summary>
    private static readonly (string Mark, string Client)[] Clients =
    [
        (SequenceServer.TerraformAgent, "terraform-calls"), ("Terraform/", "terraform"), ("kubernetes/", "kubernetes"),
        ("elbv2.k8s.aws/", "kubernetes"),
        ("eksctl/", "eksctl"), ("Ansible/", "ansible"),
        ("aws-cli/", "aws-cli"), ("Boto3/", "boto3"), ("aws-sdk-js/", "javascript"), ("aws-sdk-dotnet", "dotnet"),
    ];

    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "artifacts", "api-calls"));

    /// <summary>
    /// Writes a file of lines <c>client, service, action, outcome</c>, each once; the outcome is an error's code or <c>done</c>. Versions
    /// stand beside them.
    /// </summary>
    public static void Keep(string dataDirectory)
    {
        var audit = Path.Combine(dataDirectory, "audit");
        if (!Directory.Exists(audit))
        {
            return;
        }

        var lines = Directory.EnumerateFiles(audit).SelectMany(File.ReadLines)
            .SelectMany(json => new[] { Line(json), Version(json) }).OfType<string>().Distinct().ToList();
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(Path.Combine(Folder, $"{Guid.NewGuid():N}.tsv"), lines);
    }

    /// <summary>Null for a call that no client made, or that another endpoint answered, and for a line that a kill cut off.</summary>
    private static string? Line(string json)
    {
        if (!json.EndsWith('}'))
        {
            return null;
        }

        var call = JsonNode.Parse(json)!;
        var userAgent = (string?)call["userAgent"] ?? "";
        var client = Clients.FirstOrDefault(client => userAgent.Contains(client.Mark, StringComparison.Ordinal)).Client;
        return client is null || call["eventSource"] is null || call["additionalEventData"] is not null
            ? null
            : $"{client}\t{ServiceOf(call)}\t{call["eventName"]}\t{call["errorCode"] ?? "done"}";
    }

    /// <summary>Two services share a source, and tell themselves apart by their version.</summary>
    private static string ServiceOf(JsonNode call) => (string?)call["apiVersion"] == "2015-12-01"
        ? "elasticloadbalancingv2"
        : (string)call["eventSource"]!;

    /// <summary>Which Terraform and which provider a call came from: <c>version, client, Terraform's, the provider's</c>.</summary>
    private static string? Version(string json) =>
        Line(json)?.StartsWith("terraform\t", StringComparison.Ordinal) == true && Versions().Match(json) is { Success: true } match
            ? $"version\tterraform\t{match.Groups["terraform"].Value}\t{match.Groups["provider"].Value}"
            : null;

    [GeneratedRegex(@"Terraform/(?<terraform>[0-9.]+) .*terraform-provider-aws/(?<provider>[0-9.]+)")]
    private static partial Regex Versions();
}
