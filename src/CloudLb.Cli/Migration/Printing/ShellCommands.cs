using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Planning;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>
/// The steps of a plan as a shell script for the AWS CLI. Parameters are named as the CLI names them, structures are JSON, and what is made
/// has its ARN in a variable.
/// </summary>
internal static class ShellCommands
{
    private const string Head = """
        #!/bin/sh
        # Makes these load balancers where AWS_ENDPOINT_URL says, or at AWS. Made by cloudlb export.
        set -eu

        aws() { command aws ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"; }
        """;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where an answer has the ARN, in the words of <c>--query</c>.</summary>
    private static readonly Dictionary<string, (string Variable, string Query)> Queries = new()
    {
        ["CreateTargetGroup"] = ("group", "TargetGroups[0].TargetGroupArn"),
        ["CreateLoadBalancer"] = ("lb", "LoadBalancers[0].LoadBalancerArn"), ["CreateListener"] = ("listener", "Listeners[0].ListenerArn"),
    };

    /// <param name="plan">What to call.</param>
    /// <param name="secrets">Those that stand in the plan as marks; the script takes them from its environment.</param>
    public static string Of(MigrationPlan plan, ClientSecretMarks secrets)
    {
        var names = new Labels();
        var script = new StringBuilder(Head).Append('\n');
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (client, mark) in secrets.All)
        {
            variables[mark] = names.Of("secret", client);
            script
                .Append(Commands.Printable.Of($"\n# The secret of the client {client}, as it stands between quotes in JSON:"))
                .Append('\n')
                .Append($": \"${{{variables[mark]}:?is not set}}\"\n");
        }

        foreach (var step in plan.Steps)
        {
            script.Append("\n# ").Append(Commands.Printable.Of(step.Text)).Append('\n');
            var command = Command(step, variables);
            if (step.Makes is { } arn && Queries.TryGetValue(step.Action, out var query))
            {
                var parent = variables.GetValueOrDefault(Wire.Text(step.Request, "LoadBalancerArn") ?? "");
                var variable = names.Of(query.Variable, Wire.Text(step.Request, "Name") ?? $"{parent}_{Wire.Text(step.Request, "Port")}");
                script.Append(variable).Append("=$(").Append(command).Append($" \\\n    --query '{query.Query}' --output text)\n");
                variables[arn] = variable;
            }
            else
            {
                script.Append(command).Append(" >/dev/null\n");
            }
        }

        return script.ToString();
    }

    /// <summary>SecurityGroups, HealthCheckPort, SSLCertificateId: as botocore spells them with hyphens.</summary>
    public static string Hyphened(string name)
    {
        var text = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var begins = char.IsUpper(name[index]) && index > 0
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            text.Append(begins ? "-" : "").Append(char.ToLowerInvariant(name[index]));
        }

        return text.ToString();
    }

    private static string Command(Step step, Dictionary<string, string> variables)
    {
        var start = $"aws {step.Service.Name} {Hyphened(step.Action)}";
        return step.Request.Any(member => IsUnsafe(Wire.Text(member.Value)))
            ? $"{start} --cli-input-json {Quoted(step.Request.ToJsonString(Plain), variables)}"
            : start + string.Concat(step.Request.Where(member => member.Value is not null).Select(
                member => $" \\\n    {Option(member.Key, member.Value!, variables)}"));
    }

    /// <summary>What the CLI would take for an option, or for the name of a file to read.</summary>
    private static bool IsUnsafe(string? text) =>
        text is not null && (text.Length == 0 || text[0] == '-' || text.Contains("://", StringComparison.Ordinal));

    private static string Option(string name, JsonNode value, Dictionary<string, string> variables) => value switch
    {
        JsonValue truth when truth.GetValueKind() is JsonValueKind.True => $"--{Hyphened(name)}",
        JsonValue truth when truth.GetValueKind() is JsonValueKind.False => $"--no-{Hyphened(name)}",
        JsonValue scalar => $"--{Hyphened(name)} {Quoted(Wire.Text(scalar)!, variables)}",
        _ => $"--{Hyphened(name)} {Quoted(value.ToJsonString(Plain), variables)}",
    };

    /// <summary>One word for a shell, in which ARNs of what was made before are its variables.</summary>
    private static string Quoted(string text, Dictionary<string, string> variables)
    {
        var quoted = text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,@+".Contains(letter))
            && !variables.ContainsKey(text)
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
        foreach (var (arn, variable) in variables)
        {
            quoted = quoted == $"'{arn}'"
                ? $"\"${variable}\""
                : quoted.Replace($"\"{arn}\"", $"\"'\"${variable}\"'\"", StringComparison.Ordinal);
        }

        return quoted;
    }
}
