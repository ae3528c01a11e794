using System.Text.RegularExpressions;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>The AWS CLI as Debian ships it.</summary>
public sealed partial class AwsCli : ElbClient
{
    private protected override (string Program, IReadOnlyList<string> Arguments) Command(Uri endpoint, string action, string json) =>
        ("/usr/bin/aws", ["--endpoint-url", endpoint.ToString(), "--output", "json", "elb", Dashed().Replace(action, "-$1").ToLowerInvariant()[1..], "--cli-input-json", json]);

    public override string ToString() => "AWS CLI";

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Dashed();
}
